"""Step 4, the phone: optional, formatted as it is typed, foreign and shared numbers welcome."""

from typing import assert_never

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.input.guard import Meaning
from kiosk.intake.draft import Draft
from kiosk.intake.phones import LONGEST, Verdict, area_code, judge, shown
from kiosk.lobby.checkin.view import Go, Outcome, StepView, after_days
from kiosk.widgets.keypad import DELETE, Entry, Keypad, typed_key, typed_press, typing
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

SHOW_TO_GO = 4
"""Beyond this many digits still to go it says nothing: people are still typing."""


class PhoneView(StepView):
    """A number to ring when somebody is called while away."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """The field and why it is asked for; beside it the keypad."""
        with Horizontal(classes="with-keypad"):
            with Vertical(classes="beside-keypad"):
                yield from self.question(self._("Your phone number?"), self._("You may skip this."))
                yield Entry(self._shown(), longest=len("138 1234 5678"))
                yield Words("", id="problem", classes="problem")
                yield Words(
                    self._(
                        "So that we can ring you if you are away when called. Deleted {after}. "
                        "Foreign: start with + or 00. A family may share one.",
                        after=after_days(self.kiosk.settings.names_days, self._),
                    ),
                    classes="hint",
                )
                yield Press(self._("No phone, go on"), id="no-phone")
            yield Keypad(delete=self._("Delete"), plus=True)

    def _shown(self) -> str:
        if self.draft.same_phone:
            return self._("As before")
        return shown(self.draft.phone, self.kiosk.clinic.region)

    def ready(self) -> None:
        """Coming back to a half number says what is missing."""
        self._say_what_is_missing()

    def next_label(self) -> str:
        """Enter alone leaves the number out."""
        return self._("Next") if self.draft.phone else self._("Skip")

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Digits are a field."""
        return typing(typed_key(key.key, key.character, plus=True))

    def restore(self, draft: Draft) -> None:
        """The number as it was before a scan."""
        self.draft = draft
        self.query_one(Entry).shown = self._shown()
        self._say_what_is_missing()
        self.post_message(self.Edited())

    def typed(self, event: events.Key) -> bool:
        """A digit, a plus, or delete."""
        key = typed_key(event.key, event.character, plus=True)
        if key is not None:
            self._take(key)
        return key is not None

    def chosen(self, name: str) -> Outcome:
        """A key of the keypad, or no phone."""
        if name == "no-phone":
            return Go(self.but(phone="", same_phone=False))
        if (key := typed_press(name)) is not None:
            self._take(key)
        return None

    def _take(self, key: str) -> None:
        typed = "" if self.draft.same_phone else self.draft.phone
        if key == DELETE:
            typed = typed[:-1]
        elif len(typed) < LONGEST and (key != "+" or not typed):
            typed += key
        self.draft = self.but(phone=typed, same_phone=False)
        self.query_one(Entry).shown = self._shown()
        self._say_what_is_missing()
        self.post_message(self.Edited())

    def _judged(self) -> tuple[Verdict, int | None]:
        location = self.kiosk.location
        judged = judge(self.draft.phone, self.kiosk.clinic.region, area_code(location.phone))
        return judged.verdict, judged.to_go

    def _say_what_is_missing(self) -> None:
        verdict, to_go = self._judged()
        say = self.query_one("#problem", Words)
        say.set_class(verdict is Verdict.WHOLE, "fine")
        match verdict:
            case Verdict.WHOLE:
                say.say(self._("This number is complete."))
            case Verdict.SHORT if to_go is not None and to_go <= SHOW_TO_GO:
                say.say(self._.plural("{n} digit to go", "{n} digits to go", to_go))
            case Verdict.WRONG:
                say.say(self._("Please check this number. It does not look right."))
            case Verdict.EMPTY | Verdict.SHORT:
                say.say("")
            case _:
                assert_never(verdict)

    def enter(self) -> Outcome:
        """Nothing, or a whole number."""
        verdict, _to_go = self._judged()
        match verdict:
            case Verdict.WHOLE:
                return Go(self.draft)
            case Verdict.EMPTY:
                return Go(self.but(phone=""))
            case Verdict.SHORT:
                self.query_one("#problem", Words).say(
                    self._("This number is not complete. Add the missing digits, or delete it.")
                )
                return None
            case Verdict.WRONG:
                return None  # it is said already
            case _:
                assert_never(verdict)
