"""Staff over ssh: whose key opens what, and what the other side can send along."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from folder_machine import CHECKOUT, FolderMachine
from ptyprocess import PtyProcessUnicode

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq7r0m4w1uPzWq0o9Qy1k8mJxw0bEoDk2k3mT3XxQ0k"
OTHER = KEY.replace("AAAAIB", "AAAAIC")


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    made = FolderMachine(tmp_path)
    made.settings.parent.mkdir()
    return made


def lines(machine: FolderMachine) -> list[str]:
    return machine.settings.with_name("staff-keys").read_text(encoding="utf-8").splitlines()


def test_a_key_opens_one_program_with_one_account(machine: FolderMachine) -> None:
    assert machine.run("staff-key", "--add", "Lin", typed=f"{KEY} lin@laptop\n")[0] == 0
    opens = "restrict,pty,command=\"/opt/clinic-kiosk/deploy/staff 'Lin'\""
    assert lines(machine) == [f"{opens} {KEY} clinic-kiosk"]


def test_any_name_comes_to_the_program_as_it_is(machine: FolderMachine) -> None:
    for name, key in (("王 O'Neil; reboot", KEY), ("$(reboot)", OTHER)):
        machine.run("staff-key", "--add", name, typed=key)
    for line, name in zip(lines(machine), ("王 O'Neil; reboot", "$(reboot)"), strict=True):
        command = line.split('"')[1].replace("/opt/clinic-kiosk/deploy/staff", "printf %s")
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        assert done.stdout == name


@pytest.mark.parametrize(
    "given",
    [
        "",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        f'command="sh" {KEY}',
        f"{KEY}\n{OTHER}",
        f"{KEY} fine\nssh-rsa AAAA other",
    ],
)
def test_what_is_no_single_public_key_is_refused(machine: FolderMachine, given: str) -> None:
    code, said = machine.run("staff-key", "--add", "Lin", typed=given)
    assert (code, "no public key" in said) == (1, True)
    assert not machine.settings.with_name("staff-keys").exists()


def test_one_key_is_one_persons_and_can_be_taken_away(machine: FolderMachine) -> None:
    machine.run("staff-key", "--add", "Lin", typed=KEY)
    code, said = machine.run("staff-key", "--add", "Mei", typed=KEY)
    assert (code, "is Lin's already" in said) == (1, True)
    machine.run("staff-key", "--add", "Mei", typed=OTHER)
    assert machine.run("staff-key", "--list")[1].split() == ["Lin", "Mei"]
    machine.run("staff-key", "--remove", "Lin")
    assert machine.run("staff-key", "--list")[1].split() == ["Mei"]
    assert machine.run("staff-key", "--remove", "Lin")[0] == 1


def test_a_file_that_is_no_text_is_no_key(machine: FolderMachine, tmp_path: Path) -> None:
    picture = tmp_path / "picture"
    picture.write_bytes(b"\x89PNG\xff")
    code, said = machine.run("staff-key", "--add", "Lin", str(picture))
    assert (code, said) == (1, f"{picture} is no text in UTF-8.\n")
    assert machine.run("staff-key", "--list") == (0, "")


@pytest.fixture
def deploy(tmp_path: Path) -> Path:
    """The forced command, beside a launcher that prints what it was given and the environment."""
    folder = tmp_path / "deploy"
    folder.mkdir()
    shutil.copy(CHECKOUT / "deploy/staff", folder)
    (folder / "kiosk").write_text('#!/bin/sh\necho "asked: $*"\nenv\n', encoding="utf-8")
    (folder / "kiosk").chmod(0o755)
    return folder


def given_over_ssh(deploy: Path, **environment: str) -> list[str]:
    path = {"PATH": os.environ["PATH"]}
    running = PtyProcessUnicode.spawn([str(deploy / "staff"), "Lin"], env=path | environment)
    said = ""
    try:
        while True:
            said += running.read()
    except EOFError:
        running.wait()
    return said.split("\r\n")


def test_nothing_of_what_the_other_side_sends_is_passed_on(deploy: Path) -> None:
    given = given_over_ssh(
        deploy,
        TERM="xterm-256color",
        SSH_CONNECTION="192.0.2.1 50000 192.0.2.2 22",
        SSH_ORIGINAL_COMMAND="lobby; sh",
        CLINIC_KIOSK_DATA_DIR="/tmp/mine",
        PYTHONPATH="/tmp/mine",
        LD_PRELOAD_OF_MINE="yes",
        LC_ALL="de_DE",
        TEXTUAL="debug",
    )
    assert given[0] == "asked: staff --account Lin"
    told = {line.partition("=")[0] for line in given[1:] if line}
    assert told - {"PWD", "_", "SHLVL", "OLDPWD"} == {
        *("PATH", "LANG", "TERM", "SSH_CONNECTION", "CLINIC_KIOSK_CONFIG"),
        *("CLINIC_KIOSK_DATA_DIR", "CLINIC_KIOSK_KEYS_DIR"),
    }
    assert "CLINIC_KIOSK_DATA_DIR=/var/lib/clinic-kiosk" in given
    assert "LANG=C.UTF-8" in given


@pytest.mark.parametrize(
    ("term", "sent", "colours"),
    [
        ("foot", "", True),
        ("xterm-kitty", "", True),
        ("xterm-256color", "", False),
        ("xterm-256color", "truecolor", True),
        ("xterm-256color", "yes; reboot", False),
    ],
)
def test_all_colours_only_where_the_terminal_has_them(
    deploy: Path, term: str, sent: str, colours: bool
) -> None:
    given = given_over_ssh(deploy, TERM=term, COLORTERM=sent)
    assert ("COLORTERM=truecolor" in given) == colours
    assert f"TERM={term}" in given


@pytest.mark.parametrize("term", ["", "dumb", "../../etc", "x;y"])
def test_a_terminal_that_cannot_be_one_is_taken_for_a_plain_one(deploy: Path, term: str) -> None:
    assert "TERM=xterm" in given_over_ssh(deploy, TERM=term)


def test_without_a_terminal_nothing_starts(deploy: Path) -> None:
    done = subprocess.run(
        [deploy / "staff", "Lin"], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs a terminal" in done.stderr
