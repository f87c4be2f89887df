"""A new version: a program that an installer's link no longer leads to ends, when nobody needs it.

Versions lie in folders of their own, and a link leads to the one in use. Whoever started the
program by way of the link starts it again, from the new version.
"""

import sys
from collections.abc import Callable
from os.path import abspath
from pathlib import Path

from textual.app import App

from kiosk.settings import CHECKOUT

EVERY = 30.0
"""Seconds between looks at where the link leads: a few calls to the system, no file is read."""


def link_of(program: str) -> Path | None:
    """The folder by whose name a program was started, if a link is part of that name.

    What a package manager put there, `clinic-kiosk`, is renewed by that: it has none.
    """
    if Path(program).name != "run_kiosk.py":
        return None
    folder = Path(abspath(program)).parent  # noqa: PTH100 - Path.absolute() keeps what is ".."
    return folder if folder != folder.resolve() else None


class Renewal:
    """Ends an app of a version that is no longer in use, once it is at rest."""

    def __init__(
        self, app: App[int], link: Path, at_rest: Callable[[], bool], last_words: str = ""
    ) -> None:
        """`at_rest`: whether nobody is in the middle of anything at this terminal.

        `last_words`: what stands in the terminal afterwards.
        """
        self._program = app
        self._link = link
        self._at_rest = at_rest
        self._last_words = last_words
        self.came = False
        """Whether the app was ended for a new version."""

    def start(self) -> None:
        """Look now and then from now on."""
        self._program.set_interval(EVERY, self.look)

    def look(self) -> None:
        """End the app if another version is in use, and nobody here would notice."""
        if self._is_another() and self._at_rest():
            self.came = True
            self._program.exit(0, message=self._last_words or None)

    def _is_another(self) -> bool:
        try:
            program = (self._link / Path(sys.argv[0]).name).resolve(strict=True)
        except OSError:
            return False  # in the middle of an installation, or of its undoing
        return program.parent != CHECKOUT
