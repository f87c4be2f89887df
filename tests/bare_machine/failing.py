"""Scenes: programs die or stop, and are back by themselves."""

import time

from lobby import HOME, Lobby, require


def python_killed(lobby: Lobby) -> str:
    """Killed with 9: python."""
    return lobby.back_by_itself("kill -9 {pid}", "python")


def foot_killed(lobby: Lobby) -> str:
    """Killed with 9: foot, the terminal."""
    return lobby.back_by_itself("kill -9 {pid}", "foot")


def cage_killed(lobby: Lobby) -> str:
    """Killed with 9: cage, the compositor."""
    return lobby.back_by_itself("kill -9 {pid}", "cage")


def seatd_killed(lobby: Lobby) -> str:
    """Killed with 9: seatd, which hands out screen and keys."""
    return lobby.back_by_itself("kill -9 $(pgrep -x seatd)", "cage")


def python_stopped(lobby: Lobby) -> str:
    """Python stopped (SIGSTOP): the watchdog ends it, and it is back."""
    seen = lobby.back_by_itself("kill -STOP {pid}", "python")
    told = lobby.machine.said("journalctl -b -u clinic-kiosk@lobby | grep -c 'Watchdog timeout'")
    require(told == "1", "it was not the watchdog")
    return seen


def ten_times(lobby: Lobby) -> str:
    """Cage killed every three seconds, ten times: never given up."""
    kill = "for i in 1 2 3 4 5 6 7 8 9 10; do pkill -9 -u kiosk -x cage; sleep 3; done"
    seen = lobby.back_by_itself(kill, "cage")
    ends = lobby.machine.said("systemctl show -P NRestarts clinic-kiosk@lobby")
    return f"{seen}; {ends} restarts since power-on"


def screen_later(lobby: Lobby) -> str:
    """Started without a monitor, which is plugged in later."""
    machine = lobby.machine
    there = "$(ls -d /sys/class/drm/card*-Virtual-1)/status"
    machine.ssh(f"echo off > {there}; systemctl restart --no-block clinic-kiosk@lobby; sleep 15")
    try:
        require(not lobby.reads(HOME), "it shows Home without a monitor")
    finally:
        machine.ssh(f"echo detect > {there}")
    started = time.monotonic()
    lobby.wait_for(HOME, 200)
    return f"Home {time.monotonic() - started:.0f} s after the monitor"
