"""What a patient has answered so far, and which question follows which. Pure rules."""

from enum import StrEnum

import msgspec

from db import Arrival
from kiosk.content.clinic import Clinic
from kiosk.intake.names import addressed, called_as, written
from kiosk.languages.language import Language


class Step(StrEnum):
    """One question of the check-in."""

    SAFETY = "safety"
    PURPOSE = "purpose"
    WHEN = "when"
    PRACTITIONER = "practitioner"
    GROUP = "group"
    SERVICE = "service"
    FIRST_VISIT = "first-visit"
    NAME = "name"
    SURNAME = "surname"
    TITLE = "title"
    TYPED = "typed"
    PHONE = "phone"
    AGREE = "agree"


STEPS = 5
"""How many steps people are told there are; a step may take more than one question."""

_NUMBER = {Step.SAFETY: 1, Step.NAME: 3, Step.SURNAME: 3, Step.TITLE: 3, Step.TYPED: 3}
_NUMBER |= {Step.PHONE: 4, Step.AGREE: 5}


def number(step: Step) -> int:
    """Which of the five steps a question belongs to."""
    return _NUMBER.get(step, 2)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The answers so far. None is a question not yet answered."""

    appointment: bool = False
    time: str = ""
    """Digits of the appointment's time as typed; "1030" is 10:30."""
    practitioner: str | None = None
    group: str | None = None
    service: str | None = None
    """A service's slug; "" is "not sure"."""
    came_for: bool = False
    """Whether the service was chosen before the check-in began: then no question asks for it."""
    first_visit: bool | None = None
    whom: str = "self"
    """self, child or companion."""
    surname: str = ""
    romanised: str = ""
    """The surname in Latin letters, where it was chosen in a language that writes them."""
    title: str = ""
    """mr, ms or child; with `surname`."""
    typed_name: str = ""
    name_by: str = ""
    """How the name is given: surname, typed or none."""
    phone: str = ""
    """Digits, perhaps after a plus, as typed."""
    same_phone: bool = False
    """Whether `phone` is that of the person this one came with: then no screen shows it."""
    party: str | None = None
    """Id of the check-in this one came with, a family's first."""

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return "Draft(…)"

    def name(self) -> str:
        """What to call the person by; "" where they would rather not say."""
        if self.name_by == "surname" and self.surname and self.title:
            return called_as(self.surname, self.title, self.romanised)
        return self.typed_name if self.name_by == "typed" else ""

    def name_in(self, lang: Language) -> str:
        """The same as the person reads it in their language; staff see `name`."""
        name = self.name()
        if name and self.name_by == "surname" and self.romanised:
            return f"{addressed(self.romanised, self.title, lang)} {written(self.surname, lang)}"
        if name and self.name_by == "surname" and lang.chinese:
            return addressed(self.surname, self.title, lang)
        return name

    def clock_time(self) -> str | None:
        """The appointment's time as "HH:MM"; None where it is not known."""
        return f"{self.time[:2]}:{self.time[2:]}" if len(self.time) == 4 else None

    def arrival(self, *, language: str, consent: str, phone: str) -> Arrival:
        """The answers as the store takes them; `phone` is checked and in E.164, or "".

        Time and practitioner go with an appointment: somebody who took that back has neither.
        """
        return Arrival(
            name=self.name(),
            phone=phone,
            service=self.service or "",
            language=language,
            appointment=self.appointment,
            appointment_time=self.clock_time() if self.appointment else None,
            practitioner=self.practitioner if self.appointment else None,
            first_visit=self.first_visit,
            party=self.party,
            whom=self.whom,
            guardian=self.whom == "child",
            consent=consent,
        )


def following(step: Step, draft: Draft, clinic: Clinic) -> Step:
    """The question after `step`, given what has been answered."""
    match step:
        case Step.SAFETY:
            return Step.FIRST_VISIT if draft.came_for else Step.PURPOSE
        case Step.PURPOSE if draft.appointment:
            return Step.WHEN
        case Step.WHEN:
            return Step.PRACTITIONER if clinic.practitioners else Step.GROUP
        case Step.PRACTITIONER if draft.service is not None:
            return Step.FIRST_VISIT
        case Step.PRACTITIONER:
            return Step.GROUP
        case Step.PURPOSE | Step.GROUP:
            return Step.SERVICE if draft.service is None else Step.FIRST_VISIT
        case Step.SERVICE:
            return Step.FIRST_VISIT
        case Step.FIRST_VISIT:
            return Step.NAME
        case Step.NAME:
            return {"surname": Step.SURNAME, "typed": Step.TYPED}.get(draft.name_by, Step.PHONE)
        case Step.SURNAME:
            return Step.TITLE
        case Step.TITLE | Step.TYPED:
            return Step.PHONE
        case _:
            return Step.AGREE
