"""What the unit, the machine's own settings and the screen's script promise, as far as it is read.

`make machine` proves the same things on a machine.
"""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from kiosk.styles.themes import THEMES

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "clinic-kiosk@.service"
MACHINE = DEPLOY / "machine.d" / "etc"
SCREEN = DEPLOY / "screen"
LETTERS = 0.602
"""How wide a letter of DejaVu Sans Mono is, of its height."""
CAPITALS = 0.729
"""How high its capitals are."""


def read(file: Path) -> dict[str, dict[str, list[str]]]:
    """A file of systemd's: what each section says, by name; a name may be said more than once."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] not in "#;":
            name, _, value = line.partition("=")
            found[section][name].append(value)
    return found


@pytest.fixture(scope="module")
def unit() -> dict[str, dict[str, list[str]]]:
    return read(UNIT)


def test_however_often_it_ends_it_is_started_again(unit: dict[str, dict[str, list[str]]]) -> None:
    assert unit["Unit"]["StartLimitIntervalSec"] == ["0"], "in [Service] systemd would not see it"
    assert unit["Service"]["Restart"] == ["always"]
    assert int(unit["Service"]["RestartSec"][0]) <= 2


def test_the_app_itself_says_that_it_lives_and_is_back_within_a_minute(
    unit: dict[str, dict[str, list[str]]],
) -> None:
    service = unit["Service"]
    assert service["Type"] == ["notify"]
    assert service["NotifyAccess"] == ["all"], "the app is neither the first process nor its child"
    assert int(service["WatchdogSec"][0]) + int(service["TimeoutStopSec"][0]) <= 55
    assert service["WatchdogSignal"] == ["SIGKILL"], "a core would hold what somebody typed"


def test_it_waits_for_the_clock_but_not_for_ever(unit: dict[str, dict[str, list[str]]]) -> None:
    assert "time-sync.target" in unit["Unit"]["After"]
    assert "time-sync.target" not in " ".join(unit["Unit"].get("Requires", []))
    waits = MACHINE / "systemd/system/systemd-time-wait-sync.service.d/clinic-kiosk.conf"
    own, ours = read(waits)["Service"]["ExecStart"]
    assert own == ""
    limit = re.fullmatch(r"-timeout (\d+) /usr/lib/systemd/systemd-time-wait-sync", ours)
    assert limit, "not in time is no failure, or each start of the kiosk would wait again"
    assert int(limit[1]) <= 30


def test_data_keys_and_passing_files_have_folders_of_their_own(
    unit: dict[str, dict[str, list[str]]],
) -> None:
    service = unit["Service"]
    environment = dict(
        word.split("=", 1) for line in service["Environment"] for word in line.split()
    )
    assert environment["CLINIC_KIOSK_DATA_DIR"] == "/var/lib/clinic-kiosk"
    assert environment["CLINIC_KIOSK_KEYS_DIR"] == "/var/lib/clinic-kiosk-keys"
    assert environment["CLINIC_KIOSK_CONFIG"] == "/etc/clinic-kiosk/kiosk.toml"
    assert service["StateDirectory"] == ["clinic-kiosk clinic-kiosk-keys"]
    assert environment["XDG_RUNTIME_DIR"] == "%t/" + service["RuntimeDirectory"][0]
    assert "PAMName" not in service


def test_sound_screen_keys_and_touch_are_all_it_may_open(
    unit: dict[str, dict[str, list[str]]],
) -> None:
    service = unit["Service"]
    assert service["DevicePolicy"] == ["closed"]
    allowed = {line.split()[0] for line in service["DeviceAllow"]}
    assert allowed == {"char-drm", "char-input", "char-alsa", "char-pts"}
    assert {"video", "audio"} <= set(service["SupplementaryGroups"][0].split())
    assert service["RestrictAddressFamilies"] == ["AF_UNIX AF_NETLINK"]
    assert service["CapabilityBoundingSet"] == [""]


def test_each_kind_of_device_is_known_before_the_unit_starts() -> None:
    """What a unit may open is reckoned at its start, from the kinds that the kernel knows then."""
    told = (MACHINE / "modules-load.d/clinic-kiosk.conf").read_text(encoding="utf-8")
    modules = [line for line in told.splitlines() if line and not line.startswith("#")]
    assert modules == ["snd", "drm"], "input and pts are part of every kernel"


def test_a_keypad_gives_digits_and_no_key_changes_the_console(
    unit: dict[str, dict[str, list[str]]],
) -> None:
    assert "XKB_DEFAULT_OPTIONS=numpad:mac,srvrkeys:none" in unit["Service"]["Environment"]


def test_no_key_and_no_lid_ends_the_machine_or_opens_a_console() -> None:
    login = read(MACHINE / "systemd/logind.conf.d/clinic-kiosk.conf")["Login"]
    assert login["NAutoVTs"] == login["ReserveVT"] == ["0"]
    for key in ("PowerKey", "RebootKey", "SuspendKey", "HibernateKey", "LidSwitch"):
        assert login[f"Handle{key}"] == ["ignore"], key
    manager = read(MACHINE / "systemd/system.conf.d/clinic-kiosk.conf")["Manager"]
    assert manager["CtrlAltDelBurstAction"] == ["none"]
    assert "kernel.sysrq = 0" in (MACHINE / "sysctl.d/99-clinic-kiosk.conf").read_text("utf-8")


@pytest.mark.parametrize(
    "unit_name",
    ["getty@.service", "autovt@.service", "ctrl-alt-del.target", "debug-shell.service"],
)
def test_an_empty_file_keeps_a_unit_from_ever_starting(unit_name: str) -> None:
    file = MACHINE / "systemd/system" / unit_name
    assert file.is_file()
    assert file.read_bytes() == b""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
def test_systemd_has_nothing_to_say_about_it(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8")
    # What it starts and needs is not on this machine; its words are what is looked at.
    text = re.sub(r"^ExecStart=.*", "ExecStart=/bin/true", text, flags=re.MULTILINE)
    text = re.sub(r"seatd\.service", "", text).replace("Requires=\n", "")
    text = re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE)
    there = tmp_path / "clinic-kiosk@lobby.service"
    there.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(there)], capture_output=True, text=True
    )
    about_it = [line for line in done.stderr.splitlines() if "clinic-kiosk" in line]
    assert about_it == []


# The screen


def letters(size: str, **environment: str) -> tuple[int, int, int, int]:
    """What the script says of a screen: cell, letter, columns, rows."""
    done = subprocess.run(
        [str(SCREEN), "--letters", size], capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin", **environment},
    )  # fmt: skip
    cell, letter, columns, rows = map(int, done.stdout.split())
    return cell, letter, columns, rows


@pytest.mark.parametrize(
    ("size", "cells"),
    [
        ("1366x768", (85, 24)),
        ("1920x1080", (87, 24)),
        ("3840x2160", (85, 24)),
        ("1080x1920", (83, 73)),
        ("2160x3840", (80, 71)),
        ("1280x800", (80, 25)),
        ("1280x1024", (80, 32)),
        ("800x480", (80, 24)),
    ],
)
def test_letters_are_as_large_as_leaves_80_columns_and_24_rows(
    size: str, cells: tuple[int, int]
) -> None:
    cell, letter, columns, rows = letters(size)
    width, height = map(int, size.split("x"))
    assert (columns, rows) == cells
    assert letter * LETTERS <= cell, "foot would make the cell wider"
    assert (letter + 1) * LETTERS > cell, "they could be larger"
    larger = cell + 1
    assert width // larger < 80 or height // (2 * larger) < 24, "they could be larger"


def test_capitals_have_seven_millimetres_on_a_screen_of_24_inches() -> None:
    _, letter, _, _ = letters("1920x1080")
    height_of_a_pixel = 24 * 25.4 * 9 / (16**2 + 9**2) ** 0.5 / 1080
    assert letter * CAPITALS * height_of_a_pixel >= 7


def test_a_clinic_may_ask_for_more_rows_and_columns() -> None:
    assert letters("1920x1080", KIOSK_ROWS="36")[3] == 36
    assert letters("1080x1920", KIOSK_COLUMNS="90")[2] == 90


@pytest.fixture
def started(tmp_path: Path):
    """Start the script beside a foot that only says how it was called."""
    foot = tmp_path / "bin" / "foot"
    foot.parent.mkdir()
    foot.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    foot.chmod(0o700)
    turn = tmp_path / "bin" / "wlr-randr"
    turn.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/turned\n')
    turn.chmod(0o700)
    port = tmp_path / "drm" / "card1-HDMI-A-1"
    port.mkdir(parents=True)
    (port / "status").write_text("connected\n")
    (port / "modes").write_text("1920x1080\n1280x720\n")
    off = tmp_path / "drm" / "card1-DP-1"
    off.mkdir()
    (off / "status").write_text("disconnected\n")
    (off / "modes").write_text("")

    def start(config: str = "", **environment: str) -> list[str]:
        (tmp_path / "kiosk.toml").write_text(config)
        found = {
            "PATH": f"{foot.parent}:/usr/bin:/bin",
            "KIOSK_SCREENS": str(tmp_path / "drm"),
            "CLINIC_KIOSK_CONFIG": str(tmp_path / "kiosk.toml"),
            **environment,
        }
        done = subprocess.run(
            [str(SCREEN), "lobby"], capture_output=True, text=True, check=True, env=found
        )
        return done.stdout.splitlines()

    return start


def test_the_terminal_has_the_letters_of_the_screen_that_is_plugged_in(started) -> None:
    said = started()
    sizes = "DejaVu Sans Mono:pixelsize=36, Noto Sans CJK SC:pixelsize=36"
    assert f"--override=font={sizes}" in said
    assert "--override=line-height=44px" in said
    assert said[-2:] == [str(DEPLOY / "kiosk"), "lobby"]


def test_a_turned_screen_is_turned_and_reckoned_with_upright(started, tmp_path: Path) -> None:
    assert "--override=line-height=26px" in started(KIOSK_TURNED="90")
    assert (tmp_path / "turned").read_text() == "--output HDMI-A-1 --transform 90\n"


def test_without_a_screen_it_takes_a_common_size(started, tmp_path: Path) -> None:
    assert "--override=line-height=32px" in started(KIOSK_SCREENS=str(tmp_path / "nothing"))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_margins_are_of_the_paper_the_clinic_begins_with(started, theme) -> None:
    paper = theme.variables["paper"].lstrip("#")
    assert f"--override=colors.background={paper}" in started(f'theme = "{theme.name}"\n')
