"""What a patient has answered so far, and which question follows which. Pure rules."""

from enum import StrEnum
from typing import assert_never

import msgspec

from db import Arrival, Whom
from kiosk.content.clinic import Clinic
from kiosk.intake.names import Title, addressed, called_as, written
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


def number(step: Step) -> int:
    """Which of the five steps a question belongs to."""
    match step:
        case Step.SAFETY:
            return 1
        case Step.PURPOSE | Step.WHEN | Step.PRACTITIONER | Step.GROUP:
            return 2
        case Step.SERVICE | Step.FIRST_VISIT:
            return 2
        case Step.NAME | Step.SURNAME | Step.TITLE | Step.TYPED:
            return 3
        case Step.PHONE:
            return 4
        case Step.AGREE:
            return 5
        case _:
            assert_never(step)


class NameBy(StrEnum):
    """How the name is given."""

    SURNAME = "surname"
    TYPED = "typed"
    NONE = "none"


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
    whom: Whom = Whom.oneself
    surname: str = ""
    romanised: str = ""
    """The surname in Latin letters, where it was chosen in a language that writes them."""
    title: Title | None = None
    """With `surname`."""
    typed_name: str = ""
    name_by: NameBy | None = None
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
        match self.name_by:
            case NameBy.SURNAME if self.surname and self.title:
                return called_as(self.surname, self.title, self.romanised)
            case NameBy.TYPED:
                return self.typed_name
            case NameBy.SURNAME | NameBy.NONE | None:
                return ""
            case _:
                assert_never(self.name_by)

    def name_in(self, lang: Language) -> str:
        """The same as the person reads it in their language; staff see `name`."""
        if self.name_by == NameBy.SURNAME and self.surname and self.title:
            if self.romanised:
                surname = written(self.surname, lang)
                return f"{addressed(self.romanised, self.title, lang)} {surname}"
            if lang.chinese:
                return addressed(self.surname, self.title, lang)
        return self.name()

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
            whom=str(self.whom),
            guardian=self.whom == Whom.child,
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
            return _after_name(draft.name_by)
        case Step.SURNAME:
            return Step.TITLE
        case Step.TITLE | Step.TYPED:
            return Step.PHONE
        case Step.PHONE | Step.AGREE:
            return Step.AGREE
        case _:
            assert_never(step)


def _after_name(by: NameBy | None) -> Step:
    match by:
        case NameBy.SURNAME:
            return Step.SURNAME
        case NameBy.TYPED:
            return Step.TYPED
        case NameBy.NONE | None:
            return Step.PHONE
        case _:
            assert_never(by)
