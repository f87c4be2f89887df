"""A machine of which only those programs are there that a test puts there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.commands import doctor
from kiosk.commands.machine import units
from kiosk.settings import Settings

INPUTS = """\
I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
H: Handlers=kbd event0
B: PROP=0
B: EV=3

I: Bus=0003 Vendor=0eef Product=0001 Version=0110
N: Name="eGalax Touch"
H: Handlers=event3
B: PROP=2
B: EV=b

I: Bus=0003 Vendor=04d9 Product=a02a Version=0110
N: Name="Numeric Keypad"
H: Handlers=sysrq kbd leds event4
B: PROP=0
B: EV=120013
"""
LOBBY = """\
LoadState=loaded
ActiveState=active
SubState=running
Result=success
NRestarts=0
ExecMainStatus=0
ActiveEnterTimestamp=Sun 2026-11-29 10:02:11 CST
"""
TIMER = """\
ActiveState=active
LastTriggerUSec=Sun 2026-11-29 03:00:04 CST
NextElapseUSecRealtime=Mon 2026-11-30 03:00:00 CST
"""
BACKUP = """\
LoadState=loaded
Result=success
ExecMainStatus=0
ExecMainExitTimestamp=Sun 2026-11-29 03:00:09 CST
"""


class Machine:
    """A machine of which only those programs are there that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.told = folder / "units"
        self.wanted = folder / "systemd"
        for place in (self.programs, self.told, self.wanted / "graphical.target.wants"):
            place.mkdir(parents=True)
        self.settings = Settings(data_dir=folder / "data", keys_dir=folder / "keys")

    def add(self, name: str, script: str) -> None:
        """Put a program there."""
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def says(self, name: str, text: str, *, code: int = 0) -> None:
        """Put a program there that says the same whatever it is asked."""
        file = self.folder / f"{name}.said"
        file.write_text(text + "\n")
        self.add(name, f"while read -r line; do echo \"$line\"; done < '{file}'; exit {code}")

    def is_a(self, role: str) -> None:
        """Have a screen begin with the machine, with its units in order."""
        (self.wanted / "graphical.target.wants" / f"clinic-kiosk@{role}.service").touch()
        self.unit(f"clinic-kiosk@{role}.service", LOBBY)
        for name in units.TIMERS:
            self.unit(f"clinic-kiosk-{name}.timer", TIMER)
        self.unit("clinic-kiosk-backup.service", BACKUP)
        self.unit("clinic-kiosk-appointments.service", BACKUP)
        self.add(
            "systemctl",
            '[ "$1" = --version ] && { echo systemd 257; exit; }\n'
            f'while read -r line; do echo "$line"; done < \'{self.told}/\'"$2"',
        )
        self.says("foot", "foot version: 1.21.0 +pgo +ime -graphemes -assertions")
        self.says("cage", "Cage version 0.2.0")
        self.says("fc-match", "Noto Sans CJK SC|en|ja|zh-cn|zh-tw")

    def unit(self, name: str, told: str, **changed: str) -> None:
        """Have systemd say this of a unit."""
        lines = dict(line.split("=", 1) for line in told.splitlines()) | changed
        (self.told / name).write_text("".join(f"{key}={value}\n" for key, value in lines.items()))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    (tmp_path / "inputs").write_text(INPUTS)
    monkeypatch.setenv("PATH", str(machine.programs))
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setattr("kiosk.commands.doctor.geteuid", lambda: 1000)
    monkeypatch.setattr(units, "WANTED", machine.wanted)
    monkeypatch.setattr(doctor, "INPUTS", tmp_path / "inputs")
    monkeypatch.setattr(doctor, "FONTS", tmp_path / "fonts")
    return machine


Page = Callable[..., str]


@pytest.fixture
def page(machine: Machine, capsys: pytest.CaptureFixture[str]) -> Page:
    """What `doctor`, or another command, prints on the machine."""

    def run(command: str = "doctor", code: int = 0) -> str:
        assert main([command, "--data", str(machine.settings.data_dir)]) == code
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


def marked(page: str) -> str:
    """The findings that somebody should do something about, each on a line."""
    lines = page.replace("\n     ", " ").splitlines()
    return "\n".join(line for line in lines if line.startswith("!"))
