"""Step 5, check and agree."""

from typing import assert_never

from textual.app import ComposeResult
from textual.containers import Grid

from db import Whom
from kiosk.content.phone_text import phone_text
from kiosk.intake.draft import Step
from kiosk.intake.phones import shown
from kiosk.languages.language import mark
from kiosk.languages.wrap import wrap_evenly
from kiosk.lobby.checkin.view import Change, Commit, Desk, Outcome, StepView, after_days
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words

NOTICE = mark(
    "{clinic}, {phone}, keeps your name, phone (if given), reason for visit and your "
    "answer to the emergency question, to run today's queue. Only our staff see them. "
    "Names and phones are deleted {names}, the rest {rest}. To see, correct or delete "
    "them, ask at the desk."
)
"""What patients agree to: whenever it changes, so does `consent_version` in clinic.toml."""
MOST_ROWS = 5
"""Rows of the notice that have air around them at 80 × 24."""


class AgreeView(StepView):
    """Everything on one screen; each line can be changed; nothing is kept without a yes."""

    GRAVE = True

    def compose(self) -> ComposeResult:
        """Three answers to change, the notice, and yes or no."""
        yield from self.question(self._("Is this right? Press a number to change it."))
        with Grid(classes="choices three summary"):
            yield Tile(self._reason(), *self._when(), key="3", id="change-purpose")
            yield Tile(self._called(), self._whom(), key="4", id="change-name")
            yield Tile(self._phone(), self._("Phone"), key="5", id="change-phone")
        yield Words(self._notice(), classes="notice")
        guardian = self.draft.whom is Whom.child
        yes = (
            self._("I am the guardian, and agree to this use of the child's health information")
            if guardian
            else self._("I agree to this use of my health information")
        )
        with Grid(classes=f"choices two agree{' guardian' * guardian}"):
            yield Tile(yes, key="1", id="agree", classes="main")
            yield Tile(self._("No, I will check in at the desk"), key="2", id="no")

    def on_resize(self) -> None:
        """A notice of many rows has the air that stands around it elsewhere."""
        rows = len(wrap_evenly(self._notice(), max(1, self.size.width - 1)))
        self.set_class(rows > MOST_ROWS, "-long")
        self.set_class(rows > MOST_ROWS + 1, "-longer")

    def _reason(self) -> str:
        service = self.kiosk.clinic.service(self.draft.service or "")
        return self._.pick(service.title) if service else self._("Not sure")

    def _when(self) -> list[str]:
        if not self.draft.appointment:
            return [self._("Walk-in")]
        time = self.draft.clock_time()
        when = self._("Booked {time}", time=time) if time else self._("Appointment")
        return [when, *([self.draft.practitioner] if self.draft.practitioner else [])]

    def _called(self) -> str:
        return self.draft.name_in(self._) or self._("No name")

    def _whom(self) -> str:
        match self.draft.whom:
            case Whom.oneself:
                return self._("For me")
            case Whom.child:
                return self._("For my child")
            case Whom.companion:
                return self._("For someone with me")
            case _:
                assert_never(self.draft.whom)

    def _phone(self) -> str:
        if self.draft.same_phone:
            return self._("As before")
        return shown(self.draft.phone, self.kiosk.clinic.region) or self._("No phone")

    def _notice(self) -> str:
        settings = self.kiosk.settings
        return self._(
            NOTICE,
            clinic=self.kiosk.clinic.short_name,
            phone=phone_text(self.kiosk.location, self._),
            names=after_days(settings.names_days, self._),
            rest=after_days(settings.retention_days, self._),
        )

    def chosen(self, name: str) -> Outcome:
        """Yes, no, or a line to change."""
        match name:
            case "agree":
                return Commit()
            case "change-purpose":
                return Change(Step.PURPOSE)
            case "change-name":
                return Change(Step.NAME)
            case "change-phone":
                return Change(Step.PHONE)
        return Desk()
