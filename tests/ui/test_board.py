"""The board: what the room reads at three metres, from 40x12 cells up."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from db import Arrival, open_store
from kiosk.app import KioskApp
from kiosk.board.digits import can_be_drawn, letters
from kiosk.content_files import load_clinic
from kiosk.settings import CHECKOUT, Settings
from kiosk.widgets.block import block_rows
from kiosk.widgets.queue_state import Called, QueueState, read_queue_state
from kiosk.widgets.screen import styles

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)  # 10:42 in Shanghai, a Monday
SETTLED_AFTER = 50
"""Rounds of messages and layouts in which a board must come to rest."""
SIZES = [(40, 12), (80, 24), (120, 36)]


class Time:
    """A clock and a stopwatch that stand still until they are moved."""

    def __init__(self) -> None:
        self.passed = 0.0

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return 1000 + self.passed


class Board(KioskApp):
    """The app in board mode, with its bell counted."""

    CSS_PATH = styles("base")  # the class stands in another folder than KioskApp

    def __init__(
        self, tmp_path: Path, time: Time, quiet_hours: str | None = None, **options: object
    ) -> None:
        settings = Settings(
            language="en",
            data_dir=tmp_path / "data",
            keys_dir=tmp_path / "keys",
            quiet_hours=quiet_hours,
        )
        super().__init__(
            settings,
            load_clinic(CHECKOUT / "content"),
            mode="board",
            clock=time.clock,
            monotonic=time.monotonic,
            **options,  # type: ignore[arg-type] # open_store, in one test
        )
        self.rung = 0

    def bell(self) -> None:
        self.rung += 1

    async def settle(self) -> None:
        """Let every message be worked off and every layout that follows from it be painted."""
        pilot = Pilot(self)
        while self._batch_count:  # Textual holds paints back for a while after a change of modes
            await pilot.pause()
        for _ in range(SETTLED_AFTER):
            await pilot._wait_for_screen()
            screen = self.screen
            at_work = screen._layout_required or screen._repaint_required or screen._dirty_widgets
            pumps = (self, *screen.walk_children(with_self=True))
            if not at_work and not any(pump._message_queue.qsize() for pump in pumps):
                return
            screen._on_timer_update()  # what the next frame's timer would do
        raise AssertionError("the board never comes to rest")

    def painted(self) -> list[str]:
        """The screen's lines, as they are on the glass."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def says(self, text: str) -> bool:
        return any(text in line for line in self.painted())

    def size_of(self, text: str) -> int:
        """The size at which `text` stands on the screen in block letters; 0 if it does not."""
        lines = self.painted()
        for size in range(9, 0, -1):
            for lowered in (False, True):
                rows = [row.rstrip() for row in letters(text, size, lowered=lowered)]
                for top in range(len(lines) - len(rows) + 1):
                    if all(row in lines[top + i] for i, row in enumerate(rows)):
                        return size
        return 0

    def has_new_call(self) -> bool:
        return self.screen.query_one("#call").has_class("-new")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH: nothing here can speak or play until a test puts it there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def board(tmp_path: Path, time: Time) -> Board:
    return Board(tmp_path, time)


def call(ticket: str, room: str, minute: int = 0) -> Called:
    return Called(ticket, room, NOW + timedelta(minutes=minute))


EARLIER = (call("A011", "1", 4), call("A009", "3", 3), call("A008", "2", 2), call("A007", "1", 1))


def calling(*calls: Called, waiting: int = 5) -> QueueState:
    """A queue in which these are being called, the latest first, after the EARLIER ones."""
    return QueueState(waiting=waiting, called=calls, recent=(*calls, *EARLIER), known=True)


A012 = call("A012", "2", 5)


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


@pytest.mark.parametrize("size", SIZES)
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


async def test_a_room_with_a_name_is_written_beneath_the_ticket(board: Board) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(call("A012", "白", 5))
        await board.settle()
        assert any(line.strip() == "Room 白" for line in board.painted())
        assert board.size_of("A012") == 2


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


async def test_a_new_call_rings_once_where_nothing_can_speak_and_stands_out_for_ten_seconds(
    board: Board, time: Time
) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = QueueState(recent=EARLIER, known=True)
        await board.settle()
        board.queue_state = calling(A012)
        await board.settle()
        assert board.has_new_call()
        time.passed = 9
        board.screen.tick()
        assert board.has_new_call()
        time.passed = 10
        board.screen.tick()
        assert not board.has_new_call()
        assert board.rung == 1


async def test_a_recall_stands_out_again_and_an_arrival_does_not(board: Board) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling(A012)
        await board.settle()
        assert board.rung == 0, "what was called before the board was switched on is not news"
        board.queue_state = calling(A012, waiting=6)
        await board.settle()
        assert (board.rung, board.has_new_call()) == (0, False)
        board.queue_state = calling(call("A012", "2", 7))
        await board.settle()
        assert (board.rung, board.has_new_call()) == (1, True)


async def test_two_calls_at_once_ring_once_and_both_are_marked(board: Board) -> None:
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling()
        await board.settle()
        board.queue_state = calling(A012, call("A013", "1", 5))
        await board.settle()
        assert board.rung == 1
        assert board.size_of("A012") == 2
        assert board.says("A013 > 1")


def add_voice(folder: Path, *, ends_with: int = 0) -> Path:
    """Put an espeak-ng into a folder that only notes what it should say; where it notes it."""
    log, program = folder / "said", folder / "espeak-ng"
    version = '[ "$1" = --version ] && echo 1.52 && exit'
    program.write_text(
        f'#!/bin/sh\n{version}\nread said; echo "$2 $said" >>{log}; exit {ends_with}'
    )
    program.chmod(0o755)
    return log


async def heard(board: Board) -> None:
    """Wait until everything is said, and the board has heard of it."""
    announcer = board.screen._announcer
    assert await asyncio.to_thread(announcer.wait, 20)
    await board.settle()


async def test_calls_are_spoken_in_each_patients_language_the_earlier_one_first(
    board: Board, programs: Path
) -> None:
    log = add_voice(programs)
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling()
        await board.settle()
        board.queue_state = calling(
            Called("A013", "1", NOW, "zh-Hans"), Called("A012", "2", NOW, "en")
        )
        await board.settle()
        await heard(board)
        assert log.read_text().splitlines() == [
            "en Ticket A, 0 1 2, room 2.",
            "cmn A 零 一 三 号，请到 1 号诊室。",
        ]
        assert board.rung == 0


async def test_the_bell_rings_when_the_voice_fails(board: Board, programs: Path) -> None:
    add_voice(programs, ends_with=1)
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling()
        await board.settle()
        board.queue_state = calling(A012)
        await board.settle()
        await heard(board)
        assert board.rung == 1
        assert board.size_of("A012") == 2


async def test_in_quiet_hours_a_call_is_seen_and_not_heard(
    tmp_path: Path, time: Time, programs: Path
) -> None:
    log = add_voice(programs)
    board = Board(tmp_path, time, quiet_hours="10:00-11:00")  # it is 10:42 in Shanghai
    async with board.run_test(size=(40, 12)):
        board.queue_state = calling()
        await board.settle()
        board.queue_state = calling(A012)
        await board.settle()
        await heard(board)
        assert board.has_new_call()
        assert (board.rung, log.exists()) == (0, False)
        time.passed = 18 * 60
        board.queue_state = calling(call("A012", "2", 18))
        await board.settle()
        await heard(board)
        assert log.read_text().splitlines() == ["en Ticket A, 0 1 2, room 2."]


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


async def test_old_numbers_stay_and_say_since_when_they_are_old(board: Board, time: Time) -> None:
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(A012)
        await board.settle()
        time.passed = 600
        board.queue_state = QueueState()
        time.passed = 660
        board.screen.tick()
        await board.settle()
        assert board.says("No news since 10:52")
        assert board.size_of("A012") == 4
        board.queue_state = calling(A012)
        await board.settle()
        assert not board.says("No news since")


async def test_an_hour_in_which_nothing_happens_is_no_failure(board: Board, time: Time) -> None:
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(A012)
        time.passed = 3600
        board.screen.tick()
        await board.settle()
        assert not board.says("No news since")


async def test_a_board_that_never_read_anything_says_so(board: Board, time: Time) -> None:
    async with board.run_test(size=(40, 12)):
        assert not board.says("No news since")
        time.passed = 5
        board.screen.tick()
        await board.settle()
        assert board.says("No news since 10:42. Ask at the desk.")


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


async def test_the_board_follows_the_store_and_knows_no_name(tmp_path: Path, time: Time) -> None:
    store = open_store(
        tmp_path / "data",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=time.clock,
    )
    check_in = store.check_in(Arrival(name="王小明", phone="13800001234", service="cupping"))
    store.call(check_in.id, room="2", by="lin")
    board = Board(tmp_path, time, open_store=lambda: store)
    async with board.run_test(size=(80, 24)) as pilot:
        for _attempt in range(100):
            await pilot.pause()
            if board.queue_state.known:
                break
        await board.settle()
        assert board.size_of("A001") == 4
        assert not board.says("王")
    assert "王" not in repr(read_queue_state(store))


ALONE = """
import asyncio, sys
from kiosk.app import KioskApp
from kiosk.content_files import load_clinic
from kiosk.settings import CHECKOUT, Settings
from kiosk.start import open_clinic_store
keys = sys.argv[2]
def hook(event, arguments):
    if event == "open" and str(arguments[0]).startswith(keys):
        print("opened", arguments[0])
sys.addaudithook(hook)
settings = Settings(data_dir=sys.argv[1], keys_dir=keys)
clinic = load_clinic(CHECKOUT / "content")
async def run():
    app = KioskApp(
        settings, clinic, mode="board", open_store=lambda: open_clinic_store(settings, clinic)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.queue_state.called:
            await pilot.pause()
        print(app.queue_state.called[0].ticket)
asyncio.run(run())
print(*sorted(sys.modules), sep="\\n")
"""


def test_the_board_loads_neither_lobby_nor_staff_nor_keys(tmp_path: Path) -> None:
    store = open_store(
        tmp_path / "data", "downtown", keys_dir=tmp_path / "keys", time_zone="Asia/Shanghai"
    )
    check_in = store.check_in(Arrival(name="王小明", phone="13800001234"))
    store.call(check_in.id, room="2", by="lin")
    assert any((tmp_path / "keys").rglob("*")), "there is a key that could be read"
    done = subprocess.run(
        [sys.executable, "-c", ALONE, tmp_path / "data", tmp_path / "keys"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    ticket, *modules = done.stdout.splitlines()
    assert ticket == "A001", "no key was opened before"
    assert "kiosk.board.screen" in modules
    loaded = [
        name
        for name in modules
        if name.startswith(("kiosk.lobby", "kiosk.staff", "cryptography", "phonenumbers", "qrcode"))
    ]
    assert loaded == []


def test_what_was_called_stays_among_the_last_calls_unless_it_was_an_error(
    tmp_path: Path, time: Time
) -> None:
    store = open_store(tmp_path / "data", "downtown", clock=time.clock)
    for room in "123":
        store.check_in(Arrival())
        time.passed += 60
        store.call_next(room, by="lin")
    first, second, third = store.today()
    store.begin(first.id, by="lin")
    store.void(second.id, by="lin", reason="tried out")
    state = read_queue_state(store)
    assert [called.ticket for called in state.recent] == [third.ticket, first.ticket]
    assert [called.ticket for called in state.called] == [third.ticket]
    assert state.called[0].at == third.called_at


def test_size_two_is_the_font_of_the_other_screens() -> None:
    assert letters("A012", 2) == block_rows("A012")
    assert not can_be_drawn("白")
