"""Every screen of the staff in every language: whole, translated, and plain to see."""

from pathlib import Path

import pytest
from contrast import blinking, faint
from staff_driver import Desk
from staff_tour import tour, untranslated

WIDE = [
    ("de", "contrast", (80, 24)),
    ("zh-Hant", "contrast", (120, 36)),
    ("ja", "light", (80, 24)),
    ("ko", "dark", (100, 32)),
    ("fr", "light", (80, 24)),
    ("es", "dark", (120, 36)),
]
LOOKS = [
    ("en", "light", (80, 24)),
    ("zh-Hans", "dark", (80, 24)),
    *(pytest.param(*look, marks=pytest.mark.wide) for look in WIDE),
]
"""Every language and every theme; all of one with all of the other are in test_crossing.py."""


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
async def test_every_screen_is_whole_and_translated_and_every_word_stands_out(
    tmp_path: Path, language: str, theme: str, size: tuple[int, int]
) -> None:
    desk = Desk(tmp_path, language, theme=theme)

    def look() -> list[str]:
        faults = [*desk.cut_off(), *untranslated(desk), *faint(desk.app)]
        return faults + ["blinks"] * blinking(desk.app)

    async with desk.open(size):
        assert await desk.wrong_at(tour(desk), look) == {}
