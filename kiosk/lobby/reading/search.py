"""Search: articles and services by a word, found while it is being typed."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from kiosk.input.guard import Meaning
from kiosk.input.keycaps import STEERS
from kiosk.lobby.reading.finding import find, index
from kiosk.lobby.reading.reading_order import Text, item, named
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.keyboard import Keyboard
from kiosk.widgets.keypad import Entry
from kiosk.widgets.pages import Item
from kiosk.widgets.press import Press, Tile
from kiosk.widgets.shelf import Shelf
from kiosk.widgets.words import Words

TOPIC = "topic:"
"""Before the name of an item that is a topic and no text."""
STRIKING = (*STEERS, "5")
LONGEST = 40
"""Characters that can be typed: more than any title is long."""


class SearchScreen(LobbyScreen[None]):
    """Letters are text, digits choose. Before anything is typed it offers the topics."""

    RESTS = ("Keyboard", "Entry")
    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._page = 0
        self._by_touch = False
        """Whether the keyboard stands on the screen."""
        self._by_keypad = False
        """Whether the digits of a keypad move over it: it was called with one."""

    def heading(self) -> str:
        """What this is."""
        return self._("Search")

    def step(self) -> str:
        """What may be typed."""
        return self._("In English, Chinese or pinyin")

    def compose_strip(self) -> ComposeResult:
        """Who is being called, for those who wait."""
        yield CalledStrip(self._)

    def next_label(self) -> str:
        """Enter opens what is likeliest meant."""
        return self._("Open 1")

    def compose_body(self) -> ComposeResult:
        """The field, how much was found, and the shelf of it."""
        with Horizontal(id="field"):
            yield Entry(self._typed)
            yield Words(id="found")
        yield Shelf(
            self._items(),
            earlier=self._("Page back"),
            later=self._("Next page"),
            page=self._page,
            eight=Press(self._("Keyboard"), key="8", id="keyboard"),
            larger=self.kiosk.larger,
        )
        keyboard = Keyboard(
            delete=self._("Delete"),
            space=self._("Space"),
            done=self._("Done"),
            capitals=False,
        )
        keyboard.display = self._by_touch
        yield keyboard

    def on_mount(self) -> None:
        """Say what to do."""
        super().on_mount()
        self._say()

    async def relanguage(self) -> None:
        """The same search in another language."""
        await super().relanguage()
        self._give_keys()
        self._say()

    # What was found

    def _found(self) -> list[Text]:
        return find(index(self.kiosk.clinic), self._typed)

    def _items(self) -> list[Item]:
        clinic = self.kiosk.clinic
        if self._typed.strip():
            return [item(text, clinic, self._) for text in self._found()]
        topics = [self._.pick(topic.title) for topic in clinic.topics]
        groups = [self._.pick(group.title) for group in clinic.groups]
        return [Item(TOPIC + title, title) for title in (*topics, *groups)]

    def _say(self) -> None:
        found = len(self._found())
        if self._by_keypad and not self._typed:
            said = self._("Number pad: 8 4 6 2 move, 5 chooses, . deletes")
        elif not self._typed.strip():
            said = self._("or choose a topic:")
        elif found:
            said = self._.plural("{n} found", "{n} found", found)
        else:
            said = self._("Nothing found. Try another word, or ask at the desk.")
        self.query_one("#found", Words).say(said)
        self.query_one("#next", Press).visible = bool(found)

    # Typing, on a real keyboard or the one on the screen

    def write(self, text: str) -> None:
        """Add to what is typed."""
        shown = "".join(char for char in text if char.isprintable())
        self._change((self._typed + shown)[:LONGEST])

    def erase(self) -> None:
        """Take the last character back."""
        self._change(self._typed[:-1])

    def _change(self, typed: str) -> None:
        self._typed, self._page = typed, 0
        self.query_one(Entry).shown = typed
        self.query_one(Shelf).put(self._items())
        self._say()

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Letters are text; on the keyboard on the screen digits move and strike."""
        char = key.character or ""
        if self._by_touch and self._by_keypad and char in STRIKING:
            return Meaning.TYPES if char == "5" else Meaning.MOVES
        if self._by_touch and key.key == "enter" and self.query_one(Keyboard).cursor:
            return None if isinstance(self.focused, Press) else Meaning.TYPES
        if char == "8":
            return Meaning.CHANGES
        if key.key in ("backspace", "delete", "full_stop"):
            return Meaning.MOVES
        return Meaning.TEXT if char and self._is_text(char) else None

    def next_means(self) -> Meaning:
        """It opens what was found."""
        return Meaning.OPENS

    def card_for(self, key: events.Key) -> Press | None:
        """Enter opens the first, which has to be seen."""
        card = super().card_for(key)
        return self.query_one("#place-1", Press) if card and card.id == "next" else card

    async def typed(self, event: events.Key) -> bool:
        """A character of a word, or delete; digits and the keys of the frame stay what they are."""
        char = event.character or ""
        if self._by_touch and self._steered(event.key, char):
            return True
        if char == "8":
            self._show_keyboard(up=not self._by_touch, by_keypad=not self._by_touch)
        elif event.key in ("backspace", "delete", "full_stop"):
            self.erase()
        elif char and self._is_text(char):
            self.write(char)
        else:
            return False
        return True

    def _steered(self, key: str, char: str) -> bool:
        """Whether a key moved over the keys on the screen, struck one, or led away from them."""
        keyboard = self.query_one(Keyboard)
        steers = STEERS.get(char, "") if self._by_keypad else ""
        way = key if key in STEERS.values() else steers
        if isinstance(self.focused, Press):
            if way not in ("up", "down"):
                return False  # along the buttons
            self.set_focus(None)
            return keyboard.move("down")
        if key == "enter":
            return keyboard.strike()
        if char == "5" and self._by_keypad:
            return keyboard.strike() or True
        was_on_keys = keyboard.cursor is not None
        if not way or keyboard.move(way):
            return bool(way)
        if char == "8":
            return was_on_keys  # from beside the keys 8 puts them away
        self.query_one("#place-1" if way == "up" else "#back", Press).focus()
        return True

    def _is_text(self, char: str) -> bool:
        if char in " '":
            return bool(self._typed) and not isinstance(self.focused, Press)
        return char.isalpha() or (not char.isascii() and char.isprintable())

    def on_click(self, event: events.Click) -> None:
        """A finger on the field wants to write there."""
        if isinstance(event.widget, Entry):
            self._show_keyboard(up=True)

    def _show_keyboard(self, *, up: bool, by_keypad: bool = False) -> None:
        self._by_touch, self._by_keypad = up, by_keypad
        self.set_class(up, "-by-touch")
        self.query_one(Keyboard).display = up
        self.set_focus(None)
        self.query_one(Keyboard).rest()
        self._give_keys()
        self._say()

    def _give_keys(self) -> None:
        """While the even digits move over the keyboard, what was found is on the odd ones."""
        digits = "1379" if self._by_keypad else "123456"
        for tile, digit in zip(self.query("Shelf Tile").results(Tile), digits, strict=False):
            tile.key = digit
            tile.refresh()

    @on(Keyboard.Struck)
    def _struck(self, event: Keyboard.Struck) -> None:
        event.stop()
        match event.name:
            case "delete":
                self.erase()
            case "done":
                self._show_keyboard(up=False)
            case name:
                self.write(" " if name == "space" else name)

    def on_paste(self, event: events.Paste) -> None:
        """An input method may hand over whole words."""
        event.stop()
        self.write(event.text)

    # What is chosen

    async def chosen(self, name: str) -> None:
        """Open what was found, search for a topic, or turn the page."""
        if name == "keyboard":
            self._show_keyboard(up=True)
            return
        shelf = self.query_one(Shelf)
        chosen = shelf.choose(name)
        self._page = shelf.page
        if chosen and chosen.startswith(TOPIC):
            self._change(chosen.removeprefix(TOPIC))
        elif chosen:
            self._open(named(chosen, self.kiosk.clinic))

    async def next(self) -> None:
        """Open the first."""
        self._open(next(iter(self._found()), None))

    def _open(self, text: Text | None) -> None:
        if text is not None:
            self.enter("text", text)
