"""Style sheets that are parsed once: Textual parses all of them anew with every change of modes."""

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

SHEETS = 128
"""How many sheets and widgets' own rules are kept, parsed with the colours of one theme."""


class ParsedOnce(Stylesheet):
    """A stylesheet that parses what is new, and for each theme's colours once.

    Of seven parses from the start to Home six gave what was there already, 25 ms each; as much did
    every change of colours cost.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(SHEETS)
        self._parsed = {_key(variables): self._parse_cache}

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours, if they are others; the parsed rules are kept otherwise."""
        if variables != self._variables:
            self._parse_cache = LRUCache(SHEETS)  # what is there is cleared
            super().set_variables(variables)
            self._parse_cache = self._parsed.setdefault(_key(variables), self._parse_cache)

    def reparse(self) -> None:
        """Parse what has not been parsed with these colours; raises StylesheetError."""
        self.parse()


def _key(variables: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(variables.items()))
