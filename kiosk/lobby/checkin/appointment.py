"""Step 2 for an appointment: its time, and with whom it is."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from kiosk.input.guard import Meaning
from kiosk.intake.draft import Draft
from kiosk.lobby.checkin.view import NOT_SURE, Go, Outcome, StepView
from kiosk.widgets.keypad import DELETE, Entry, Keypad, typed_key, typed_press, typing
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words


class WhenView(StepView):
    """The time of the appointment, if it is known."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """A field of four digits and a keypad."""
        with Horizontal(classes="with-keypad"):
            with Vertical(classes="beside-keypad"):
                yield from self.question(
                    self._("What time is your appointment?"),
                    self._("You may skip this."),
                )
                yield Entry(*self._shown(), longest=len("00:00"))
                yield Words("", id="problem", classes="problem")
            yield Keypad(delete=self._("Delete"))

    def _shown(self) -> tuple[str, str]:
        digits = self.draft.time
        text = digits[:2] + (":" + digits[2:] if len(digits) > 1 else "")
        return text, "__:__"[len(text) :]

    def next_label(self) -> str:
        """Enter alone leaves the time out."""
        return self._("Next") if self.draft.time else self._("Skip")

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Digits are a field."""
        return typing(typed_key(key.key, key.character))

    def restore(self, draft: Draft) -> None:
        """The time as it was before a scan."""
        self.draft = draft
        self._say("")
        self._show_time()

    def _show_time(self) -> None:
        entry = self.query_one(Entry)
        entry.shown, entry.blank = self._shown()
        self.post_message(self.Edited())

    def typed(self, event: events.Key) -> bool:
        """A digit, or delete."""
        key = typed_key(event.key, event.character)
        if key is not None:
            self._take(key)
        return key is not None

    def chosen(self, name: str) -> Outcome:
        """A key of the keypad."""
        if (key := typed_press(name)) is not None:
            self._take(key)
        return None

    def _take(self, key: str) -> None:
        digits = self.draft.time[:-1] if key == DELETE else self.draft.time + key
        self._say("")
        if len(digits) == 1 and digits > "2":
            digits = "0" + digits  # 9 is 09: nobody has an appointment at ninety
        if not _may_become_a_time(digits):
            self._say(self._("Times go from 00:00 to 23:59."))
            return
        if key == DELETE and digits == "0" and self.draft.time[1:2] > "2":
            digits = ""
        self.draft = self.but(time=digits)
        self._show_time()

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Words).say(problem)

    def enter(self) -> Outcome:
        """Half a time is no answer; none is one."""
        if len(self.draft.time) in (0, 4):
            return Go(self.draft)
        self._say(self._("Please give all four digits, for example 10:30, or delete them."))
        return None


def _may_become_a_time(digits: str) -> bool:
    if len(digits) > 4:
        return False
    hour, minute = digits[:2], digits[2:]
    return (len(hour) < 2 or hour < "24") and (not minute or minute[0] < "6") and hour[:1] < "3"


class PractitionerView(StepView):
    """With whom the appointment is, if the clinic names anybody."""

    def compose(self) -> ComposeResult:
        """Those whom clinic.toml names, and somebody else."""
        yield from self.question(self._("Who is your appointment with?"))
        with Grid(classes="choices two big"):
            for key, who in enumerate(self.kiosk.clinic.practitioners[:8], start=1):
                titles = [
                    self._.pick(service.title)
                    for slug in who.services
                    if (service := self.kiosk.clinic.service(slug))
                ]
                lines = [", ".join(titles)]
                if who.name in self.kiosk.queue_state.away:
                    lines = [self._("Not here today, please ask at the desk")]
                yield Tile(who.name, *lines, key=str(key), id=f"with-{key}")
            yield Tile(self._("Someone else, or I do not know"), key=NOT_SURE, id="not-sure")

    def chosen(self, name: str) -> Outcome:
        """Somebody who gives one service only has answered the next question too."""
        if name == "not-sure":
            return Go(self.but(practitioner=None, service=None))
        who = self.kiosk.clinic.practitioners[int(name.removeprefix("with-")) - 1]
        known = [slug for slug in who.services if self.kiosk.clinic.service(slug)]
        return Go(self._with(who.name, known[0] if len(known) == 1 else None))

    def _with(self, name: str, service: str | None) -> Draft:
        return self.but(practitioner=name, service=service)
