"""What systemd says of the kiosk's units: whether they run, since when, and why they began anew."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kiosk.commands.machine.found import Finding, grave
from kiosk.commands.machine.programs import ask
from kiosk.languages import typed

SCREENS = "clinic-kiosk@{}.service"
WANTED = Path("/etc/systemd/system")
"""Where systemd notes what begins with the machine."""
TIMERS = {
    "backup": "copies the check-ins",
    "retention": "removes what was kept for its time",
    "appointments": "brings today's list",
}
OFTEN = 10
"""Restarts after which somebody should look."""
_WHY = {
    "watchdog": "it no longer answered",
    "signal": "it was killed",
    "core-dump": "it crashed",
    "oom-kill": "the memory was full",
    "timeout": "it took too long to begin or to end",
    "exit-code": "it could not go on",
    "protocol": "it ended before anything was to be seen",
}


def roles() -> list[str]:
    """The screens that begin with the machine: "lobby", "board"; none where it is no kiosk yet."""
    files = WANTED.glob("*.wants/" + SCREENS.format("*"))
    return sorted({re.sub(r".*@(.*)\.service", r"\1", file.name) for file in files})


def units(names: Sequence[str]) -> Iterable[Finding]:
    """The units of the screens, by `names` of roles, and the timers."""
    if not (systemctl := ask("systemctl", "--version")).ended_well:
        yield Finding(f"units: nothing looks after the kiosk: no systemctl ({systemctl.why})")
        return
    if not names:
        yield Finding("units: no screen begins with this machine; deploy/install makes it so")
        return
    for name in names:
        yield from _screen(name)
    for name, does in TIMERS.items():
        yield _timer(f"clinic-kiosk-{name}.timer", does)
    yield from _backup()
    yield from _appointments()


def _screen(name: str) -> Iterable[Finding]:
    unit = SCREENS.format(name)
    told = _told(
        unit,
        *("ActiveState", "SubState", "Result", "NRestarts", "ActiveEnterTimestamp"),
        *("ExecMainStatus", "LoadState"),
    )
    if not told:
        yield Finding(f"{name}: systemd does not answer", wrong=True)
    elif told.get("ActiveState") != "active":
        state = f"{told.get('ActiveState', '')} ({told.get('SubState', '')})"
        reason = _why(told.get("Result", ""), told.get("ExecMainStatus", ""))
        advice = f"systemctl restart {unit}; then journalctl -u {unit} -n 50"
        yield grave(f"{name}: not running: {state}{reason}; {advice}")
    else:
        times = typed.number(told.get("NRestarts", "")) or 0
        since = told.get("ActiveEnterTimestamp", "")
        again = {0: "and never began anew by itself", 1: "and began anew once by itself"}
        often = again.get(times, f"and began anew {times} times by itself")
        advice = f"; journalctl -u {unit} tells more" if times >= OFTEN else ""
        yield Finding(f"{name}: running since {since}, {often}{advice}", times >= OFTEN)
        if times:
            yield from _last_end(name, unit)


def _last_end(name: str, unit: str) -> Iterable[Finding]:
    """When and why it ended last; the journal is told to root and to the group systemd-journal."""
    journal = ask("journalctl", "-q", "-o", "short-iso", "--no-pager", "-n", "500", "-u", unit)
    ends = re.findall(r"^(\S+) .*Failed with result '([a-z-]+)'", journal.said, re.MULTILINE)
    if ends:
        at, result = ends[-1]
        yield Finding(f"{name}: failed last at {at}{_why(result)}")
    else:
        yield Finding(f"{name}: why it began anew, the journal tells root: journalctl -u {unit}")


def _why(result: str, status: str = "") -> str:
    """For people; nothing for an end that was asked for."""
    if result in ("", "success"):
        return ""
    code = f", status {status}" if status not in ("", "0") else ""
    return f": {_WHY.get(result, result)} ({result}{code})"


def _timer(unit: str, does: str) -> Finding:
    told = _told(unit, "ActiveState", "LastTriggerUSec", "NextElapseUSecRealtime")
    if told.get("ActiveState") != "active":
        return Finding(f"{unit}: off, so nothing {does}; systemctl enable --now {unit}", wrong=True)
    last, due = told.get("LastTriggerUSec", ""), told.get("NextElapseUSecRealtime", "")
    return Finding(f"{unit}: last {last or 'never'}, next {due or 'not told'}")


def _backup() -> Iterable[Finding]:
    """How the last backup by the timer ended; it ends well only if the copy could be read back."""
    unit = "clinic-kiosk-backup.service"
    told = _told(unit, "Result", "ExecMainStatus", "ExecMainExitTimestamp", "LoadState")
    at, status = told.get("ExecMainExitTimestamp", ""), told.get("ExecMainStatus", "")
    if told.get("LoadState") != "loaded":
        return
    if not at:
        yield Finding("backup: none since the machine was switched on")
    elif told.get("Result") == "success" and status == "0":
        yield Finding(f"backup: {at}, and the copy was read back")
    else:
        why = f"status {status}" if status else told.get("Result", "")
        yield grave(f"backup: failed at {at} ({why}); journalctl -u {unit} says why")


def _appointments() -> Iterable[Finding]:
    """Whether the calendar's files could be read the last time; nothing where all is well."""
    unit = "clinic-kiosk-appointments.service"
    told = _told(unit, "Result", "ExecMainStatus", "ExecMainExitTimestamp", "LoadState")
    at, status = told.get("ExecMainExitTimestamp", ""), told.get("ExecMainStatus", "")
    if told.get("LoadState") == "loaded" and at and status not in ("", "0"):
        text = f"today's list: {at}, something was left out (status {status})"
        yield Finding(f"{text}; journalctl -u {unit} names the lines", wrong=True)


def _told(unit: str, *names: str) -> Mapping[str, str]:
    """What systemd says of a unit, by name; nothing where it does not answer."""
    answer = ask("systemctl", "show", unit, f"--property={','.join(names)}")
    if not answer.ended_well:
        return {}
    pairs = [line.partition("=") for line in answer.said.splitlines()]
    return {name: "" if value == "n/a" else value for name, sign, value in pairs if sign}
