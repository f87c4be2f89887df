"""The form on the queue screen, in place of the table; the queue goes on behind it."""

from collections.abc import Callable, Sequence
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.input.guard import Meaning
from kiosk.intake.phones import area_code
from kiosk.languages import typed
from kiosk.languages.language import Language
from kiosk.staff.asking.bar import AnswerPress
from kiosk.staff.asking.questions import Answer
from kiosk.staff.form.answers import answers, page_of
from kiosk.staff.form.form_fields import Field, Filled, Filling
from kiosk.staff.form.form_keys import FormKeys
from kiosk.staff.form.form_lines import FormLines
from kiosk.staff.form.form_words import hint_of, shown_of, value_of
from kiosk.staff.form.judging import first_wrong
from kiosk.staff.form.pen import Pen
from kiosk.staff.form.writing import EDITING, shown
from kiosk.staff.seen.rows import View
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.widgets.host import Kiosk
from kiosk.widgets.press import Press

ENDS = {"enter": "save", "escape": "drop"}
MOVES = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}


class FormView(Vertical):
    """One form at a time; while it is open every key is for it."""

    def __init__(self) -> None:
        super().__init__(id="form")
        self._filling: Filling | None = None
        self._pen: Pen | None = None
        self._known: tuple[View, Snapshot] | None = None
        self._refused = False
        """Whether it was to be saved, and could not."""
        self._left_out = False
        self._seen: set[Field] = set()
        self._told: Callable[[str], None] = lambda _: None

    def compose(self) -> ComposeResult:
        """What it is about, and the fields."""
        with Horizontal(id="form-head"):
            yield Static(id="form-title", markup=False)
            yield AnswerPress("", id="form-next")
            yield AnswerPress("", id="form-save")
            yield AnswerPress("", id="form-drop")
        yield FormLines()

    @property
    def _(self) -> Language:
        return cast(Kiosk, self.app).language

    @property
    def filling(self) -> Filling | None:
        """What is filled in now, if anything."""
        return self._filling

    @property
    def filled(self) -> Filled:
        """What stands in it."""
        return self._pen.filled if self._pen else Filled()

    @property
    def touched(self) -> bool:
        """Whether anything would be lost with it."""
        return bool(self._pen and self._pen.changed)

    def open(
        self,
        filling: Filling,
        filled: Filled,
        known: tuple[View, Snapshot],
        at: Field | None,
        told: Callable[[str], None],
    ) -> None:
        """Fill in a form in which this stands, beginning `at` a field.

        `told` hears what is to be done: "save", "drop" or a key of the form's own.
        """
        form, self._seen = filling.form, set()
        self._filling, self._known, self._told = filling, known, told
        self._refused, self._left_out = at is not None, False
        self.display = True
        self.query_one("#form-title", Static).update(form.title)
        for id_, key, label in (
            ("next", "Tab", self._("next field")),
            ("save", "Enter", self._("save")),
            ("drop", "Esc", self._("cancel")),
        ):
            self.query_one(f"#form-{id_}", AnswerPress).say(key, label)
        pen = Pen.on(form, filled)
        self._put(pen.go_to(at) if at else pen)
        self.screen.set_focus(self.query_one(FormLines))

    def close(self) -> None:
        """Keep nothing of what was typed."""
        self._filling = self._pen = self._known = None
        self.query_one(FormLines).clear()
        self.query_one("#form-title", Static).update("")
        self.screen.query_one(FormKeys).clear()
        self.display = False

    def know(self, view: View, snapshot: Snapshot) -> None:
        """The queue is another by now; what was typed stays."""
        if self._pen:
            self._known = view, snapshot
            self._show()

    def refuse(self, field: Field) -> None:
        """Go to a field with which it cannot be saved."""
        if self._pen:
            self._refused = True
            self._put(self._pen.go_to(field))

    def wrong(self) -> Field | None:
        """The first field with which it cannot be saved."""
        if self._pen is None or self._known is None:
            return None
        return first_wrong(self.filled, self._pen.form, *self._known, self._area)

    # Keys

    def means(self, key: events.Key) -> Meaning:
        """Text where a text is typed, a digit where one is chosen; Enter changes something.

        The Tab behind a text belongs to it, however fast it comes: it only leads on.
        """
        if self._pen and self._pen.writes:
            if key.key == "tab":
                return Meaning.LEADS
            if key.character and key.is_printable:
                return Meaning.TEXT
        own = [one.twin for one in self._pen.form.keys] if self._pen else []
        if key.key == "enter" or key.key in own:
            return Meaning.CHANGES
        return Meaning.TYPES if typed.digit(key.character) else Meaning.MOVES

    def way_back(self) -> Callable[[], None]:
        """What is chosen now, for a digit that was the first of a scan."""
        field = self._pen.field if self._pen else Field.NAME
        before = self.filled.of(field)  # nothing else is kept: it may be kept for long

        def back() -> None:
            if self._pen and self._pen.field is field and not self._pen.writes:
                self._put(self._pen.chosen(before))

        return back

    def press(self, key: str, character: str | None = None) -> None:
        """Take a key."""
        pen = self._pen
        if pen is None:
            return
        own = {one.twin: one.action for one in pen.form.keys} | ENDS
        if key in own:
            self._told(own[key])
        elif key in MOVES:
            self._put(pen.go(MOVES[key]))
        elif pen.writes:
            self._write(pen, key, character or "")
        else:
            self._choose(pen, key, character)

    def touch(self, action: str) -> None:
        """An answer was touched, or a key of the form's own."""
        if self._pen is None:
            return
        if action in [one.action for one in self._pen.form.keys]:
            self._told(action)
        elif not self._pen.writes:
            self._choose(self._pen, action, action)

    def _write(self, pen: Pen, key: str, character: str) -> None:
        if key in EDITING:
            self._left_out = False
            self._put(pen.written(pen.writing.edit(key)))
        elif character and character.isprintable():
            self._left_out = False
            self._put(pen.written(pen.writing.write(character)))

    def _choose(self, pen: Pen, key: str, character: str | None) -> None:
        choice = self._choice(pen)
        if digit := typed.digit(character):
            self._put(pen.digit(digit, choice, page_of(choice, pen.page, self._)))
        elif new := pen.step(key, choice, self._value(pen)):
            self._put(new)

    def on_paste(self, event: events.Paste) -> None:
        """A whole text, from an input method or elsewhere."""
        event.stop()
        event.prevent_default()
        if self._pen and self._pen.writes and self._takes_keys:
            text = shown(event.text)
            self._left_out = len(text) < len(event.text)
            self._put(self._pen.written(self._pen.writing.write(text)))

    @property
    def _takes_keys(self) -> bool:
        """Whether no question is asked in place of its keys."""
        return self.screen.query_one(FormKeys).display

    @on(FormLines.Touched)
    def _line_touched(self, event: FormLines.Touched) -> None:
        event.stop()
        if self._pen and self._takes_keys:
            self._put(self._pen.go_to(event.field))

    @on(Press.Pressed)
    def _key_touched(self, event: Press.Pressed) -> None:
        event.stop()
        if self._takes_keys:
            self.press({"Tab": "tab", "Enter": "enter", "Esc": "escape"}[event.press.key])

    # What is seen

    @property
    def _area(self) -> str:
        return area_code(cast(Kiosk, self.app).location.phone)

    def _choice(self, pen: Pen) -> Sequence[Answer]:
        assert self._known
        return answers(pen.field, pen.form, *self._known)

    def _value(self, pen: Pen) -> str:
        assert self._known
        return value_of(pen.field, pen.filled, self._known[0])

    def _put(self, pen: Pen) -> None:
        """Go on with this."""
        if not self._pen or pen.at != self._pen.at:
            self._left_out = False
        self._pen = pen
        self._note_seen(pen)
        self._show()

    def _note_seen(self, pen: Pen) -> None:
        """A phone number that staff see is written down, once."""
        field = pen.field
        is_phone = field is Field.PHONE and bool(pen.form.given.phone)
        if self._filling and is_phone and field not in self._seen:
            self._seen.add(field)
            self._filling.seen(field)

    def _show(self) -> None:
        pen, known = self._pen, self._known
        if pen is None or known is None:
            return
        lines = [
            shown_of(field, pen, *known, self._area, refused=self._refused)
            for field in pen.form.fields
        ]
        writing = pen.writing if pen.writes else None
        self.query_one(FormLines).show(lines, pen.at, writing)
        choice = [] if pen.writes else page_of(self._choice(pen), pen.page, self._)
        note = lines[pen.at].note
        if self._left_out:
            hint = self._("What does not show was left out")
        elif note.wrong:
            hint = note.words
        else:
            hint = hint_of(pen.field, pen.form, known[0])
        keys = self.screen.query_one(FormKeys)
        keys.show(choice, self._value(pen), hint, pen.form.keys)
