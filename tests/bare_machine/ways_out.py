"""Scenes: what a visitor's hands can try at the machine, and that it leads nowhere."""

import threading
import time

from lobby import Lobby, require
from places import run
from vm import BOOTED

CONSOLES = (*(f"ctrl-alt-f{number}" for number in range(1, 8)), "alt-f2", "alt-right")
SYSRQ = tuple(f"alt-sysrq-{letter}" for letter in "rhkeib")
DELETE = ("ctrl-alt-delete",) * 10
TERMINAL = (
    "ctrl-shift-n", "ctrl-shift-c", "ctrl-shift-v", "ctrl-shift-r", "ctrl-shift-u", "ctrl-shift-o",
    "ctrl-shift-x", "ctrl-shift-z", "shift-insert", "ctrl-equal", "ctrl-minus", "ctrl-0", "ctrl-c",
    "ctrl-z", "ctrl-d", "ctrl-q", "ctrl-p", "ctrl-backslash", "alt-f4", "alt-tab", "meta_l",
    "meta_l-d", "ctrl-alt-backspace", "ctrl-alt-t", "menu", "print", "alt-esc", "alt-up",
)  # fmt: skip
FUNCTIONS = tuple(f"f{number}" for number in range(1, 13))
POWER = ("power", "sleep", "wake")


class Still:
    """That the machine is as it was: one start, one console, nobody logged in, the same kiosk."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self.before = self.now()

    def now(self) -> list[str]:
        asked = (
            "cat /proc/sys/kernel/random/boot_id",
            "cat /sys/class/tty/tty0/active",
            "echo $(ls /dev | grep -x 'vcs[0-9]*')",
            "ps -e -o tty=,comm= | grep -c '^tty[0-9]'",
            "systemctl show -P MainPID clinic-kiosk@lobby",
        )
        return self._lobby.machine.said("; ".join(asked)).splitlines()

    def hold(self, what: str) -> None:
        now = self.now()
        require(now == self.before, f"{what}: was {self.before}, is {now}")


def at_rest(lobby: Lobby) -> str:
    """At Home: consoles, SysRq, Ctrl+Alt+Del ten times, power, the terminal's keys, F-keys."""
    still = Still(lobby)
    require(still.before[1:4] == ["tty1", "vcs vcs1", "0"], f"consoles: {still.before}")
    groups = {
        "consoles": CONSOLES, "SysRq": SYSRQ, "SysRq, then a console": ("alt-sysrq-r", *CONSOLES),
        "Ctrl+Alt+Del": DELETE, "the terminal's keys": TERMINAL, "F-keys": FUNCTIONS,
        "power keys": POWER,
    }  # fmt: skip
    for what, keys in groups.items():
        lobby.machine.press(*keys, pause=0.05 if keys is DELETE else 0.15)
        time.sleep(2)
        lobby.go_home()
        still.hold(what)
    lobby.machine.qmp("system_powerdown")
    time.sleep(5)
    lobby.go_home()
    still.hold("the power button")
    lobby.answers_to_keys()
    return f"{sum(map(len, groups.values())) + 1} presses; one console, nobody logged in"


def in_a_check_in(lobby: Lobby) -> str:
    """The same consoles and SysRq while somebody's data is on the glass."""
    still = Still(lobby)
    lobby.machine.press("kp_1")
    lobby.machine.press(*SYSRQ, *CONSOLES)
    lobby.go_home()
    still.hold("in a check-in")
    return "as it was"


def during_boot(lobby: Lobby) -> str:
    """From power-on until Home, again and again; Ctrl+Alt+Del from when systemd runs."""
    lobby.machine.off()
    until_home = threading.Event()

    def hammer() -> None:
        while not until_home.is_set():
            late = DELETE if "login:" in lobby.machine.serial() else ()
            for name in (*CONSOLES, *SYSRQ, *late, "ctrl-c", "ret", "esc"):
                if not until_home.is_set():
                    lobby.machine.press(name, pause=0.05)
            time.sleep(0.5)

    lobby.machine.on()
    hand = threading.Thread(target=hammer, daemon=True)
    hand.start()
    try:
        require(lobby.machine.answers(BOOTED), "it does not start")
        while lobby.machine.said("systemctl is-active clinic-kiosk@lobby") != "active":
            require(lobby.machine.seconds_on < BOOTED, "the kiosk does not start")
            time.sleep(1)
    finally:
        until_home.set()
        hand.join(60)
    seen = lobby.machine.seconds_on
    lobby.go_home()
    still = Still(lobby)
    require(still.before[1:4] == ["tty1", "vcs vcs1", "0"], f"consoles: {still.before}")
    up = float(lobby.machine.said("cat /proc/uptime").split()[0])
    require(up > lobby.machine.seconds_on - 40, "it has restarted meanwhile")
    lobby.answers_to_keys()
    return f"Home after {seen:.0f} s; one start, one console, nobody logged in"


def after_a_crash(lobby: Lobby) -> str:
    """In the seconds without a compositor: cage killed six times, keys pressed all the while."""
    still = Still(lobby)
    lobby.machine.ssh(
        "nohup sh -c 'for i in 1 2 3 4 5 6; do pkill -9 -u kiosk -x cage; sleep 3; done'"
        " >/dev/null 2>&1 &"
    )
    until = time.monotonic() + 25
    while time.monotonic() < until:
        lobby.machine.press(*CONSOLES[:4], "alt-sysrq-r", *CONSOLES[:3], *DELETE, pause=0.03)
    lobby.keep("crash")
    time.sleep(10)
    lobby.go_home()
    now = still.now()
    require(now[:4] == still.before[:4], f"was {still.before}, is {now}")
    require(now[4] != still.before[4], "cage was never killed")
    lobby.answers_to_keys()
    return "Home again; one start, one console, nobody logged in"


def plugged_in(lobby: Lobby) -> str:
    """A keyboard and a stick plugged in at Home: no mount, no console, no program."""
    still = Still(lobby)
    machine = lobby.machine
    mounts = machine.said("findmnt -rn -o TARGET | sort")
    stick = machine.disk.with_suffix(".stick")
    run("truncate", "-s", "16M", stick)
    run("mkfs.ext4", "-q", "-F", "-L", "STICK", stick)
    machine.qmp("blockdev-add", driver="raw", **{"node-name": "stick"}, file={
        "driver": "file", "filename": str(stick)})  # fmt: skip
    machine.qmp("device_add", driver="usb-storage", drive="stick", id="stick", bus="usb.0")
    machine.qmp("device_add", driver="usb-kbd", id="second", bus="usb.0")
    time.sleep(15)
    seen = machine.said("lsblk -rno NAME,SIZE,TRAN | grep usb")
    require("usb" in seen, "the machine has not seen the stick")
    require(machine.said("findmnt -rn -o TARGET | sort") == mounts, "something was mounted")
    still.hold("after a stick and a keyboard")
    lobby.check_in()  # the newest keyboard is the one whose keys are pressed
    lobby.go_home()
    machine.qmp("device_del", id="second")
    machine.qmp("device_del", id="stick")
    time.sleep(5)
    still.hold("unplugged again")
    return f"{seen.splitlines()[0]}: not mounted; the keyboard checks somebody in"
