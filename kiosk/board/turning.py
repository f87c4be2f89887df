"""How calls are spread over pages of the board, so that nobody is left out; pure."""

from collections.abc import Sequence

import msgspec

PAGE = 6.0
"""Seconds for which a page stands: time to read four numbers, and to look for one's own."""


class Page(msgspec.Struct, frozen=True):
    """Which calls stand on the page of now, by their places, and which page of how many it is."""

    calls: tuple[int, ...] = ()
    number: int = 1
    of: int = 1

    @property
    def told(self) -> str:
        """As "1/2"; "" where there is only one."""
        return f"{self.number}/{self.of}" if self.of > 1 else ""


def page_of(cells: Sequence[int], still: int, width: int, *, most: int, seconds: float) -> Page:
    """The page of now, for calls that take so many cells, those still called first.

    The first `still` are on some page, whatever there is room for. `most` stand on one that is not
    full before; where all that are still called do, others fill it. Pages turn by the clock alone:
    whatever is called meanwhile, each has its time.
    """
    pages = _packed(cells[:still], width, most)
    if len(pages) > 1:
        turn = int(seconds / PAGE) % len(pages)
        return Page(pages[turn], turn + 1, len(pages))
    whole = _packed(cells, width, most)
    return Page(whole[0] if whole else ())


def _packed(cells: Sequence[int], width: int, most: int) -> list[tuple[int, ...]]:
    """Places by page: each as full as it can be, and none without a call."""
    pages: list[list[int]] = []
    taken = 0
    for place, wide in enumerate(cells):
        if not pages or len(pages[-1]) == most or taken + wide > width:
            pages.append([])
            taken = 0
        pages[-1].append(place)
        taken += wide
    return [tuple(page) for page in pages]
