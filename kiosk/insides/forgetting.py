"""Forgetting what was painted: libraries remember thousands of texts, a patient's among them."""

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache


def forget_painted() -> None:
    """Forget texts whose width was asked, that were cut, and all that widgets now gone had on them.

    What is asked for again is found out again, in some milliseconds.
    """
    cached_cell_len.cache_clear()
    Segment._split_cells.cache_clear()
    StylesCache.get_inner_outer.cache_clear()
