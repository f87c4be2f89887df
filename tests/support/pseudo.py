"""A language nobody speaks: English with accents, and 40 % longer. Every screen must hold it."""

import re
from gettext import NullTranslations

import msgspec
import pytest
from rich.cells import cell_len
from textual.widgets import Static

from kiosk.app import app, content_watch
from kiosk.content.clinic import Clinic
from kiosk.languages.language import Language, language
from kiosk.lobby.place.locations import PlaceCard
from kiosk.widgets.big_text import BigText
from kiosk.widgets.press import Press, Tile
from kiosk.widgets.prose import Prose
from kiosk.widgets.screen import KioskScreen
from kiosk.widgets.words import Words

TAG = "en-XA"
LONGER = 0.4
_ACCENTED = str.maketrans("aeiounycAEIOUNC", "áéíöüñýçÁÉÍÖÜÑÇ")
_FIELD = re.compile(r"(\{\w*\})")


def pseudo(text: str) -> str:
    """The text as this language writes it; what stands in braces is left as it is."""
    parts = _FIELD.split(text)
    words = "".join(p if _FIELD.fullmatch(p) else p.translate(_ACCENTED) for p in parts)
    length = sum(len(p) for p in parts if not _FIELD.fullmatch(p))
    if sum(map(str.isalpha, _FIELD.sub("", text))) < 2:
        return words
    more = "~" * round(length * LONGER)
    # In words of several letters, so that lines break as they do in German.
    return words + " " * (len(more) > 3) + re.sub("~{8}(?=~~)", "~~~~~~~ ", more)


class _Catalogue(NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return pseudo(one if n == 1 else many)


def speak(monkeypatch: pytest.MonkeyPatch, clinic: Clinic) -> Clinic:
    """The clinic with this language after its own, which the program speaks from now on."""
    made = Language(TAG, _Catalogue)
    for module in (app, content_watch):
        monkeypatch.setattr(module, "language", lambda tag: made if tag == TAG else language(tag))
    return msgspec.structs.replace(clinic, languages=(*clinic.languages, TAG))


def unsaid(screen: KioskScreen[object], lines: list[str]) -> list[str]:
    """What words, cards and plain texts of a screen have to say and do not say on the glass.

    A quiet line of a tile may be left out where it does not fit.
    """
    wrong = []
    for widget in screen.query("*"):
        if not widget.region or not widget.visible or isinstance(widget, BigText | Prose):
            continue
        if isinstance(widget, Words):
            wanted = widget.text
        elif isinstance(widget, Press):
            wanted = widget.label if isinstance(widget, Tile | PlaceCard) else widget.render().plain
        elif type(widget) is Static:
            wanted = str(widget.content)
        else:
            continue
        x, y, width, height = widget.region
        rows = [_cells(line)[x : x + width] for line in lines[y : y + height]]
        shown = "".join("".join(row) for row in rows)
        if _bare(wanted) not in _bare(shown):
            wrong.append(f"{widget!r} {wanted!r}: {shown!r}")
    return wrong


def _cells(line: str) -> list[str]:
    """A line cell by cell; the second cell of a wide character is empty."""
    return [cell for char in line for cell in (char, "")[: cell_len(char)]]


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == "~")
