"""`board --sound-test`: what is played, what is said of it, and the exit code."""

from pathlib import Path

import pytest

from kiosk.cli import main

PROGRAM = """#!/bin/sh
case "$1" in --version) echo 1.52; exit;; esac
read said
"""


class Sounding:
    """A machine with a voice and a player that note what they were given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()
        self.add("aplay", f"echo chime >>{self.log}")
        self.add("espeak-ng", f'echo "$2 $said" >>{self.log}')

    def add(self, name: str, script: str) -> None:
        file = self.folder / name
        file.write_text(PROGRAM + script)
        file.chmod(0o755)

    @property
    def heard(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def sounding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sounding:
    monkeypatch.setenv("PATH", str(tmp_path))
    return Sounding(tmp_path)


def run(*options: str) -> int:
    return main(["board", "--sound-test", *options])


def test_the_chime_and_each_voice_are_heard_once(
    sounding: Sounding, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    chime, *said = sounding.heard
    assert chime == "chime"
    assert [line.split()[0] for line in said] == ["cmn", "en", "ja", "ko", "de", "fr", "es"]
    assert "cmn A 零 一 二 号，请到 2 号诊室。" in said
    told = capsys.readouterr().out
    assert "2/8  中文, 繁體中文: A 零 一 二 号，请到 2 号诊室。" in told
    assert "3/8  English: Ticket number A, 0 1 2, room 2." in told
    assert "All 8 were played to the end." in told
    assert "If you heard nothing" in told


def test_only_the_languages_that_are_offered_here_are_played(
    sounding: Sounding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_LANGUAGES", "en,de")
    assert run() == 0
    assert [line.split()[0] for line in sounding.heard] == ["chime", "en", "de"]


def test_what_cannot_be_played_is_named_with_its_reason_and_the_rest_is_played(
    sounding: Sounding, capsys: pytest.CaptureFixture[str]
) -> None:
    sounding.add("aplay", "echo 'audio open error: No such \x1b[31m device' >&2; exit 1")
    sounding.add("espeak-ng", f'[ "$2" = ko ] && exit 3; echo "$2 $said" >>{sounding.log}')
    assert run() == 1
    told = capsys.readouterr().out
    assert "NOT PLAYED: aplay says: audio open error: No such" in told
    assert "\x1b" not in told
    assert "NOT PLAYED: espeak-ng says: it ended with 3" in told
    assert "2 of 8 could not be played." in told
    assert len(sounding.heard) == 6


def test_where_no_program_is_there_it_says_what_to_install(
    sounding: Sounding, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("aplay", "espeak-ng"):
        (sounding.folder / name).unlink()
    assert run() == 1
    told = capsys.readouterr().out
    assert "no program for it is installed; apt install alsa-utils" in told
    assert "no program for it is installed; apt install espeak-ng" in told


def test_it_is_played_in_quiet_hours_too(
    sounding: Sounding, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_QUIET_HOURS", "00:00-24:00")
    assert run() == 0
    assert "It sounds in the quiet hours (00:00-24:00) too." in capsys.readouterr().out
    assert len(sounding.heard) == 8


def test_ctrl_c_ends_what_sounds_and_says_so(
    sounding: Sounding, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kiosk.sound.sounds import Sounds

    def interrupted(sounds: Sounds) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Sounds, "chime", interrupted)
    assert run() == 130
    assert capsys.readouterr().out.endswith("Stopped.\n")
    assert sounding.heard == []
