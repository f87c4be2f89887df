"""Whoever looks after the program hears of it: once that it is ready, and then that it lives."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lobby_driver import Lobby
from terminal import PATIENCE, Terminals

from kiosk.app.supervisor import Supervisor, supervisor
from kiosk.settings import CHECKOUT

WATCHDOG = {"WATCHDOG_USEC": "60000", "WATCHDOG_PID": "1"}
"""A sign of life every 20 ms; the process that is named is another one, as in the real unit."""


class Listener:
    """The other end of the socket, as systemd holds it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1))

    def hears(self, seconds: float = PATIENCE) -> list[str]:
        """The lines of the next datagram; none where none comes in so many seconds."""
        self._socket.settimeout(seconds)
        try:
            return self._socket.recv(4096).decode().splitlines()
        except (TimeoutError, BlockingIOError):
            return []

    def has_heard(self) -> list[list[str]]:
        """All that has come until now."""
        return list(iter(lambda: self.hears(0), []))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Listener]:
    name = f"@clinic-kiosk-test-{os.getpid()}" if request.param == "abstract" else "notify"
    listener = Listener(name if name[0] == "@" else str(tmp_path / name))
    yield listener
    listener.close()


# Who is told


def test_a_word_arrives_at_a_path_and_at_an_abstract_name(listener: Listener) -> None:
    Supervisor(listener.address).tell("READY=1", "STATUS=It is so.")
    assert listener.hears() == ["READY=1", "STATUS=It is so."]


def test_what_is_started_later_does_not_inherit_the_socket() -> None:
    environ = {"NOTIFY_SOCKET": "@x", **WATCHDOG, "LANG": "C.UTF-8"}
    found = supervisor(environ)
    assert found is not None
    assert found.watchdog == pytest.approx(0.06)
    assert environ == {"LANG": "C.UTF-8"}


@pytest.mark.parametrize("address", ["", "vsock:2:1234", "run/notify"])
def test_an_address_that_is_no_socket_of_this_machine_is_nobody(address: str) -> None:
    assert supervisor({"NOTIFY_SOCKET": address}) is None


@pytest.mark.parametrize("watchdog", ["", "0", "soon", "-1"])
def test_without_a_time_nobody_waits_for_signs_of_life(watchdog: str) -> None:
    found = supervisor({"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": watchdog})
    assert found is not None
    assert not found.watchdog


def test_a_socket_that_has_gone_or_is_full_is_no_fault_and_no_wait(tmp_path: Path) -> None:
    Supervisor(str(tmp_path / "nobody")).tell("READY=1")
    full = Listener(str(tmp_path / "full"))
    for _ in range(2000):  # many times what the kernel keeps for it
        Supervisor(full.address).tell("WATCHDOG=1")
    assert len(full.has_heard()) < 2000
    full.close()


# What is told: in a lobby that is driven as patients drive it


@pytest.fixture
def at_a_path(tmp_path: Path) -> Iterator[Listener]:
    listener = Listener(str(tmp_path / "notify"))
    yield listener
    listener.close()


@pytest.fixture
def kiosk(tmp_path: Path, at_a_path: Listener) -> Lobby:
    """A lobby that is looked after; a sign of life is due every 10 ms."""
    lobby = Lobby(tmp_path)
    found = Supervisor(at_a_path.address, watchdog=0.03)
    lobby.app.when_seen.append(lambda: found.follow(lobby.app, lobby.text))
    return lobby


async def test_ready_is_said_once_and_with_home_on_the_screen(
    kiosk: Lobby, at_a_path: Listener
) -> None:
    assert at_a_path.has_heard() == []
    async with kiosk.open():
        first, *others = at_a_path.has_heard()
        assert first[0] == "READY=1"
        assert "Read while you wait" in "".join(first)
        await kiosk.press("1", "*")
        others += at_a_path.has_heard()
        assert "READY=1" not in [line for lines in others for line in lines]


async def test_what_stands_over_home_is_not_what_was_to_be_seen(
    kiosk: Lobby, at_a_path: Listener
) -> None:
    (follow,) = kiosk.app.app.when_seen
    kiosk.app.app.when_seen = []
    async with kiosk.open():
        await kiosk.press("1")
        kiosk.app.app.when_seen = [follow]
        await kiosk.press("1")
        assert at_a_path.has_heard() == []
        await kiosk.press("*")
        assert at_a_path.has_heard()[0][0] == "READY=1"


async def test_a_loop_that_is_stuck_says_nothing(kiosk: Lobby, at_a_path: Listener) -> None:
    async with kiosk.open():
        assert ["WATCHDOG=1"] in [await asyncio.to_thread(at_a_path.hears) for _ in range(2)]
        at_a_path.has_heard()
        assert at_a_path.hears(0.1) == []  # this very wait is what it is stuck in
        assert await asyncio.to_thread(at_a_path.hears) == ["WATCHDOG=1"]


async def test_a_screen_that_answers_no_key_any_more_says_nothing(
    kiosk: Lobby, at_a_path: Listener
) -> None:
    async with kiosk.open():
        stuck, freed = asyncio.Event(), asyncio.Event()

        async def get_stuck() -> None:
            stuck.set()
            await freed.wait()

        kiosk.app.app.screen.call_next(get_stuck)
        await stuck.wait()
        at_a_path.has_heard()
        assert await asyncio.to_thread(at_a_path.hears, 0.1) == []
        freed.set()
        assert await asyncio.to_thread(at_a_path.hears) == ["WATCHDOG=1"]


# The real program


@pytest.mark.parametrize("screen", ["lobby", "board"])
def test_the_program_says_that_it_is_ready_that_it_lives_and_that_it_ends(
    terminals: Terminals, at_a_path: Listener, screen: str
) -> None:
    program = terminals.open(screen, NOTIFY_SOCKET=at_a_path.address, **WATCHDOG)
    told: list[list[str]] = []

    def heard() -> bool:
        told.extend(at_a_path.has_heard())
        return bool(told)

    program.wait_until(heard, "a first word")
    assert told[0] == ["READY=1", f"STATUS=The {screen} is on the screen."]
    assert at_a_path.hears() == ["WATCHDOG=1"]
    program.signal(signal.SIGSTOP)
    os.waitid(os.P_PID, program.pid, os.WSTOPPED)
    at_a_path.has_heard()
    assert at_a_path.hears(0.1) == []
    program.signal(signal.SIGCONT)
    assert at_a_path.hears() == ["WATCHDOG=1"]
    program.terminate()
    program.wait_until_ended()
    assert at_a_path.has_heard()[-1] == ["STOPPING=1", "STATUS=It ends."]


def test_nobody_is_told_before_there_is_anything_to_be_seen(
    terminals: Terminals, at_a_path: Listener
) -> None:
    program = terminals.open(
        "lobby",
        "--data",
        "/dev/null/x",
        "--location",
        "nowhere",
        NOTIFY_SOCKET=at_a_path.address,
        **WATCHDOG,
    )
    program.wait_until_ended()
    assert at_a_path.has_heard() == []


def test_a_program_that_nobody_looks_after_loads_nothing_for_it(terminals: Terminals) -> None:
    code = (
        "import sys; from kiosk.app.start import run_app, supervised;"
        "next(supervised.__wrapped__(None)); print('kiosk.app.supervisor' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=terminals.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
