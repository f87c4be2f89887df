"""Style sheets that are parsed once: Textual parses all of them anew with every change of modes."""

from textual.css.stylesheet import Stylesheet


class ParsedOnce(Stylesheet):
    """A stylesheet that parses what is new and, when the colours change, everything.

    Of seven parses from the start to Home six gave what was there already, 25 ms each.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours, if they are others; the parsed rules are kept otherwise."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what has not been parsed with these colours; raises StylesheetError."""
        self.parse()
