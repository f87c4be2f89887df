"""A short walk through the real program; `make walk` goes all the ways and keeps every screen."""

from pathlib import Path

import pytest
from walk import take

SHORT = {"en": ["appointment", "leaving", "closed"], "zh-Hans": ["laboratory", "from-the-reader"]}


@pytest.mark.wide
@pytest.mark.parametrize("tag", SHORT)
def test_every_screen_of_a_short_walk_comes_and_is_kept(tmp_path: Path, tag: str) -> None:
    take(tmp_path, tag, SHORT[tag], tmp_path / "screens")
    for scene in SHORT[tag]:
        screens = sorted((tmp_path / "screens" / tag / scene).iterdir())
        assert len(screens) > 2
        assert all("/" in screen.read_text(encoding="utf-8") for screen in screens)
