"""StepView: one question on the screen, and what an answer to it leads to."""

from typing import TYPE_CHECKING, ClassVar, cast

import msgspec
from textual import events
from textual.containers import Vertical
from textual.message import Message

from kiosk.input.guard import Meaning
from kiosk.intake.draft import Draft, Step
from kiosk.languages.language import Language
from kiosk.widgets.host import Kiosk
from kiosk.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Go(msgspec.Struct, frozen=True):
    """The question is answered: on to what follows."""

    draft: Draft


class Change(msgspec.Struct, frozen=True):
    """Go back to an earlier question, and return from there."""

    step: Step


class Commit(msgspec.Struct, frozen=True):
    """Everything is agreed: put it on disk."""

    allow_same_phone: bool = False


class Urgent(msgspec.Struct, frozen=True):
    """Help is needed now: a nameless urgent ticket at once."""


class Desk(msgspec.Struct, frozen=True):
    """Go to the desk instead."""


NOT_SURE = "9"
"""The key of whoever cannot choose."""

Outcome = Go | Change | Commit | Urgent | Desk | None


def after_days(n: int, _: Language) -> str:
    """When something is deleted, as a part of a sentence: "after 7 days"."""
    return _.plural("after {n} day", "after {n} days", n)


class StepView(Vertical):
    """One question. Subclasses say what stands on it and what its answers mean."""

    GRAVE: ClassVar[bool] = False
    """Whether it needs longer to be read."""
    NEXT: ClassVar[bool] = False
    """Whether Enter answers it."""

    class Edited(Message):
        """What is being typed has changed, and with it perhaps what Enter is called."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(classes="step-view")
        self.draft = draft

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        return cast(Kiosk, self.app)

    @property
    def _(self) -> Language:
        return self.kiosk.language

    def question(self, text: str, hint: str = "") -> "ComposeResult":
        """The question in bold, and a quieter line under it."""
        yield Words(text, classes="question")
        if hint:
            yield Words(hint, classes="hint")

    def next_label(self) -> str:
        """What Enter does."""
        return self._("Next")

    def ready(self) -> None:
        """The view stands on the screen: take the focus if it has a field."""

    def chosen(self, name: str) -> Outcome:
        """What a choice leads to; None where it only changed this view."""
        return None

    def enter(self) -> Outcome:
        """What Enter leads to."""
        return None

    def means_typing(self, key: events.Key) -> Meaning | None:
        """What a key does in this view's field; None for one that it does not take."""
        return None

    def restore(self, draft: Draft) -> None:
        """Have the field say what it said before a scan."""

    def typed(self, event: events.Key) -> bool:
        """Take a key into this view's field; False if it is not text there."""
        return False

    def collect(self) -> Draft:
        """The answers so far, with what is being typed at this moment."""
        return self.draft

    def but(self, **answers: object) -> Draft:
        """The answers so far, with these."""
        return msgspec.structs.replace(self.draft, **answers)
