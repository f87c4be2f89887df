"""Pages: any number of choices, a screenful at a time, with 9 to see more."""

import msgspec
from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.widgets.press import Tile

MORE = "more"


class Item(msgspec.Struct, frozen=True):
    """One choice: what it is called in code, its label, and quieter lines."""

    name: str
    label: str
    lines: tuple[str, ...] = ()


class Pages(Grid):
    """Choices on keys from 1; where there are more, 9 turns the page and round again."""

    PLACES, WHOLE = {2: 7, 3: 8}, 8
    """Choices on a page by columns: with the way to more they fill whole rows; and without it."""
    LARGER_PLACES, LARGER_WHOLE = 5, 6
    """The same of fewer and bigger things, two in a row."""

    def __init__(
        self,
        items: list[Item],
        *,
        more: str,
        page: int = 0,
        columns: int = 2,
        larger: bool = False,
    ) -> None:
        super().__init__(classes=f"choices {'two' if columns == 2 else 'three'} pages")
        self.items = items
        self.page = page
        self._more = more
        places, whole = self.PLACES[columns], self.WHOLE
        if larger:
            places, whole = self.LARGER_PLACES, self.LARGER_WHOLE
        self._places = whole if len(items) <= whole else places

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self.items) // self._places))

    def compose(self) -> ComposeResult:
        """The places, some of them empty on the last page, and the way to more."""
        for key in range(1, min(self._places, len(self.items)) + 1):
            yield Tile("", key=str(key), id=f"place-{key}")
        if self.pages > 1:
            yield Tile(self._more, self._which(), key="9", id=MORE, classes="more")

    def on_mount(self) -> None:
        """Fill the places."""
        self._show()

    def choose(self, press_id: str) -> str | None:
        """The name of the item at a place; None when the press turned the page instead."""
        if press_id == MORE:
            self.page = (self.page + 1) % self.pages
            self._show()
            return None
        if not press_id.startswith("place-"):
            return None
        at = self.page * self._places + int(press_id.removeprefix("place-")) - 1
        return self.items[at].name if at < len(self.items) else None

    def _which(self) -> str:
        return f"{self.page + 1} / {self.pages}"

    def _show(self) -> None:
        page = self.items[self.page * self._places : (self.page + 1) * self._places]
        for place, tile in enumerate(self.query(Tile).results(Tile)):
            if tile.id == MORE:
                tile.relabel(self._more, self._which())
                continue
            tile.visible = place < len(page)
            if tile.visible:
                item = page[place]
                tile.relabel(item.label, *item.lines)
