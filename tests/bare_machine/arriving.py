"""Scenes: people check in, by whatever they have, and what is on paper stays."""

import time

from lobby import DONE, Lobby, require, touch_screen


def home(lobby: Lobby) -> str:
    """Home, from power-on, with the network unplugged."""
    seen = lobby.start()
    lobby.keep("home")
    return seen


def units(lobby: Lobby) -> str:
    """The unit verified by systemd and foot.ini by foot, without a word."""
    for command in (
        "systemd-analyze verify clinic-kiosk@lobby.service clinic-kiosk@board.service 2>&1",
        "foot --check-config --config=/opt/clinic-kiosk/deploy/foot.ini 2>&1",
    ):
        said = lobby.machine.ssh(command)
        require(said.returncode == 0 and not said.stdout.strip(), f"{command}: {said.stdout}")
    score = "systemd-analyze security --no-pager clinic-kiosk@lobby.service | tail -n 1"
    exposure = float(lobby.machine.said(score).split()[-3])
    require(exposure <= 1.5, f"exposure is {exposure}")
    return f"exposure {exposure}"


def letters(lobby: Lobby) -> str:
    """At least 80 columns and 24 rows."""
    size = lobby.machine.said("stty -F /dev/pts/0 size")
    rows, columns = map(int, size.split())
    require(rows >= 24 and columns >= 80, f"{columns} x {rows}")
    return f"{columns} x {rows} cells"


def checked_in(lobby: Lobby, before: list[str]) -> str:
    now = lobby.tickets()
    require(now[:-1] == before and len(now) == len(before) + 1, f"{before}, then {now}")
    return f"ticket {now[-1]}"


def by_keypad(lobby: Lobby) -> str:
    """A check-in by keypad, NumLock off as after every start."""
    before = lobby.tickets()
    lobby.check_in()
    lobby.keep("ticket")
    seen = checked_in(lobby, before)
    lobby.go_home()
    return seen


def by_pointer(lobby: Lobby) -> str:
    """A check-in by pointer."""
    before = lobby.tickets()
    lobby.check_in(lobby.machine.click)
    seen = checked_in(lobby, before)
    lobby.go_home()
    return seen


def by_touch(lobby: Lobby) -> str:
    """A check-in by a touch screen made with uinput, plugged in after the start."""
    before = lobby.tickets()
    with touch_screen(lobby.machine) as tap:
        lobby.check_in(tap)
    seen = checked_in(lobby, before)
    lobby.go_home()
    return seen


def plug_pulled(lobby: Lobby) -> str:
    """The plug pulled with the ticket on the glass; the ticket is there afterwards."""
    before = lobby.tickets()
    lobby.check_in()
    lobby.machine.off()
    started = time.monotonic()
    lobby.start()
    require(not lobby.reads(DONE), "somebody's ticket is on the glass")
    verified = lobby.machine.ssh("/opt/clinic-kiosk/deploy/run verify", seconds=300)
    require(verified.returncode == 0, f"verify: {verified.stdout[-200:]}")
    return f"{checked_in(lobby, before)}; Home {time.monotonic() - started:.0f} s after the plug"
