"""NO_COLOR: staff screens and board in greys, where marks, words and places say what colours do."""

from pathlib import Path

import pytest
from board_driver import A012, Board, Time, calling
from contrast import coloured, faint
from staff_driver import Desk
from staff_tour import tour


@pytest.fixture(autouse=True)
def _no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.wide
async def test_staff_screens_say_in_marks_what_colours_say(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    seen = set()

    def look() -> list[str]:
        seen.update(line[:3] for line in desk.lines)
        return [*faint(desk.app), *map(str, coloured(desk.app))]

    async with desk.open():
        assert desk.app.animation_level == "none"
        assert await desk.wrong_at(tour(desk), look) == {}
    assert {" !!", "! A", "* A", "> A"} <= seen, "alarm, urgent, late, selected"


async def test_the_board_says_in_words_what_colours_say(tmp_path: Path) -> None:
    board = Board(tmp_path, Time())
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(A012)
        await board.settle()
        assert board.says("Now calling")
        assert [*faint(board), *coloured(board)] == []
