"""The keys of the queue screen: which there are, what they say, and where they can be touched."""

from collections.abc import Iterable

import msgspec
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content

from db import OPEN, CheckIn, Status, allowed
from kiosk.languages.language import Language
from kiosk.staff.asking.columns import fitted, lay_out
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying


class Key(msgspec.Struct, frozen=True):
    """A key of the queue screen and what it is called."""

    action: str
    """What the screen's `action_key` is told."""
    letter: str
    label: str
    sentence: str
    """What it does, for the page of all keys."""
    twin: str = ""
    """The function key that does the same."""


TWINS = {
    "call_next": ("n", "f2"),
    "call_this": ("Enter", ""),
    "recall": ("r", "f3"),
    "begin": ("b", "f4"),
    "complete": ("d", "f5"),
    "priority": ("p", ""),
    "correct": ("c", ""),
    "no_show": ("x", "f6"),
    "put_back": ("w", "f7"),
    "park": ("k", "f8"),
    "transfer": ("t", "f9"),
    "all_keys": ("?", "f1"),
    "filter": ("f", ""),
    "merge": ("m", ""),
    "add": ("a", ""),
    "undo": ("u", ""),
    "hide": ("h", ""),
    "search": ("/", ""),
    "reception": ("o", ""),
    "figures": ("g", ""),
    "lock": ("l", "f10"),
    "show_phone": ("v", ""),
    "go": ("i", ""),
}
"""For each action its letter and its function key, as they stand in the key area."""

LESS_NEEDED = (
    *("figures", "merge", "filter", "correct", "priority", "lock"),
    *("search", "hide", "transfer", "reception", "park", "add"),
)
"""What the key area leaves to the page of all keys where room is short, the first ones first."""
ROWS = 3
WITH_TWINS = 5
"""Columns from which function keys stand in the key area: fewer, and keys are worth more."""
ELSEWHERE = ("show_phone", "go")
"""These stand beside what they are about: a phone number, an alert."""
ALWAYS = (
    *("call_next", "all_keys", "undo", "hide", "reception", "lock", "go"),
    *("add", "search", "filter", "figures"),
)
"""What makes sense whoever is selected."""
FULL_WIDTH = 0xFEE0
"""From an ASCII character to its full-width form."""
EVERYWHERE = ("f1", "f10")
"""Function keys that the app itself hands to whatever screen is on top."""


def bindings() -> list[BindingType]:
    """Every letter also as a capital, and as a Chinese input method sends it."""
    made: list[BindingType] = []
    for action, (letter, twin) in TWINS.items():
        if action == "call_this":
            continue  # Enter belongs to the table
        keys = {letter, letter.upper()}
        keys |= {chr(ord(key) + FULL_WIDTH) for key in keys}
        keys |= {"、"} if letter == "/" else set()  # what Chinese input methods make of it
        if twin and twin not in EVERYWHERE:
            keys.add(twin)
        made.append(Binding(",".join(sorted(keys)), f"key('{action}')", id=action, show=False))
    return made


def staff_keys(lang: Language) -> list[Key]:
    """All the keys in words, in the order of the key area."""
    words = {
        "call_next": (lang("call next"), lang("Call whoever is next")),
        "call_this": (lang("call this"), lang("Call the one selected")),
        "recall": (lang("recall"), lang("Call once more")),
        "begin": (lang("came in"), lang("The one called came in")),
        "complete": (lang("done"), lang("The visit is over")),
        "no_show": (lang("no-show"), lang("Called and did not come")),
        "put_back": (lang("put back"), lang("Waits again in the queue")),
        "park": (lang("to lab"), lang("Gone to the laboratory")),
        "transfer": (lang("move"), lang("Move to another service")),
        "all_keys": (lang("all keys"), lang("This page")),
        "priority": (lang("priority"), lang("Before the others, or not")),
        "correct": (lang("correct"), lang("Correct what was mistyped")),
        "merge": (lang("merge"), lang("Two tickets, one person")),
        "undo": (lang("undo"), lang("Take back your last steps")),
        "add": (lang("add walk-in"), lang("Add somebody at the desk")),
        "search": (lang("find"), lang("Find a ticket or a person")),
        "filter": (lang("filter"), lang("Show a part of the queue")),
        "hide": (lang("hide names"), lang("Hide or show the names")),
        "reception": (lang("open/full"), lang("Reception open or closed")),
        "figures": (lang("figures"), lang("Arrivals, waits, rooms")),
        "lock": (lang("lock"), lang("Lock this screen")),
        "show_phone": (lang("phone"), lang("Show the phone number")),
        "go": (lang("I am going"), lang("Answer the alert on top")),
    }
    return [Key(action, letter, *words[action], twin) for action, (letter, twin) in TWINS.items()]


def possible(action: str, check_in: CheckIn | None) -> bool:
    """Whether the action makes sense for this check-in as it stands."""
    if action in ALWAYS:
        return True
    if check_in is None:
        return False
    status = check_in.status
    becomes = {
        "call_this": Status.called,
        "begin": Status.in_service,
        "complete": Status.done,
        "no_show": Status.no_show,
        "put_back": Status.waiting,
        "park": Status.parked,
    }
    if action == "put_back" and status is Status.left:
        return True
    if action in becomes:
        return allowed(status, becomes[action])
    match action:
        case "recall":
            return status is Status.called
        case "show_phone":
            return check_in.has_phone
        case "correct" | "merge":
            return status is not Status.void
    return status in OPEN


class KeyHint(Press, can_focus=False):
    """A key and what it does, on one line; a click does it too. Its id is `do-<action>`."""

    def __init__(self, key: Key) -> None:
        super().__init__(key.label, key=key.letter, id=f"do-{key.action}")
        self.action = key.action
        self.twin = key.twin.upper() if key.action != "all_keys" else ""
        self._twin_shown = True

    def said(self) -> list[Saying]:
        """The key, its twin, and what it does."""
        return [Saying(f"{self.twin} {self.label}".lstrip(), self.key)]

    def render(self) -> Content:
        """The letter, its twin, the words; quieter while it leads nowhere."""
        letter = (f" {self.key} ", "$quiet") if self.has_class("off") else self.chip
        twin = f" {self.twin}" if self.twin and self._twin_shown else ""
        return Content.assemble(letter, (twin, "$quiet"), f" {self.label}")

    def cells(self, *, twin: bool) -> int:
        """How wide it is, with its twin or without."""
        written = f" {self.key}  {self.label}"
        return cell_len(f"{written} {self.twin}" if twin and self.twin else written)

    def show_twin(self, shown: bool) -> None:
        """Say the function key too, or not."""
        if shown != self._twin_shown:
            self._twin_shown = shown
            self.refresh(layout=True)

    def _ask_for_room(self) -> None:
        """A hint is as wide as its words, in a row of hints too."""


class KeyArea(Grid):
    """The keys at the bottom of the queue screen."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__(id="keys")
        self._keys = [key for key in keys if key.action not in ELSEWHERE]

    def compose(self) -> ComposeResult:
        """All of them; `fit` says which are seen."""
        yield from map(KeyHint, self._keys)

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit()

    def fit(self) -> None:
        """Show as many keys in three rows as fit with all their words.

        Where room is short the function keys go first, then what is less needed.
        """
        hints = list(self.query(KeyHint))
        most = -(-len(hints) // ROWS)
        ways = [(columns, True) for columns in range(most, WITH_TWINS - 1, -1)]
        ways += [(columns, False) for columns in range(WITH_TWINS, 0, -1)]
        for columns, twins in ways:
            left_out = LESS_NEEDED[: max(0, len(hints) - ROWS * columns)]
            shown = [hint for hint in hints if hint.action not in left_out]
            cells = [hint.cells(twin=twins) for hint in shown]
            if (widths := fitted(cells, columns, self.size.width)) is not None:
                lay_out(self, widths)
                for hint in hints:
                    hint.display = hint in shown
                    hint.show_twin(twins)
                return

    def hint(self, letter: str) -> KeyHint | None:
        """The hint of a key, if it is shown."""
        wanted = letter.casefold()
        hints = [one for one in self.query(KeyHint) if one.key.casefold() == wanted and one.display]
        return hints[0] if hints else None

    def allow(self, check_in: CheckIn | None) -> None:
        """Tone down the keys that make no sense for the selected check-in."""
        for hint in self.query(KeyHint):
            hint.set_class(not possible(hint.action, check_in), "off")
