"""Style sheets that are parsed once: Textual parses all of them anew with every change of modes."""

from typing import Any

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

Parsed = LRUCache[tuple[Any, ...], list[RuleSet]]
"""What Textual keeps of the sheets it has parsed."""

SHEETS = 128
"""How many sheets and widgets' own rules are kept, parsed with the colours of one theme."""

_parsed: dict[tuple[tuple[str, str], ...], Parsed] = {}
"""What the program has parsed, by the colours it was parsed with."""


class ParsedOnce(Stylesheet):
    """A stylesheet that parses what is new, and for each theme's colours once.

    Of seven parses from the start to Home six gave what was there already, 25 ms each; as much did
    every change of colours cost.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = _kept(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours, if they are others; the parsed rules are kept otherwise."""
        if variables != self._variables:
            self._parse_cache = LRUCache(SHEETS)  # what is there is cleared
            super().set_variables(variables)
            self._parse_cache = _kept(variables)

    def reparse(self) -> None:
        """Parse what has not been parsed with these colours; raises StylesheetError."""
        self.parse()


def _kept(variables: dict[str, str]) -> Parsed:
    return _parsed.setdefault(tuple(sorted(variables.items())), LRUCache(SHEETS))
