"""`doctor`: one page on this machine, for whoever is asked about it on the phone.

Of the patients it knows nothing: neither names nor tickets.
"""

import platform
import re
from argparse import Namespace
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from os import geteuid
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.machine import checked, devices, last_backup, units
from kiosk.commands.machine.found import Finding, grave
from kiosk.commands.machine.programs import ask
from kiosk.commands.version import MADE_ON, VERSION
from kiosk.content.clinic import ContentError
from kiosk.content.texts import load_clinic
from kiosk.languages.wrap import wrap
from kiosk.settings import CHECKOUT, PROGRAM, Mode, Settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers

COLUMNS = 100
INPUTS = Path("/proc/bus/input/devices")
FONTS = Path("/usr/share/fonts")
RELEASE = Path("/etc/os-release")
UPTIME = Path("/proc/uptime")
DIRECT = 2
"""The bit of a device's properties that says: a finger touches where it points (a touch screen)."""
LATELY = 3
"""Failures that are shown, the last ones."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("doctor", help="one page on this machine, for the telephone")
    arguments.add_json(command, "for programs that watch the kiosk")


def run(args: Namespace, given: Given) -> int:
    """Print what was found, and what to do where something is wrong; 1 if anything is."""
    found = [
        (name, finding) for name, look in _looks(given.settings) for finding in _safely(name, look)
    ]
    wrong = sum(finding.wrong for _, finding in found)
    if args.json:
        print(_json(found, wrong))
    else:
        for _, finding in found:
            lines = wrap(finding.text, COLUMNS - 4)
            print("! " if finding.wrong else "  ", "\n     ".join(lines), sep="")
        print()
        print(f"Marked with !, to be looked after: {wrong}" if wrong else "All is well.")
    return 1 if wrong else 0


def _json(found: list[tuple[str, Finding]], wrong: int) -> str:
    kinds = {(False, False): "note", (True, False): "warning", (True, True): "error"}
    told = {
        "wrong": wrong,
        "found": [
            {"about": name, "kind": kinds[finding.wrong, finding.error], "text": finding.text}
            for name, finding in found
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _looks(settings: Settings) -> list[tuple[str, Callable[[], Iterable[Finding]]]]:
    """Everything that is looked at, in the order in which it is read out on the phone."""
    roles = units.roles()
    return [
        ("versions", lambda: versions(roles)),
        ("folders", lambda: folders(settings, roles)),
        ("started", switched_on),
        ("units", lambda: units.units(roles)),
        ("log", lambda: checked.failures(settings.data_dir, LATELY)),
        ("store", lambda: store(settings)),
        ("disk", lambda: checked.folders(settings)),
        ("backups", lambda: copies(settings)),
        ("fonts", lambda: fonts(roles)),
        ("input", lambda: inputs(roles)),
        ("sound", lambda: devices.sound(roles)),
        ("printer", lambda: devices.printer(settings)),
    ]


def _safely(name: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What was found; where looking itself fails, that: a page with a hole is better than none."""
    try:
        return list(look())
    except Exception as fault:  # of any kind: this runs on machines that are broken
        why = f"{type(fault).__name__}" + (f": {fault}" if isinstance(fault, OSError) else "")
        return [Finding(f"{name}: could not be looked at ({why})", wrong=True)]


def versions(roles: Collection[str]) -> Iterable[Finding]:
    """The kiosk's, and of what it stands on."""
    from importlib.metadata import version

    yield Finding(f"kiosk: {VERSION} of {MADE_ON}, in {CHECKOUT}")
    yield Finding(f"system: {_system()}")
    yield Finding(f"Python: {platform.python_version()}; Textual: {version('textual')}")
    for name, flag in (("foot", "--version"), ("cage", "-v")):
        told = ask(name, flag)
        number = re.search(r"\d+(\.\d+)+", told.said)
        if number and told.ended_well:
            yield Finding(f"{name}: {number[0]}")
        elif roles:
            yield grave(f"{name}: {told.why}; apt install --reinstall {name}")
        else:
            yield Finding(f"{name}: {told.why} (only a kiosk that begins by itself needs it)")


def _system() -> str:
    try:
        found = re.search(r'^PRETTY_NAME="?([^"\n]*)', RELEASE.read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return f"{found[1] if found else platform.system()}, {platform.machine()}"


def folders(settings: Settings, roles: Iterable[str]) -> Iterable[Finding]:
    """Which folders this page is about, and whether they are the kiosk's own."""
    yield Finding(f"folders: data in {settings.data_dir}, keys in {settings.keys_dir}")
    if roles and geteuid() == 0:
        advice = "run doctor as the account of the kiosk"
        yield Finding(f"account: this is root, whose settings are others; {advice}", wrong=True)


def switched_on() -> Iterable[Finding]:
    """Since when the machine runs: a start that nobody asked for was a power cut."""
    up = timedelta(seconds=float(UPTIME.read_text("ascii").split()[0]))
    began = (datetime.now(UTC) - up).astimezone()
    yield Finding(f"machine: switched on {began:%Y-%m-%d %H:%M %Z}")


def store(settings: Settings) -> Iterable[Finding]:
    """Whether people can check in and staff sign in, and the clock."""
    try:
        clinic = load_clinic(settings.content_dir)
        clinic.location(settings.location)
    except ContentError:
        yield grave(f"content: it or the location cannot be used; `{PROGRAM} check` says why")
        return
    yield from checked.store(settings, clinic)
    yield from checked.accounts(settings)


def copies(settings: Settings) -> Iterable[Finding]:
    """The last backup that was read back, and whether it would outlive this disk."""
    try:
        yield from last_backup.findings(settings, load_clinic(settings.content_dir))
    except ContentError:
        return  # which the store has told
    folder, data = settings.backup_dir, settings.data_dir
    if folder and folder.exists() and data.exists() and folder.stat().st_dev == data.stat().st_dev:
        yield Finding("backups: on the disk of the data, and lost with it; a stick would not be")


def fonts(roles: Collection[str]) -> Iterable[Finding]:
    """Whether there is a font with Chinese, for the terminal to draw."""
    missing = grave("fonts: none has Chinese characters; apt install fonts-noto-cjk")
    told = ask("fc-match", "--format=%{family[0]}|%{lang}", ":lang=zh-cn")
    family, _, languages = told.said.partition("|")
    if not told.ended_well:  # a kiosk needs no such program, but the files
        files = sorted(file.name for file in FONTS.rglob("*CJK*"))
        if files or not roles:
            found = files[0] if files else f"not told, for want of fc-match: {told.why}"
            yield Finding(f"fonts: {found}")
        else:
            yield missing
    elif "zh-cn" in languages.split("|"):
        yield Finding(f"fonts: Chinese is drawn with {family}")
    else:
        yield missing


def inputs(roles: Iterable[str]) -> Iterable[Finding]:
    """What patients can press or touch, as the kernel has found it."""
    blocks = INPUTS.read_text("utf-8", errors="replace").split("\n\n")
    touch, pointers, keys = [], [], []
    for block in blocks:
        name = re.search(r'^N: Name="(.*)"', block, re.MULTILINE)
        handlers = re.search(r"^H: Handlers=(.*)", block, re.MULTILINE)
        properties = re.search(r"^B: PROP=([0-9a-f]+)", block, re.MULTILINE)
        kinds = handlers[1].split() if handlers else []
        if name is None:
            continue
        if properties and int(properties[1], 16) & DIRECT:
            touch.append(name[1])
        elif any(kind.startswith("mouse") for kind in kinds):
            pointers.append(name[1])
        elif "kbd" in kinds and "leds" in kinds:  # power buttons are keys too, without lights
            keys.append(name[1])
    for what, found in (("touch", touch), ("mouse", pointers), ("keyboards", keys)):
        yield Finding(f"{what}: {', '.join(dict.fromkeys(found)) or 'none'}")
    if Mode.lobby in roles and not (touch or pointers or keys):
        yield grave("input: nothing to check in with; plug in the touch screen's USB, or a keypad")
