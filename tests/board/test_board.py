"""The board: what the room reads at three metres, from 40x12 cells up."""

from datetime import timedelta
from pathlib import Path

import pytest
from board_driver import A012, EARLIER, Board, Time, call, calling
from msgspec.structs import replace
from rich.cells import cell_len
from siblings import siblings

from kiosk.languages.language import language as language_of
from kiosk.queue.public import QueueState
from kiosk.typesetting.block import block_rows
from kiosk.typesetting.digits import can_be_drawn, cells_wide, letters, rows_high

INK = "▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
SIZES = [(40, 12), (80, 24), (120, 36)]


@pytest.mark.parametrize(("size", "scale"), [((40, 12), 2), ((80, 24), 4), ((120, 36), 6)])
async def test_the_ticket_and_its_room_are_as_large_as_the_screen_allows(
    board: Board, size: tuple[int, int], scale: int
) -> None:
    async with board.run_test(size=size):
        board.queue_state = calling(A012)
        await board.settle()
        assert board.size_of("A012") == scale
        assert board.size_of("2") == scale


@pytest.mark.parametrize("size", [*SIZES, (40, 30), (72, 12), (63, 21), (200, 60)])
async def test_nothing_is_cut_off_at_any_size(board: Board, size: tuple[int, int]) -> None:
    async with board.run_test(size=size):
        for state in (QueueState(known=True), calling(A012), calling(call("A1012", "12", 5))):
            board.queue_state = state
            await board.settle()
            board.screen.tick()
            await board.settle()
            lines = board.painted()
            assert len(lines) == size[1]
            assert all(cell_len(line) == size[0] for line in lines)
            assert board.says("Body & Soul")
            assert board.says("out of order")
            for widget in board.screen.query("#board Static"):
                if widget.display:
                    assert widget.region.right <= size[0]
                    assert widget.region.bottom <= size[1]


@siblings(1, "size", SIZES)
async def test_four_earlier_calls_with_their_rooms_stand_beneath(
    board: Board, size: tuple[int, int]
) -> None:
    async with board.run_test(size=size):
        board.queue_state = calling(A012)
        await board.settle()
        if size[1] == 12:
            assert board.says("A011 > 1  A009 > 3  A008 > 2  A007 > 1")
        else:
            for called in EARLIER:
                assert board.size_of(called.ticket) == 1
                assert board.says(f"Room 诊室 {called.room}") or board.says(
                    f"Room Room {called.room}"
                )
        assert board.says("5 people waiting")


def rows_of_name(board: Board, width: int) -> int:
    """Rows in which block letters reach further right than any ticket does."""
    return sum(any(char in INK for char in line[width * 3 // 4 :]) for line in wide(board))


def wide(board: Board) -> list[str]:
    """The lines with a blank after each character of two cells, so that places are columns."""
    return ["".join(c + " " * (cell_len(c) - 1) for c in line) for line in board.painted()]


@siblings(2, "size", [*SIZES, (200, 60)])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_a_rooms_name_is_as_large_as_a_number_would_be(
    board: Board, size: tuple[int, int], language: str
) -> None:
    board.language = board.first_language = language_of(language)
    async with board.run_test(size=size):
        board.queue_state = QueueState(called=(A012,), recent=(A012,), known=True)
        await board.settle()
        number = rows_high(board.size_of("2"))
        for name in ("Acupuncture", "针灸室", "ACUPUNCTURE"):
            named = call("A012", name, 5)
            board.queue_state = QueueState(called=(named,), recent=(named,), known=True)
            await board.settle()
            board.screen.tick()
            await board.settle()
            assert rows_of_name(board, size[0]) >= number, "\n".join(board.painted())
            assert not board.says("Room")
            assert not board.says("诊室")
            assert board.says("calling") or board.says("正在叫号")


@siblings(3, "size", [*SIZES, (40, 30), (72, 12), (63, 21), (200, 60)])
@pytest.mark.parametrize("room", ["Acupuncture", "针灸室", "Lab 2", "VIP室", "Physiotherapy room"])
async def test_no_name_of_a_room_is_cut_off_nor_hides_who_else_is_called(
    board: Board, size: tuple[int, int], room: str
) -> None:
    async with board.run_test(size=size):
        board.queue_state = calling(call("A1012", room, 5), call("A010", room, 4))
        await board.settle()
        board.screen.tick()
        await board.settle()
        assert all(cell_len(line) == size[0] for line in board.painted())
        assert board.says(f"A010 > {room}") or board.size_of("A010")
        for widget in board.screen.query("#board Static"):
            if widget.display:
                assert widget.region.right <= size[0]
                assert widget.region.bottom <= size[1]


@pytest.mark.parametrize("room", ["2", "Acupuncture", "针灸室"])
async def test_what_staff_have_for_everybody_stands_beside_a_rooms_name_too(
    board: Board, time: Time, room: str
) -> None:
    state = calling(call("A012", room, 5))
    async with board.run_test(size=(40, 12)):
        board.queue_state = replace(
            state,
            notice={"en": "The lift is out of order", "zh-Hans": "电梯停用"},
            notice_until=time.clock() + timedelta(hours=1),
        )
        await board.settle()
        assert board.says("The lift is out of order")
        assert rows_of_name(board, 40) >= 4 or board.says(room)


async def test_what_is_no_clinic_says_so_where_a_name_takes_the_mastheads_place(
    tmp_path: Path, time: Time
) -> None:
    board = Board(tmp_path, time, demo=True)
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(call("A012", "Acupuncture", 5))
        await board.settle()
        assert board.says("DEMO")
        assert not board.says("Body & Soul")


@pytest.mark.parametrize("room", ["ふじ", "Физио", "推拿按摩理疗诊室"])
async def test_a_name_that_cannot_be_drawn_or_is_too_long_stands_in_words(
    board: Board, room: str
) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(call("A012", room, 5))
        await board.settle()
        assert any(line.strip() == room for line in board.painted())
        assert board.size_of("A012") == 2


async def test_old_numbers_say_so_beside_a_rooms_name_too(board: Board, time: Time) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(call("A012", "Acupuncture", 5))
        await board.settle()
        board.queue_state = QueueState()
        await board.settle()
        time.passed = 4
        board.screen.tick()
        await board.settle()
        assert board.says("No news since 10:42")
        assert rows_of_name(board, 40) >= 4


async def test_an_empty_queue_shows_the_time_and_is_calm(board: Board, time: Time) -> None:
    async with board.run_test(size=(80, 24)):
        board.queue_state = QueueState(known=True)
        await board.settle()
        assert board.size_of("10:42") == 4
        time.passed = 60
        board.screen.tick()
        await board.settle()
        assert board.size_of("10:43") == 4
        assert board.rung == 0


async def test_whoever_has_come_in_is_no_longer_called(board: Board) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(A012)
        await board.settle()
        board.queue_state = QueueState(recent=(A012, *EARLIER), known=True)
        await board.settle()
        assert board.says("A012 > 2  A011 > 1")
        assert not board.says("Now calling")


async def test_the_languages_take_turns_where_there_is_room_for_one(
    board: Board, time: Time
) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = QueueState(known=True)
        await board.settle()
        assert board.says("Mon 23 Nov")
        for seconds, day in ((7, "Mon 23 Nov"), (8, "11月23日 周一"), (16, "Mon 23 Nov")):
            time.passed = seconds
            board.screen.tick()
            await board.settle()
            assert board.says(day)


async def test_no_key_and_no_touch_does_anything(board: Board) -> None:
    async with board.run_test(size=(80, 24)) as pilot:
        board.queue_state = calling(A012)
        await board.settle()
        before = board.painted()
        await pilot.press(
            *"q1*-/.", "enter", "escape", "tab", "space", "f1", "f10", "f12",
            "ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z", "ctrl+d",
        )  # fmt: skip
        await pilot.click(offset=(20, 10))
        await board.settle()
        assert board.current_mode == "board"
        assert board.painted() == before
        assert board.return_code is None


async def test_a_window_that_is_too_small_says_so_and_recovers(board: Board) -> None:
    async with board.run_test(size=(30, 8)) as pilot:
        board.queue_state = calling(A012)
        await board.settle()
        assert board.screen.query_one("#too-small").display
        assert not board.screen.query_one("#board").display
        await pilot.resize_terminal(80, 24)
        while board.screen.size != (80, 24):
            await pilot.pause()
        await board.settle()
        assert board.size_of("A012") == 4


def test_size_two_is_the_font_of_the_other_screens() -> None:
    assert letters("A012", 2) == block_rows("A012")
    assert not can_be_drawn("白")


def test_larger_letters_keep_their_measure_and_are_round_where_strokes_turn() -> None:
    for size in range(1, 10):
        rows = letters("A0", size)
        assert len(rows) == rows_high(size)
        assert {len(row) for row in rows} == {cells_wide("A0", size)}
    top = letters("07", 6)[0]
    assert top[:2].strip("▗▄ ") == "", "the bend of the nought"
    assert top[9] == "█"
    assert top[18 + 3] == "█", "the end of the seven's stroke"


@pytest.mark.parametrize("size", [*SIZES, (200, 60)])
async def test_what_staff_say_to_everybody_stands_on_the_last_line_until_its_time(
    board: Board, time: Time, size: tuple[int, int]
) -> None:
    words = {"en": "The lift is out of order, please take the stairs.", "zh-Hans": "电梯暂停使用。"}
    until = time.clock() + timedelta(minutes=30)
    async with board.run_test(size=size):
        state = calling(A012)
        board.queue_state = replace(state, notice=words, notice_until=until)
        await board.settle()
        assert board.says("stairs.")
        assert board.says("电梯暂停使用。") is (size[0] > 40)
        assert not board.says("out of order Numbers")
        time.passed += 31 * 60
        board.screen.tick()
        await board.settle()
        assert not board.says("stairs")
        assert board.says("Numbers may be")


async def test_on_the_smallest_board_a_long_line_leaves_the_rooms_name_as_large_as_it_is(
    board: Board, time: Time
) -> None:
    words = {"en": "The lift is out of order, please take the stairs."}
    until = time.clock() + timedelta(minutes=30)
    async with board.run_test(size=(40, 12)):
        state = calling(call("A112", "推拿室", 5))
        board.queue_state = replace(state, notice=words, notice_until=until)
        await board.settle()
        for passed, part, other in ((0, "please take", "the stairs."), (4, "the stairs.", "take")):
            time.passed = passed
            board.screen.tick()
            await board.settle()
            assert board.says(part)
            assert not board.says(other)
            assert not board.says("推拿室"), "it is drawn, and not written"
