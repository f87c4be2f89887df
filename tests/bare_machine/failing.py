"""Scenes: programs die or stop, and are back by themselves."""

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


def broken_update(lobby: Lobby) -> str:
    """A broken update: it never answers, and the last version is in use again."""
    machine = lobby.machine
    before = machine.said("readlink /opt/clinic-kiosk")
    machine.ssh(
        "rm -rf /srv/broken; cp -r /srv/kiosk /srv/broken;"
        "echo 'raise RuntimeError' >> /srv/broken/kiosk/lobby/home.py"
    )
    done = machine.ssh("/srv/broken/deploy/install --role lobby 2>&1", seconds=1800)
    require(done.returncode == 3, f"exit code {done.returncode}: {done.stdout[-300:]}")
    require(machine.said("readlink /opt/clinic-kiosk") == before, "the link leads elsewhere")
    lobby.wait_for(HOME)
    return f"exit code 3; “{done.stdout.strip().splitlines()[-1]}”"
