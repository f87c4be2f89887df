"""Pages of the board: everybody who is still called is on one of them, for a steady time."""

import re

import pytest
from board_driver import A012, Board, Time, call, calling
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from siblings import siblings

from kiosk.board.turning import PAGE, Page, page_of
from kiosk.queue.public import Called
from kiosk.typesetting.digits import letters

SIZES = [(40, 12), (80, 24), (120, 36), (200, 60)]


@given(
    st.lists(st.integers(1, 60), max_size=14),
    st.integers(0, 14),
    st.integers(38, 120),
    st.integers(1, 6),
)
def test_everybody_still_called_has_one_page_and_as_long_as_anybody(
    cells: list[int], still: int, width: int, most: int
) -> None:
    still = min(still, len(cells))
    of = page_of(cells, still, width, most=most, seconds=0).of
    shown: list[int] = []
    for turn in range(of):
        begins, ends = (
            page_of(cells, still, width, most=most, seconds=turn * PAGE + into)
            for into in (0, PAGE - 0.01)
        )
        assert begins == ends, "a page stands for its whole time"
        assert (begins.number, begins.of) == (turn + 1, of)
        shown += begins.calls
    assert [place for place in shown if place < still] == list(range(still))
    again = page_of(cells, still, width, most=most, seconds=of * PAGE)
    assert again.number == 1


def test_calls_that_are_over_make_no_pages_and_fill_the_only_one() -> None:
    assert page_of([10] * 4, 2, 20, most=4, seconds=PAGE) == Page((0, 1))
    assert page_of([10] * 6, 2, 80, most=4, seconds=PAGE) == Page((0, 1, 2, 3))
    assert page_of([10] * 9, 5, 80, most=4, seconds=PAGE) == Page((4,), 2, 2)


def test_a_page_says_which_of_how_many_it_is_unless_it_is_the_only_one() -> None:
    assert Page((0,), 1, 2).told == "1/2"
    assert Page((0,)).told == ""


def on_the_glass(called: Called, lines: list[str]) -> bool:
    """Whether a ticket stands there, in block letters or as text."""
    if any(f"{called.ticket} > {called.room}" in line for line in lines):
        return True
    for size, lowered in ((1, False), (2, False), (2, True), (3, False), (4, False), (4, True)):
        first, *rest = (row.rstrip() for row in letters(called.ticket, size, lowered=lowered))
        for top, line in enumerate(lines[: len(lines) - len(rest)]):
            if first in line and all(row in lines[top + n] for n, row in enumerate(rest, 1)):
                return True
    return False


@siblings(3, "size", SIZES)
@pytest.mark.parametrize(
    ("rooms", "number"),
    [
        (("1", "2", "3"), 3),
        (("1", "2", "3"), 12),
        (("Acupuncture", "针灸室", "Physiotherapy room"), 7),
    ],
)
async def test_everybody_still_called_is_shown_within_one_round_of_pages(
    board: Board, time: Time, size: tuple[int, int], rooms: tuple[str, ...], number: int
) -> None:
    calls = [call(f"A{n:03}", rooms[n % 3], n) for n in range(number, 0, -1)]
    async with board.run_test(size=size):
        board.queue_state = calling(*calls)
        await board.settle()
        of, turn, seen = 1, 0, {calls[0].ticket}
        while turn < of:
            time.passed = turn * PAGE
            board.screen.tick()
            await board.settle()
            lines = board.painted()
            if found := re.search(r" (\d+)/(\d+) ", "\n".join(lines)):
                of = int(found[2])
                assert int(found[1]) == turn + 1
            seen |= {one.ticket for one in calls if on_the_glass(one, lines)}
            assert all(cell_len(line) == size[0] for line in lines)
            turn += 1
        assert seen == {called.ticket for called in calls}
        assert (of > 1) == (number > 5)


async def test_a_page_is_not_cut_short_by_a_new_call(board: Board, time: Time) -> None:
    calls = [call(f"A{n:03}", "1", n) for n in range(6, 0, -1)]
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(*calls)
        await board.settle()
        assert board.says(" 1/2 ")
        time.passed = PAGE
        board.queue_state = calling(call("A007", "2", 7), *calls)
        await board.settle()
        assert board.says(" 2/2 ")
        time.passed = 2 * PAGE - 0.1
        board.screen.tick()
        await board.settle()
        assert board.says(" 2/2 ")


async def test_who_has_come_in_makes_room_at_once(board: Board) -> None:
    calls = [call(f"A{n:03}", "1", n) for n in range(6, 0, -1)]
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(*calls)
        await board.settle()
        assert board.says(" 1/2 ")
        board.queue_state = calling(*calls[:5])
        await board.settle()
        assert not board.says(" 1/2 ")
        lines = board.painted()
        assert all(on_the_glass(called, lines) for called in calls[:5])


@pytest.mark.parametrize("size", SIZES)
async def test_a_room_of_two_words_beneath_an_earlier_ticket_is_whole(
    board: Board, size: tuple[int, int]
) -> None:
    async with board.run_test(size=size):
        board.queue_state = calling(A012, call("A010", "Physiotherapy room", 4))
        await board.settle()
        assert board.says("Physiotherapy room")
        assert not board.says("Room Physio")
        assert not board.says("诊室 Physio")
