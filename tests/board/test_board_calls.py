"""The board's calls: heard once each in the right language, from a store it alone follows."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from board_driver import A012, EARLIER, NOW, Board, Time, call, calling

from db import Arrival, open_store
from kiosk.queue.public import Called, QueueState, public_state
from kiosk.settings import CHECKOUT


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
            "en Ticket number A, 0 1 2, room 2.",
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
        assert log.read_text().splitlines() == ["en Ticket number A, 0 1 2, room 2."]


async def test_old_numbers_stay_and_say_since_when_they_are_old(board: Board, time: Time) -> None:
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(A012)
        await board.settle()
        time.passed = 600
        board.queue_state = QueueState()
        await board.settle()
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


async def test_the_board_follows_the_store_and_knows_no_name(
    tmp_path: Path, time: Time, programs: Path
) -> None:
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
    assert "王" not in repr(public_state(store.moment()))


ALONE = """
import asyncio, sys
from kiosk.app.app import KioskApp
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, Settings
from kiosk.app.start import open_clinic_store
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
    state = public_state(store.moment())
    assert [called.ticket for called in state.recent] == [third.ticket, first.ticket]
    assert [called.ticket for called in state.called] == [third.ticket]
    assert state.called[0].at == third.called_at


async def test_a_call_that_is_over_before_its_turn_is_not_said(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with board.run_test(size=(80, 24)):
        kept: list[list[str]] = []
        monkeypatch.setattr(
            board.screen._announcer, "keep", lambda tickets: kept.append(sorted(tickets))
        )
        board.queue_state = calling(A012, call("A013", "1"))
        await board.settle()
        board.queue_state = calling(A012)  # A013 has come in
        await board.settle()
        assert kept == [["A012", "A013"], ["A012"]]
