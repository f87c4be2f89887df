"""`doctor` on machines with all kinds of programs, and with none."""

import json
import re
import sys

import pytest
from fake_machine import BACKUP, INPUTS, LOBBY, TIMER, Machine, Page, machine, marked, page

from db import Arrival
from kiosk.app.start import open_clinic_store
from kiosk.cli import main
from kiosk.commands import doctor
from kiosk.commands.machine import programs
from kiosk.commands.version import VERSION
from kiosk.content.texts import load_clinic
from kiosk.log import log_fault, open_log
from kiosk.settings import CHECKOUT

__all__ = ["machine", "page"]

CLINIC = load_clinic(CHECKOUT / "content")


# The whole page


def test_a_machine_with_nothing_at_all_gets_a_page_in_plain_words(page: Page) -> None:
    told = page()
    assert f"kiosk: {VERSION}" in told
    for name in ("foot", "cage"):
        assert f"{name}: it is not installed" in told
    assert "units: nothing looks after the kiosk: no systemctl" in told
    assert "fonts: not told, for want of fc-match" in told
    assert "printer: none is set" in told
    assert told.endswith("All is well.\n")


def test_a_lobby_in_order_needs_no_hand_and_fits_on_a_page(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    told = page()
    for words in (
        "foot: 1.21.0",
        "cage: 0.2.0",
        "lobby: running since Sun 2026-11-29 10:02:11 CST, and never began anew",
        "clinic-kiosk-retention.timer: last Sun 2026-11-29 03:00:04 CST, next Mon",
        "backup: Sun 2026-11-29 03:00:09 CST, and the copy was read back",
        "fonts: Chinese is drawn with Noto Sans CJK SC",
        "touch: eGalax Touch",
        "keyboards: Numeric Keypad",
        "check-in: works",
    ):
        assert words in told
    assert marked(told) == ""
    assert len(told.splitlines()) < 45
    assert max(map(len, told.splitlines())) <= 100


def test_a_list_that_could_not_be_read_whole_is_told(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    assert "today's list" not in page()
    machine.unit("clinic-kiosk-appointments.service", BACKUP.replace("Status=0", "Status=3"))
    assert "today's list: Sun 2026-11-29 03:00:09 CST, something was left out" in page(code=1)


def test_programs_read_the_same_page(
    machine: Machine, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.is_a("lobby")
    machine.says("fc-match", "DejaVu Sans|en|fr")
    assert main(["doctor", "--json", "--data", str(machine.settings.data_dir)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == 1
    wrong = [one for one in told["found"] if one["kind"] != "note"]
    assert wrong == [
        {
            "about": "fonts",
            "kind": "error",
            "text": "fonts: none has Chinese characters; apt install fonts-noto-cjk",
        }
    ]


def test_nothing_of_a_patient_is_on_the_page(machine: Machine, page: Page) -> None:
    store = open_clinic_store(machine.settings, CLINIC)
    check_in = store.check_in(Arrival(name="Quillfeather", phone="13800138000"))
    open_log(machine.settings.data_dir, "lobby")
    try:
        raise ValueError("Quillfeather")
    except ValueError as fault:
        log_fault(fault, "a check-in failed")
    told = page() + page("check")
    assert "a check-in failed (ValueError" in told
    for secret in ("Quillfeather", "13800138000", check_in.ticket):
        assert secret not in told


def test_what_cannot_even_be_looked_at_leaves_the_rest_of_the_page(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "INPUTS", machine.folder / "gone")
    told = page(code=1)
    assert "input: could not be looked at (FileNotFoundError" in marked(told)
    assert "printer: none is set" in told


def test_the_last_backup_is_told_and_that_its_disk_is_the_same(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = machine.folder / "backups"
    open_clinic_store(machine.settings, CLINIC).check_in(Arrival())
    monkeypatch.setenv("CLINIC_KIOSK_BACKUP_DIR", str(folder))
    assert "is its disk mounted?" in marked(page(code=1))
    folder.mkdir()
    assert "backups: none yet" in marked(page(code=1))
    assert "days copied to" in page("backup")
    told = page().replace("\n     ", " ")
    assert re.search(r"backups: 1, the last of 20\d\d-", told)
    assert "backups: on the disk of the data, and lost with it" in told


def test_without_a_program_that_knows_fonts_their_files_are_looked_for(
    machine: Machine, page: Page
) -> None:
    machine.is_a("lobby")
    (machine.programs / "fc-match").unlink()
    assert "fonts: none has Chinese characters; apt install" in marked(page(code=1))
    folder = machine.folder / "fonts" / "opentype"
    folder.mkdir(parents=True)
    (folder / "NotoSansCJK-Regular.ttc").touch()
    assert "fonts: NotoSansCJK-Regular.ttc" in page()


def test_root_is_told_that_the_kiosk_has_another_account(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.is_a("lobby")
    monkeypatch.setattr("kiosk.commands.doctor.geteuid", lambda: 0)
    assert "account: this is root" in marked(page(code=1))


def test_a_program_that_never_answers_is_not_waited_for(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.05)
    machine.add("fc-match", f"exec {sys.executable} -c 'import time; time.sleep(60)'")
    assert "fc-match: it did not answer in 0.05 s" in page()


# Units


def test_a_screen_that_began_anew_is_told_with_its_reason(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    machine.unit("clinic-kiosk@lobby.service", LOBBY, NRestarts="1")
    machine.says(
        "journalctl",
        "2026-11-29T09:59:01+0800 desk systemd[1]: u: Failed with result 'exit-code'.\n"
        "2026-11-29T10:02:10+0800 desk systemd[1]: u: Failed with result 'watchdog'.",
    )
    told = page()
    assert "and began anew once by itself" in told
    assert "lobby: failed last at 2026-11-29T10:02:10+0800: it no longer answered" in told


def test_where_the_journal_may_not_be_read_it_is_said_who_may(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    machine.unit("clinic-kiosk@lobby.service", LOBBY, NRestarts="2")
    assert "the journal tells root: journalctl -u clinic-kiosk@lobby.service" in page().replace(
        "\n     ", " "
    )


@pytest.mark.parametrize(
    ("unit", "told", "changed", "words"),
    [
        (
            "clinic-kiosk@lobby.service",
            LOBBY,
            {"ActiveState": "activating", "SubState": "auto-restart", "Result": "watchdog"},
            "lobby: not running: activating (auto-restart): it no longer answered (watchdog); "
            "systemctl restart clinic-kiosk@lobby.service",
        ),
        (
            "clinic-kiosk@lobby.service",
            LOBBY,
            {"ActiveState": "failed", "Result": "exit-code", "ExecMainStatus": "203"},
            "it could not go on (exit-code, status 203)",
        ),
        (
            "clinic-kiosk@lobby.service",
            LOBBY,
            {"NRestarts": "12"},
            "began anew 12 times by itself; journalctl -u clinic-kiosk@lobby.service tells more",
        ),
        (
            "clinic-kiosk-backup.timer",
            TIMER,
            {"ActiveState": "inactive"},
            "so nothing copies the check-ins; systemctl enable --now clinic-kiosk-backup.timer",
        ),
        (
            "clinic-kiosk-backup.service",
            BACKUP,
            {"Result": "exit-code", "ExecMainStatus": "3"},
            "backup: failed at Sun 2026-11-29 03:00:09 CST (status 3); journalctl -u",
        ),
    ],
)
def test_what_is_wrong_with_a_unit_is_marked_and_says_what_to_do(
    machine: Machine, page: Page, unit: str, told: str, changed: dict[str, str], words: str
) -> None:
    machine.is_a("lobby")
    machine.unit(unit, told, **changed)
    assert words in marked(page(code=1))


def test_a_systemd_that_does_not_answer_is_told(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    machine.add("systemctl", '[ "$1" = --version ]')
    assert "lobby: systemd does not answer" in marked(page(code=1))


def test_a_lobby_with_nothing_to_touch_or_press_is_marked(machine: Machine, page: Page) -> None:
    machine.is_a("lobby")
    (machine.folder / "inputs").write_text(INPUTS.partition("\n\n")[0])
    assert "nothing to check in with" in marked(page(code=1))


# Which version


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"clinic-kiosk {VERSION}, of 20")
    assert f'\nversion = "{VERSION}"\n' in (CHECKOUT / "pyproject.toml").read_text("utf-8")
