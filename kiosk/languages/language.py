"""Languages: gettext catalogues, and how each language writes times, dates and numbers."""

import gettext
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

from kiosk.languages import dates
from kiosk.languages.cldr import MARKS

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "kiosk"
SOURCE = "en"

OWN_NAMES: Mapping[str, str] = {
    "en": "English",
    "zh-Hans": "中文",
    "zh-Hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}
"""Each language's name in itself: what a person looks for on a language button."""

_BROAD_SPACE = str.maketrans("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
"""CLDR groups with a narrow space in French, which not every terminal's font has."""


def mark(message: str) -> str:
    """Mark an English message for translation where it is not translated on the spot."""
    return message


class Language:
    """One language of the kiosk: its tag and its translations."""

    def __init__(self, tag: str, read: Callable[[], gettext.NullTranslations]) -> None:
        """`read` gives the catalogue; it is called when the first text is asked for."""
        self.tag = tag
        self._read = read

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        return self._read()

    def __repr__(self) -> str:
        return f"Language({self.tag!r})"

    @property
    def own_name(self) -> str:
        """The language's name in itself."""
        return OWN_NAMES.get(self.tag, self.tag)

    @property
    def chinese(self) -> bool:
        """Whether it is Chinese, in either script."""
        return self.tag.startswith("zh")

    @property
    def traditional(self) -> bool:
        """Whether it is Chinese in traditional characters."""
        return self.tag == "zh-Hant"

    @property
    def runs_on(self) -> bool:
        """Whether text runs on without spaces between words and sentences."""
        return self.chinese or self.tag == "ja"

    @property
    def wide(self) -> bool:
        """Whether nearly every character takes two cells."""
        return self.runs_on or self.tag == "ko"

    def has(self, message: str) -> bool:
        """Whether it has words of its own for an English message."""
        return self.tag == SOURCE or self._catalogue.gettext(message) != message

    def __call__(self, message: str, /, **values: object) -> str:
        """The translation of an English message, with `{name}` filled in from `values`."""
        text = self._catalogue.gettext(message)
        return text.format(**self._written(values)) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form of a message that goes with the count `n`, which fills `{n}`."""
        text = self._catalogue.ngettext(one, many, n)
        return text.format(**self._written({"n": n} | values))

    def number(self, number: float) -> str:
        """A count, or a measure to one decimal, with the marks this language writes in it.

        As in CLDR; Spanish groups from 10,000 on. The space is one that breaks no line.
        """
        group, decimal = MARKS.get(self.tag, MARKS[SOURCE])
        plain = f"{number:,d}" if isinstance(number, int) else f"{number:,.1f}".removesuffix(".0")
        if self.tag == "es" and abs(number) < 10_000:
            plain = plain.replace(",", "")
        return plain.translate(str.maketrans(",.", group + decimal)).translate(_BROAD_SPACE)

    def _written(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            name: self.number(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }

    def nearest(self, texts: Mapping[str, str]) -> str:
        """The tag, of those that have a text, that its reader reads best; "" for no texts."""
        written = [tag for tag, text in texts.items() if text]
        family = [tag for tag in written if tag.split("-")[0] == self.tag.split("-")[0]]
        wanted = (self.tag, *family, SOURCE, *texts)
        return next((tag for tag in wanted if tag in written), "")

    def pick(self, texts: Mapping[str, str]) -> str:
        """The text written in this language, or the nearest one there is."""
        return texts.get(self.nearest(texts), "")

    def clock(self, moment: datetime) -> str:
        """Hours and minutes of a moment, in the moment's own time zone.

        The same in every language, so that ticket, board and desk show one time.
        """
        return f"{moment:%H:%M}"

    def day(self, day: date) -> str:
        """A date with its weekday, short enough for a status line."""
        return dates.day(self.tag, day)

    def weekday(self, number: int) -> str:
        """The short name of a day of the week, 0 being Monday."""
        return dates.weekday(self.tag, number)


@cache
def language(tag: str) -> Language:
    """The language with this tag; one without a catalogue reads as English."""
    path = LOCALES / tag / "LC_MESSAGES" / f"{DOMAIN}.mo"

    def read() -> gettext.NullTranslations:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)

    own = tag != SOURCE and path.is_file()
    return Language(tag, read if own else gettext.NullTranslations)
