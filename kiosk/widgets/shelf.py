"""Shelf: any number of texts, six at a time, laid out on the digits of a keypad."""

from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from kiosk.widgets.pages import Item
from kiosk.widgets.press import Press, Tile

PLACES = 6
LARGER_PLACES = 3
"""How many stand on a page of fewer and bigger things, one in a row."""
PLACE, EARLIER, LATER = "place-", "earlier", "later"


class Shelf(Vertical):
    """Items on the keys 1 to 6, two in a row; below them 7 turns back and 9 turns on.

    Between those two stands what the screen itself puts on 8, if anything.
    """

    def __init__(
        self,
        items: list[Item],
        *,
        earlier: str,
        later: str,
        page: int = 0,
        eight: Press | None = None,
        larger: bool = False,
    ) -> None:
        super().__init__(classes="shelf larger" if larger else "shelf")
        self._places = LARGER_PLACES if larger else PLACES
        self._items = items
        self._earlier = earlier
        self._later = later
        self._eight = eight
        self.page = min(page, self.pages - 1)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self._items) // self._places))

    def compose(self) -> ComposeResult:
        """The places, some of them empty on the last page, and the row below them."""
        with Grid(classes="places"):
            for key in range(1, self._places + 1):
                yield Tile("", key=str(key), id=f"{PLACE}{key}")
        with Horizontal(classes="turners"):
            yield Press(self._earlier, key="7", id=EARLIER)
            if self._eight:
                yield self._eight
            yield Press(self._later, key="9", id=LATER)

    def on_mount(self) -> None:
        """Fill the places."""
        self._show()

    def put(self, items: list[Item]) -> None:
        """Show other items, from the first."""
        self._items, self.page = items, 0
        self._show()

    def choose(self, press_id: str) -> str | None:
        """The name of the item at a place; None when the press turned the page, or is not ours."""
        if press_id in (EARLIER, LATER):
            self.page += 1 if press_id == LATER else -1
            self._show()
            return None
        if not press_id.startswith(PLACE):
            return None
        at = self.page * self._places + int(press_id.removeprefix(PLACE)) - 1
        return self._items[at].name if at < len(self._items) else None

    def _show(self) -> None:
        page = self._items[self.page * self._places : (self.page + 1) * self._places]
        for place in range(self._places):
            tile = self.query_one(f"#{PLACE}{place + 1}", Tile)
            tile.visible = place < len(page)
            if tile.visible:
                item = page[place]
                tile.relabel(item.label, *item.lines)
        self.query_one(f"#{EARLIER}", Press).visible = self.page > 0
        later = self.query_one(f"#{LATER}", Press)
        later.visible = self.page < self.pages - 1
        later.relabel(f"{self._later} {self.page + 1}/{self.pages}")
        if any(press.has_focus and not press.visible for press in self.query(Press)):
            self.screen.set_focus(None)  # else a neighbour gets it, which Enter then presses
