"""A program of the version before ends itself, but never under anybody's hands."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from board_driver import A012, Board, Time, calling
from lobby_driver import Lobby
from lobby_tour import SCREENS
from staff_driver import Desk

from kiosk.app import renewal
from kiosk.app.app import KioskApp
from kiosk.app.renewal import Renewal, link_of
from kiosk.settings import CHECKOUT


class Installer:
    """Moves the link to another version, and back."""

    def __init__(self, folder: Path) -> None:
        self.link = folder / "clinic-kiosk"
        self.other = folder / "0.2.0"
        self.other.mkdir()
        (self.other / "run_kiosk.py").touch()
        self.link.symlink_to(CHECKOUT)

    def install(self, target: Path | None = None) -> None:
        new = self.link.with_suffix(".new")
        new.symlink_to(target or self.other)
        new.rename(self.link)


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    installer = Installer(tmp_path)
    monkeypatch.setattr("sys.argv", [str(installer.link / "run_kiosk.py")])
    return installer


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path / "lobby")


def looks(app: KioskApp, installer: Installer) -> bool:
    """Whether the app ends when it looks at the link now."""
    renewal = Renewal(app, installer.link, lambda: app.at_rest)
    renewal.look()
    return renewal.came


# Where the link leads


def test_a_program_that_was_started_by_its_own_name_has_no_link(tmp_path: Path) -> None:
    assert link_of(str(tmp_path.resolve() / "run_kiosk.py")) is None


def test_a_program_that_was_started_by_way_of_a_link_knows_it(installer: Installer) -> None:
    assert link_of(str(installer.link / "run_kiosk.py")) == installer.link


def test_an_installed_command_is_renewed_by_what_installed_it(installer: Installer) -> None:
    assert link_of(str(installer.link / "clinic-kiosk")) is None


def test_the_launcher_keeps_the_link_and_all_else_of_the_version_it_began_with(
    tmp_path: Path,
) -> None:
    version, link = tmp_path.resolve() / "0.1.0", tmp_path.resolve() / "clinic-kiosk"
    for folder in ("deploy", ".venv/bin"):
        (version / folder).mkdir(parents=True)
    (version / "deploy" / "kiosk").write_text((CHECKOUT / "deploy" / "kiosk").read_text())
    (version / ".venv/bin/python").symlink_to(sys.executable)
    (version / "run_kiosk.py").write_text(
        "import os, sys; print(sys.argv, sys.path[0], os.getcwd(), sys.executable, sep='\\n')"
    )
    link.symlink_to(version)
    done = subprocess.run(
        ["sh", link / "deploy" / "kiosk", "lobby"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        str([f"{link}/run_kiosk.py", "lobby"]),
        str(version),
        str(version),
        f"{version}/.venv/bin/python",
    ]


async def test_while_the_link_leads_here_or_nowhere_the_program_stays(
    lobby: Lobby, installer: Installer
) -> None:
    async with lobby.open():
        lobby.passed += 3600
        assert not looks(lobby.app, installer)
        installer.link.unlink()
        assert not looks(lobby.app, installer)
        installer.link.symlink_to(installer.other.with_name("half-removed"))
        assert not looks(lobby.app, installer)


# When nobody would notice


async def test_a_lobby_ends_at_home_once_nobody_has_touched_it_for_a_minute(
    lobby: Lobby, installer: Installer
) -> None:
    async with lobby.open():
        installer.install()
        await lobby.press("1", "*")
        await lobby.wait(59)
        assert not looks(lobby.app, installer)
        await lobby.wait(2)
        assert looks(lobby.app, installer)
        assert lobby.app.return_code == 0


@pytest.mark.parametrize(
    "name",
    [
        *("urgent", "ticket"),
        *(pytest.param(name, marks=pytest.mark.wide) for name in ("reader", "help", "my-ticket")),
    ],
)
async def test_a_lobby_stays_while_a_screen_is_open_however_long(
    lobby: Lobby, installer: Installer, name: str
) -> None:
    async with lobby.open():
        installer.install()
        await lobby.press(*SCREENS[name])
        lobby.passed += 3600
        assert not looks(lobby.app, installer)


async def test_a_lobby_stays_while_home_speaks_somebodys_language(
    lobby: Lobby, installer: Installer
) -> None:
    async with lobby.open():
        installer.install()
        await lobby.press("9")
        lobby.passed += 3600
        assert not looks(lobby.app, installer)
        await lobby.wait(0)
        lobby.passed += 3600
        assert looks(lobby.app, installer)


async def test_a_lobby_stays_while_something_is_being_put_on_disk(
    lobby: Lobby, installer: Installer
) -> None:
    async with lobby.open():
        installer.install()
        lobby.passed += 3600
        lobby.app.commits.under_way += 1
        assert not looks(lobby.app, installer)
        lobby.app.commits.under_way -= 1
        assert looks(lobby.app, installer)


async def test_a_board_ends_when_it_has_nothing_new_to_say(
    board: Board, time: Time, installer: Installer
) -> None:
    async with board.run_test(size=(80, 24)):
        installer.install()
        board.queue_state = calling()
        await board.settle()
        time.passed = 60
        board.queue_state = calling(A012)
        await board.settle()
        assert not looks(board, installer)
        time.passed = 75
        assert looks(board, installer)


async def test_a_locked_staff_terminal_ends_and_one_where_somebody_works_never(
    desk: Desk, installer: Installer
) -> None:
    async with desk.open():
        installer.install()
        await desk.sign_in()
        desk.passed += 300
        assert not looks(desk.app, installer)
        await desk.press("l")
        assert not looks(desk.app, installer), "whoever locked it may be about to come back"
        await desk.press("1")
        desk.passed += 300
        assert not looks(desk.app, installer), "somebody is asked for a PIN"
        await desk.press("escape")
        desk.passed += 61
        assert looks(desk.app, installer)


async def test_a_kiosk_lent_to_staff_stays(tmp_path: Path, installer: Installer) -> None:
    lobby = Lobby(tmp_path / "lobby", staff_on_kiosk=True)
    async with lobby.open():
        installer.install()
        await lobby.press("f12")
        lobby.passed += 3600
        assert not looks(lobby.app, installer)


async def test_it_is_looked_now_and_then(
    lobby: Lobby, installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewal, "EVERY", 0.01)
    async with lobby.open():
        installer.install()
        lobby.passed += 3600
        Renewal(lobby.app, installer.link, lambda: lobby.app.at_rest).start()
        async with asyncio.timeout(10):
            while lobby.app.return_code is None:
                await asyncio.sleep(0.005)
