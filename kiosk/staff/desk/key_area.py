"""The key area: the keys at the bottom of the queue screen, each to be touched too."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content

from db import CheckIn
from kiosk.staff.acts.keys import ACTS
from kiosk.staff.asking.columns import fitted, lay_out
from kiosk.staff.asking.key_lines import Key
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying

ROWS = 3
WITH_TWINS = 5
"""Columns from which function keys stand in the key area: fewer, and keys are worth more."""
LESS_NEEDED = sorted((act.name for act in ACTS.values() if act.spare), key=lambda n: ACTS[n].spare)
"""What is left to the page of all keys where room is short, the first ones first."""


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
        self._keys = [key for key in keys if not ACTS[key.action].beside]

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
            hint.set_class(not ACTS[hint.action].possible(check_in), "off")
