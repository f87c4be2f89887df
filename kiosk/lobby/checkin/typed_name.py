"""Step 3, a name typed in any script: on a real keyboard, the one on the screen, or a keypad."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.widgets import Input

from kiosk.input.guard import Meaning
from kiosk.input.keycaps import STEERS
from kiosk.intake.draft import Draft
from kiosk.intake.names import LONGEST, clean_name, written
from kiosk.intake.spelling import Offer, offers, taken
from kiosk.languages.pinyin import SURNAMES
from kiosk.languages.typed import digit
from kiosk.lobby.checkin.view import Go, Outcome, StepView
from kiosk.widgets.cursor import text_cursor
from kiosk.widgets.keyboard import Keyboard
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace", "delete")
KEYPAD = "0123456789.+-*/"
"""What a numeric keypad sends; anything else comes from a real keyboard or an input method."""


class NameField(Input):
    """A line to type a name in, with a real keyboard, the one on the screen, or a keypad.

    Until anything else has come, the keys of a keypad are no text: 8, 4, 6 and 2
    move over the keys on the screen and 5 strikes one, as the arrows and Enter do.
    """

    BINDINGS = []
    COMMANDS = ("minus", "asterisk", "slash", "plus", "full_stop")

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Of what is written. Textual would lay the screen out anew with every letter."""

    def __init__(self, value: str, keyboard: Keyboard) -> None:
        self._keyboard = keyboard  # first: where the cursor stands is asked for at once
        super().__init__(value, max_length=LONGEST, id="name-field", select_on_focus=False)
        self.cursor_blink = False
        self._by_hand = False
        """Whether letters come from a real keyboard."""
        self._by_arrows = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where its cursor is painted; while one moves over the keys on the screen, the key."""
        return self._keyboard.cursor_screen_offset or text_cursor(self)

    def on_key(self, event: events.Key) -> None:
        """Sort what is text from what moves over the keys and what is the frame's."""
        key, char = event.key, event.character or ""
        if event.is_printable and char not in KEYPAD:
            self._by_hand = True
            self._keyboard.rest()
        elif self._steered(key, char):
            event.stop()
            event.prevent_default()
        elif key in self.COMMANDS and not (self._by_hand and self.value):
            event.prevent_default()

    def means(self, key: events.Key) -> Meaning | None:
        """What a key does here; None for one that is the frame's."""
        char = key.character or ""
        if key.key == "enter":
            return Meaning.TYPES if self._by_arrows and self._keyboard.cursor else None
        if not key.is_printable:
            return Meaning.MOVES if key.key in MOVES else None
        if char not in KEYPAD or (self._by_hand and self.value):
            return Meaning.TEXT
        if key.key in self.COMMANDS and not (char == "." and self.value):
            return None
        return Meaning.TYPES if char == "5" else Meaning.MOVES

    def _steered(self, key: str, char: str) -> bool:
        """Whether a key was for the keys on the screen, or is none of a name's."""
        if key == "enter" and self._by_arrows:
            return self._keyboard.strike()
        on_keys = self._keyboard.cursor is not None
        aside = key in ("left", "right") and (on_keys or not self._by_hand)
        if aside or key == "down" or (key == "up" and on_keys):
            self._by_arrows = self._keyboard.move(key)
            if not self._by_arrows and key == "down":
                self.screen.query_one("#next", Press).focus()
            return self._by_arrows or key == "down"
        if not self._by_hand and key in ("home", "end", "pageup", "pagedown"):
            return True  # a keypad's 7, 1, 9 and 3 without NumLock, which move over no keys either
        if self._by_hand or not (digit(char) or (char == "." and self.value)):
            return False
        if char == ".":
            self.action_delete_left()
        elif char == "5":
            self._keyboard.strike()
        elif char in STEERS:
            self._by_arrows = False
            self._keyboard.move(STEERS[char])
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A bar-code scanner pastes; take what fits, without what does not show."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean_name(event.text)[: LONGEST - len(self.value)])


class TypedView(StepView):
    """A name in any script, typed on a real keyboard or on the screen."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """The question beside one line with room for any name; below them the keyboard."""
        keyboard = Keyboard(
            delete=self._("Delete"),
            space=self._("Space"),
            hint=self._("Number pad: 8 4 6 2 move, 5 chooses, . deletes"),
            pinyin=self._.chinese,
        )
        with Horizontal(id="naming"):
            with Vertical(id="name-question"):
                yield Words(self._("Please type your name"), classes="question")
                yield Words(self._("In any language."), id="problem", classes="hint")
            yield NameField(self.draft.typed_name, keyboard)
        yield keyboard

    def ready(self) -> None:
        """Typing may begin at once."""
        self._field.focus()
        self._offer()

    @property
    def _field(self) -> NameField:
        return self.query_one(NameField)

    @property
    def _written(self) -> str:
        """The name as far as the place where the next letter goes."""
        return self._field.value[: self._field.cursor_position]

    def _offers(self) -> tuple[Offer, ...]:
        pinyin, surnames = self.query_one(Keyboard).pinyin, written(SURNAMES, self._)
        return offers(self._written, pinyin=pinyin, surnames=surnames)

    def _offer(self) -> None:
        self.query_one(Keyboard).offer(
            [offer.text for offer in self._offers()],
            capitals=not self._written or self._written[-1] in " -'",
        )

    def _say(self, problem: str) -> None:
        say = self.query_one("#problem", Words)
        say.set_class(bool(problem), "problem")
        say.set_class(not problem, "hint")
        say.say(problem or self._("In any language."))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        full = len(event.value) >= LONGEST
        self._say(self._("A name has at most {n} characters here.", n=LONGEST) if full else "")
        self._offer()

    @on(Keyboard.Struck)
    def _struck(self, event: Keyboard.Struck) -> None:
        event.stop()
        field = self._field
        match event.name:
            case "delete":
                field.action_delete_left()
            case "pinyin":
                self._offer()
            case "offer":
                after, written = field.value[field.cursor_position :], self._written
                # A tap that came while the letters were changing means nothing any more.
                if event.place < len(found := self._offers()):
                    new = taken(written, found[event.place])
                    field.value, field.cursor_position = new + after, len(new)
            case name:
                field.insert_text_at_cursor(" " if name == "space" else name)

    def means_typing(self, key: events.Key) -> Meaning | None:
        """The field has it first, while it has the focus."""
        return self._field.means(key) if self._field.has_focus else None

    def collect(self) -> Draft:
        """With the name as it stands."""
        return self.but(typed_name=clean_name(self._field.value))

    def enter(self) -> Outcome:
        """An empty line is not a name."""
        draft = self.collect()
        if draft.typed_name:
            return Go(draft)
        self._say(self._("Please type a name, or go back and choose No name."))
        return None
