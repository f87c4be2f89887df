"""Of tests that are the same but for a value, a few are quick; the others are wide."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def siblings(quick: int, names: str | Sequence[str], values: Iterable[Any]) -> pytest.MarkDecorator:
    """Parametrize a test; with the first so many values it is tried in every run."""
    alone = isinstance(names, str)
    made = [
        value if nth < quick else _wide((value,) if alone else value)
        for nth, value in enumerate(values)
    ]
    return pytest.mark.parametrize(names, made)


def _wide(value: Any) -> Any:
    if len(value) == 1 and hasattr(value[0], "marks"):
        value = value[0]
    if hasattr(value, "marks"):
        return pytest.param(*value.values, marks=[*value.marks, pytest.mark.wide], id=value.id)
    return pytest.param(*value, marks=pytest.mark.wide)
