"""Versions beside one another: which one is used, and how one comes back."""

import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from folder_machine import FolderMachine
from installer.machine import Machine
from test_deploy_install import LOBBY, begin_day


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    """A machine with one version in use."""
    made = FolderMachine(tmp_path)
    assert made.install()[0] == 0
    made.forget_calls()
    return made


def update(machine: FolderMachine, number: int) -> str:
    machine.change("content/news", str(number))
    code, said = machine.install()
    assert code == 0, said
    return machine.version


def test_an_update_is_a_version_of_its_own_and_is_started(
    machine: FolderMachine,
) -> None:
    first = machine.version
    second = update(machine, 2)
    assert first != second
    assert machine.kept == {first, second}
    assert f"restart {LOBBY}" in machine.called("systemctl")


@pytest.mark.wide
def test_two_versions_stay(machine: FolderMachine) -> None:
    _, second, third = machine.version, update(machine, 2), update(machine, 3)
    assert machine.kept == {second, third}
    assert machine.version == third


def test_where_the_new_version_does_not_answer_the_last_one_is_back(machine: FolderMachine) -> None:
    first = machine.version
    machine.change("content/broken")
    machine.change("deploy/clinic-kiosk-new.service", "[Unit]\n")
    code, said = machine.install("--language", "ja")
    assert code == 3
    assert f"{first} is in use again" in said
    assert machine.version == first
    assert machine.kept == {first}
    assert machine.called("systemctl")[-1] == f"restart {LOBBY}"
    assert not (machine.units / "clinic-kiosk-new.service").exists()
    assert "language" not in machine.settings.read_text(encoding="utf-8")


@pytest.mark.wide
def test_a_board_that_does_not_answer_leaves_the_lobby_that_was(machine: FolderMachine) -> None:
    first = machine.version
    machine.change("content/broken")
    assert machine.install("--role", "board")[0] == 3
    assert machine.version == first
    assert machine.called("systemctl")[-1] == f"restart {LOBBY}"
    assert [unit.name for unit in machine.units.glob("*.wants/*@*")] == [LOBBY]


@pytest.mark.wide
@pytest.mark.parametrize(
    ("how", "sentence"),
    [("unfit", "clinic.toml name: it is unfit"), ("crashes", "Traceback: it crashed")],
)
def test_where_the_check_fails_the_last_one_never_noticed(
    machine: FolderMachine, how: str, sentence: str
) -> None:
    first = machine.version
    machine.change(f"content/{how}")
    code, said = machine.install()
    assert (code, sentence in said, "player" in said) == (1, True, False)
    assert (machine.version, machine.kept) == (first, {first})
    assert not [words for words in machine.called("systemctl") if LOBBY in words]


@pytest.mark.wide
def test_a_first_version_that_does_not_answer_says_where_to_look(tmp_path: Path) -> None:
    machine = FolderMachine(tmp_path)
    machine.change("content/broken")
    code, said = machine.install()
    assert (code, "journalctl" in said) == (1, True)


@pytest.mark.wide
def test_in_a_chroot_the_check_has_to_do(tmp_path: Path) -> None:
    machine = FolderMachine(tmp_path)
    (machine.root / "run/systemd/system").rmdir()
    assert machine.install()[0] == 0
    assert f"--quiet enable {LOBBY}" in machine.called("systemctl")
    assert f"restart {LOBBY}" not in machine.called("systemctl")


def test_back_returns_to_the_version_before_and_back_again(machine: FolderMachine) -> None:
    first, second = machine.version, update(machine, 2)
    code, said = machine.install("--back")
    assert (code, f"{first} is in use again" in said) == (0, True)
    assert machine.version == first
    assert machine.called("systemctl")[-1] == f"restart {LOBBY}"
    machine.install("--back")
    assert machine.version == second


@pytest.mark.wide
def test_back_names_the_days_that_the_older_version_could_not_read(machine: FolderMachine) -> None:
    second = update(machine, 2)
    for day, number in (("2026-11-22", 1), ("2026-11-23", 2), ("2026-11-24", 3)):
        begin_day(machine, day, format=number)
    machine.forget_calls()
    code, said = machine.install("--back")
    assert code == 1
    assert "newer format: downtown 2026-11-24. " in said
    assert machine.version == second
    assert machine.called("systemctl") == []


@pytest.mark.wide
def test_back_refuses_where_the_older_version_does_not_know_the_settings(
    machine: FolderMachine,
) -> None:
    (machine.link.resolve() / "content/unfit").touch()  # as a setting unknown to it would do
    second = update(machine, 2)
    code, said = machine.install("--back")
    assert (code, "cannot work here" in said) == (1, True)
    assert machine.version == second


@pytest.mark.wide
def test_an_installation_that_is_interrupted_leaves_nothing_half_made(
    machine: FolderMachine,
) -> None:
    before = machine.everything()
    (machine.root / "slow").touch()
    machine.change("content/news", "2")
    said = machine.interrupt(machine.start("install"), machine.root / "waits")
    assert "Nothing half-made is left" in said
    for name in ("slow", "waits"):
        (machine.root / name).unlink()
    assert machine.everything() == before


def test_a_command_that_has_just_begun_ends_with_whoever_stopped_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    class Begins(subprocess.Popen):
        def __init__(self, *words: Any, **more: Any) -> None:
            super().__init__(*words, **more)
            begun.append(self)
            signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    monkeypatch.setattr(subprocess, "Popen", Begins)
    try:
        with pytest.raises(KeyboardInterrupt):
            Machine(tmp_path).code("sleep", "60")
        assert begun[0].poll() == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)
        begun[0].kill()
        begun[0].wait()


@pytest.mark.wide
def test_interrupted_while_the_new_one_starts_the_last_one_is_back(machine: FolderMachine) -> None:
    first = machine.version
    machine.change("content/stuck")
    running = machine.start("install")
    machine.interrupt(running, machine.link / "content/stuck")
    assert running.returncode == 1
    assert (machine.version, machine.kept) == (first, {first})
    assert machine.called("systemctl")[-1] == f"restart {LOBBY}"


@pytest.mark.wide
def test_what_a_power_cut_left_is_cleared_away(machine: FolderMachine) -> None:
    (machine.versions / ".unfinished-0.1.0-aaaaaaaa-x").mkdir()
    machine.install()
    assert machine.kept == {machine.version}


def test_uninstalled_the_program_is_gone_and_all_that_people_made_is_there(
    machine: FolderMachine,
) -> None:
    begin_day(machine, "2026-11-23")
    mine = {name for name in machine.everything() if name.startswith(("var", "etc/clinic"))}
    code, said = machine.run("uninstall")
    assert code == 0
    assert "Kept: " in said
    left = {name for name in machine.everything() if not name.startswith("run")}
    assert left - {"etc/os-release", "checked"} == mine
    assert f"--quiet disable --now {LOBBY}" in machine.called("systemctl")


def test_data_go_only_after_the_sentence(machine: FolderMachine) -> None:
    begin_day(machine, "2026-11-23")
    before = machine.everything()
    code, said = machine.run("uninstall", "--data", typed="yes\n")
    assert (code, "Nothing was removed" in said) == (1, True)
    assert machine.everything() == before
    machine.run("uninstall", "--data", typed="remove all check-ins for good\n")
    assert not (machine.root / "var/lib/clinic-kiosk").exists()
    assert not machine.settings.exists()
