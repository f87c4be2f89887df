"""What lies outside the version's folder: account, folders, units, the machine's own settings."""

import os
import re
import shutil
from pathlib import Path

from installer.machine import CannotError, Machine

USER = "kiosk"
SCREENS = ("lobby", "board")
"""Roles that have a screen, and a unit of their own."""
TIMERS = (
    "clinic-kiosk-appointments.timer",
    "clinic-kiosk-backup.timer",
    "clinic-kiosk-retention.timer",
)
GROUPS = ("video", "input", "render", "audio")
MACHINE = "machine.d"
"""Files for the whole of a machine with a screen, where they belong as below /."""
SSH = "ssh/clinic-kiosk.conf"
SSH_THERE = "ssh/sshd_config.d/20-clinic-kiosk.conf"
KEYS = "clinic-kiosk/staff-keys"


def add_account(machine: Machine) -> None:
    """The account that runs everything: no password, and a home where it can write nothing."""
    if not machine.output("getent", "passwd", USER):
        machine.run(
            *("adduser", "--quiet", "--system", "--group", "--home", "/opt/clinic-kiosk"),
            *("--no-create-home", "--shell", "/bin/sh", USER),
        )
    told = machine.output("getent", "group", *GROUPS, though_failing=True)
    groups = [line.partition(":")[0] for line in told.splitlines()]
    machine.run("usermod", "--append", "--groups", ",".join(groups), USER)


def add_folders(machine: Machine) -> None:
    """Data and keys for the kiosk's account alone; settings that it can read and not write."""
    for folder in (machine.data, machine.keys, machine.backups):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o700)
            machine.run("chown", f"{USER}:{USER}", folder)
    machine.settings.parent.mkdir(parents=True, exist_ok=True)


def unit_of(role: str) -> str:
    """The unit of a screen."""
    return f"clinic-kiosk@{role}.service"


def file_of(unit: str) -> str:
    """The file of a unit: its template's, if it has one."""
    return re.sub(r"@[^.]+", "@", unit)


def roles_here(machine: Machine) -> list[str]:
    """What this machine was set up as."""
    wants = machine.units.glob("*.wants/clinic-kiosk@*.service")
    roles = {link.name.removeprefix("clinic-kiosk@").removesuffix(".service") for link in wants}
    if (machine.etc / SSH_THERE).exists():
        roles.add("staff")
    return sorted(roles)


def require_no_desktop(machine: Machine) -> None:
    """Refuse a machine on whose screen something else already is; raises CannotError."""
    desktop = machine.units / "display-manager.service"
    if desktop.is_symlink():
        raise CannotError(
            f"This machine has a desktop ({desktop.readlink().name}), which would take the screen. "
            "Take a Debian without one, or `systemctl disable display-manager` first."
        )


def put_files(machine: Machine, version: Path, last: Path | None, roles: list[str]) -> None:
    """Bring units and the machine's settings to what a version has; `last` had others perhaps."""
    wanted = _files(machine, version, roles)
    if last:
        for there in set(_files(machine, last, roles)) - set(wanted):
            there.unlink(missing_ok=True)
    for there, file in wanted.items():
        there.parent.mkdir(parents=True, exist_ok=True)
        new = there.with_name(f".{there.name}.new")
        new.unlink(missing_ok=True)
        shutil.copyfile(file, new, follow_symlinks=False)
        if not new.is_symlink():
            new.chmod(0o755 if os.access(file, os.X_OK) else 0o644)
        new.replace(there)


def take_files(machine: Machine, version: Path) -> None:
    """Remove all that `put_files` has put."""
    for there in _files(machine, version, [*SCREENS, "staff"]):
        there.unlink(missing_ok=True)


def _files(machine: Machine, version: Path, roles: list[str]) -> dict[Path, Path]:
    """Where each file goes, and which it is."""
    deploy = version / "deploy"
    units = [*deploy.glob("clinic-kiosk*.service"), *deploy.glob("clinic-kiosk*.timer")]
    files = {machine.units / unit.name: unit for unit in units}
    if set(roles) & set(SCREENS):
        top = deploy / MACHINE
        for folder, _, names in os.walk(top):
            here = [Path(folder, name) for name in names]
            files |= {machine.root / file.relative_to(top): file for file in here}
    if "staff" in roles and (deploy / SSH).exists():
        files[machine.etc / SSH_THERE] = deploy / SSH
    return files


def enable(machine: Machine, role: str) -> None:
    """Have everything start with the machine; one screen a machine."""
    if role in SCREENS:
        for other in set(SCREENS) & set(roles_here(machine)) - {role}:
            disable(machine, unit_of(other))
        machine.run("systemctl", "--quiet", "enable", unit_of(role))
    machine.run("systemctl", "--quiet", "enable", *_timers(machine))


def _timers(machine: Machine) -> list[str]:
    """The timers that the version in use has: an older one has fewer."""
    return [timer for timer in TIMERS if (machine.units / timer).exists()]


def disable(machine: Machine, unit: str) -> None:
    """Have a unit neither run nor start again."""
    now = ["--now"] if machine.runs_systemd else []
    machine.code("systemctl", "--quiet", "disable", *now, unit)


def reload(machine: Machine, roles: list[str]) -> None:
    """Have the running system take up what was put."""
    if not machine.runs_systemd:
        return
    machine.run("systemctl", "daemon-reload")
    # A version that brings a timer of its own is not always installed anew for its role.
    machine.code("systemctl", "--quiet", "enable", "--now", *_timers(machine))
    if set(roles) & set(SCREENS):
        machine.code("sysctl", "--quiet", "--system")
        machine.code("modprobe", "--all", "--quiet", "snd", "drm")
        machine.code("systemctl", "kill", "--signal=HUP", "systemd-logind")
        machine.code("udevadm", "control", "--reload")
    if "staff" in roles:
        machine.code("systemctl", "reload-or-restart", "ssh")


def answers(machine: Machine, roles: list[str], *, anew: bool = True) -> bool:
    """Start the screens and wait until each has painted: systemctl returns at READY.

    Where systemd does not run, the check that came before has to do. Unless all is to begin
    `anew`, a screen that is up stays as it is.
    """
    if not machine.runs_systemd:
        return True
    verb = "restart" if anew else "start"
    return all(
        machine.code("systemctl", verb, unit_of(role)) == 0 for role in roles if role in SCREENS
    )
