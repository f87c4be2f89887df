"""Saying how far something long has come."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Is told, while something long goes on, how many parts are done and how many there are."""


def in_turn(parts: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Give each of `parts`, and tell `progress` how many are done."""
    for done, part in enumerate(parts):
        if progress is not None:
            progress(done, len(parts))
        yield part
