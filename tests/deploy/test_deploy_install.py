"""deploy/install on a machine that is only a folder: what it does, refuses and undoes."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from folder_machine import FolderMachine
from installer.machine import CannotError, Machine
from ptyprocess import PtyProcessUnicode
from siblings import siblings

LOBBY = "clinic-kiosk@lobby.service"


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    return FolderMachine(tmp_path)


def settings(machine: FolderMachine) -> dict[str, object]:
    return tomllib.loads(machine.settings.read_text(encoding="utf-8"))


def begin_day(machine: FolderMachine, day: str, **head: int) -> None:
    folder = machine.root / "var/lib/clinic-kiosk/downtown"
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"n": 1, "head": {**head, "day": day}})
    (folder / f"{day}.jsonl").write_text(f"{'0' * 32} {line}\n", encoding="utf-8")


def test_one_command_makes_a_lobby_and_says_what_to_do_next(machine: FolderMachine) -> None:
    code, said = machine.install("--role", "lobby", "--location", "minhang", "--rooms", "1, Lab")
    assert code == 0
    assert [line[:2] for line in said.splitlines()[-5:]] == ["1.", "2.", "3.", "4.", "5."]
    assert (machine.link / "run_kiosk.py").is_file()
    assert settings(machine) == {
        "location": "minhang",
        "rooms": [{"name": "1"}, {"name": "Lab"}],
        "backup_dir": "/var/backups/clinic-kiosk",
    }
    assert f"restart {LOBBY}" in machine.called("systemctl")
    assert any("cage foot seatd" in words for words in machine.called("apt-get"))
    for timer in ("backup", "retention", "appointments"):
        assert (machine.units / f"clinic-kiosk-{timer}.timer").is_file()
        assert any(f"clinic-kiosk-{timer}.timer" in words for words in machine.called("systemctl"))
    assert (machine.root / "etc/sysctl.d").is_dir()


def test_the_new_version_was_checked_with_the_settings_it_will_have(machine: FolderMachine) -> None:
    machine.install("--role", "lobby", "--hours", "Mo-Fr 09:00-18:00")
    checked = (machine.root / "checked").read_text(encoding="utf-8")
    assert 'hours = "Mo-Fr 09:00-18:00"' in checked
    assert checked == machine.settings.read_text(encoding="utf-8")


def test_nobody_but_root_can_write_in_a_version(machine: FolderMachine) -> None:
    (machine.checkout / "run_kiosk.py").chmod(0o777)
    (machine.checkout / "content/clinic.toml").chmod(0o600)
    machine.install()
    modes = {path.name: path.stat().st_mode & 0o777 for path in machine.link.resolve().rglob("*")}
    assert (modes["run_kiosk.py"], modes["clinic.toml"], modes["content"]) == (0o755, 0o644, 0o755)
    assert not [name for name, mode in modes.items() if name != "python" and mode & 0o022]


def test_a_second_run_changes_nothing_and_starts_nothing_anew(machine: FolderMachine) -> None:
    machine.install()
    before = machine.everything()
    machine.forget_calls()
    assert machine.install()[0] == 0
    assert machine.everything() == before
    assert not [words for words in machine.called("systemctl") if words.startswith("restart")]


@pytest.mark.wide
def test_without_a_role_the_machine_stays_what_it_is(machine: FolderMachine) -> None:
    machine.install("--role", "board")
    machine.change("content/news")
    code, said = machine.install("--location", "downtown")
    assert (code, "for board" in said) == (0, True)


@pytest.mark.wide
def test_a_lobby_becomes_a_board_and_takes_the_staffs_logins_too(machine: FolderMachine) -> None:
    machine.install()
    machine.install("--role", "staff")
    assert (machine.root / "etc/ssh/sshd_config.d/20-clinic-kiosk.conf").is_file()
    code, said = machine.install("--role", "board")
    assert (code, "for board and staff" in said) == (0, True)
    assert f"--quiet disable --now {LOBBY}" in machine.called("systemctl")


def test_settings_that_stand_there_stay_as_they_are(machine: FolderMachine) -> None:
    own = '# ours\nlocation = "downtown"\n[[rooms]]\nname = "7"\n'
    machine.settings.parent.mkdir()
    machine.settings.write_text(own, encoding="utf-8")
    code, said = machine.install("--role", "lobby", "--location", "minhang", "--language", "ja")
    assert code == 0
    assert "location was set already" in said
    assert machine.settings.read_text(encoding="utf-8").endswith(own)
    assert settings(machine) == {
        "language": "ja",
        "backup_dir": "/var/backups/clinic-kiosk",
        "location": "downtown",
        "rooms": [{"name": "7"}],
    }


def test_data_and_keys_are_never_touched(machine: FolderMachine) -> None:
    begin_day(machine, "2026-11-23")
    key = machine.root / "var/lib/clinic-kiosk-keys/downtown.key"
    key.parent.mkdir(mode=0o700)
    key.write_text("secret", encoding="utf-8")
    before = {name: one for name, one in machine.everything().items() if name.startswith("var")}
    machine.install()
    after = machine.everything()
    assert before.items() <= after.items()
    assert not [words for words in machine.called("chown") if "clinic-kiosk-keys" in words]


def test_four_questions_are_asked_where_somebody_is_there(machine: FolderMachine) -> None:
    words = [str(machine.checkout / "deploy/install"), "--role", "lobby", "--root"]
    asked = PtyProcessUnicode.spawn([*words, str(machine.root)], env=machine.environment())
    said = ""
    for question, answer in (
        ("stand?", "nowhere"),
        ("There is no location 'nowhere'. There are: downtown, minhang.", ""),
        ("stand?", "minhang"),
        ("begin with?", ""),
        ("Opening hours", "Mo-Fr 09:00-18:00"),
        ("Rooms", "1, 2"),
    ):
        while question not in said:
            said += asked.read()
        said = said.partition(question)[2]
        if answer or question != "There is no location 'nowhere'. There are: downtown, minhang.":
            asked.write(f"{answer}\n")
    while asked.isalive():
        try:
            asked.read()
        except EOFError:
            break
    assert asked.wait() == 0
    assert settings(machine) == {
        "location": "minhang",
        "hours": "Mo-Fr 09:00-18:00",
        "rooms": [{"name": "1"}, {"name": "2"}],
        "backup_dir": "/var/backups/clinic-kiosk",
    }


@siblings(
    2,
    ("words", "environment", "sentence"),
    [
        (("--role", "lobby"), {"FAKE_UID": "1000"}, "Run this as root"),
        (("--role", "lobby"), {"FAKE_ARCHITECTURE": "armhf"}, "The kiosk needs a 64-bit one"),
        (("--role", "lobby"), {"FAKE_NO_SYSTEMD": "yes"}, "no systemd"),
        (("--location", "minhang"), {}, "What is this machine for?"),
        (("--role", "lobby", "--location", "moon"), {}, "There is no location 'moon'."),
        (("--role", "lobby", "--language", "xx"), {}, "There is no language 'xx'."),
        (("--back",), {}, "There is no version before this one"),
    ],
)
def test_what_does_not_suit_is_refused_in_a_sentence(
    machine: FolderMachine, words: tuple[str, ...], environment: dict[str, str], sentence: str
) -> None:
    before = machine.everything()
    code, said = machine.install(*words, **environment)
    assert (code, sentence in said, len(said.splitlines())) == (1, True, 1)
    assert machine.everything() == before


def test_settings_that_are_no_text_are_refused_and_stay(machine: FolderMachine) -> None:
    machine.settings.parent.mkdir(parents=True)
    machine.settings.write_bytes(b'location = "\xff"')
    before = machine.everything()
    code, said = machine.install()
    assert (code, said) == (1, f"{machine.settings} is no text in UTF-8.\n")
    assert machine.everything() == before


def test_another_system_is_refused(machine: FolderMachine) -> None:
    (machine.root / "etc/os-release").write_text(
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
        encoding="utf-8",
    )
    code, said = machine.install()
    assert (code, said.startswith("This is Debian GNU/Linux 12 (bookworm).")) == (1, True)


def test_a_machine_without_room_is_refused(
    machine: FolderMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in machine.environment().items():
        monkeypatch.setenv(name, value)
    here = Machine(machine.root)
    here.require_suitable()
    full = shutil.disk_usage(machine.root)._replace(free=300 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(CannotError, match="/opt has 300 MB free; 700 are needed"):
        here.require_suitable()


def test_a_machine_with_a_desktop_is_refused(machine: FolderMachine) -> None:
    machine.units.mkdir(parents=True)
    (machine.units / "display-manager.service").symlink_to("/lib/systemd/system/lightdm.service")
    code, said = machine.install()
    assert (code, "has a desktop (lightdm.service)" in said) == (1, True)


def test_an_installation_by_hand_is_never_overwritten(machine: FolderMachine) -> None:
    machine.link.mkdir()
    (machine.link / "precious").touch()
    code, said = machine.install()
    assert (code, "Move it away" in said) == (1, True)
    assert (machine.link / "precious").exists()


def test_no_such_role_is_a_wrong_command_line(machine: FolderMachine) -> None:
    assert machine.install("--role", "pharmacy")[0] == 2
