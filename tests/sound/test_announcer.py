"""The announcer: how chime and sentences follow one another, and that no call is dropped."""

import io
import os
import stat
import subprocess
import threading
import wave
from pathlib import Path

import pytest

from kiosk.languages.language import language
from kiosk.sound.announcer import IN_A_SENTENCE, Announcement, Announcer
from kiosk.sound.sounds import LONGEST, chime

ENGLISH = language("en")
PATIENCE = 20.0
"""Seconds that a fake program may take on a busy machine."""


def test_the_chime_is_a_short_wav_that_fades_out() -> None:
    with wave.open(io.BytesIO(chime())) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 2
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 8000 < max(samples) < 32000
    assert abs(samples[0]) < 10, "a click at the start"
    assert max(abs(s) for s in samples[-200:]) < 500


class Speakers:
    """A folder of fake programs, alone on PATH, that note what they were asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()
        self.failed = 0
        self.announcer = Announcer(self._fail)

    def _fail(self) -> None:
        self.failed += 1

    def add(self, name: str, *lines: str) -> None:
        program = self.folder / name
        version = 'case "$1" in --version) echo "NG 1.51"; exit;; esac'
        program.write_text("\n".join(["#!/bin/sh", version, *lines]))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def add_espeak(self, *lines: str) -> None:
        self.add(
            "espeak-ng", f'read said; echo "begin $* $said" >>{self.log}', *lines,
            f'echo end >>{self.log}',
        )  # fmt: skip

    def say(self, *tickets: str) -> None:
        self.announcer.announce([Announcement(ticket, "2", ENGLISH) for ticket in tickets])

    @property
    def heard(self) -> list[str]:
        assert self.announcer.wait(PATIENCE)
        return self.log.read_text().splitlines()


@pytest.fixture
def speakers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speakers:
    monkeypatch.setenv("PATH", str(tmp_path))
    return Speakers(tmp_path)


def begun(*tickets: str) -> str:
    """What the log has once the voice has begun with these, all to room 2."""
    calls = "; ".join(f"{ticket[0]}, {' '.join(ticket[1:])}, room 2" for ticket in tickets)
    number = "number" if len(tickets) == 1 else "numbers"
    return f"begin -v en -s 140 --stdin Ticket {number} {calls}."


def test_one_call_after_another_is_a_sentence_each_and_a_recall_is_said_again(
    speakers: Speakers,
) -> None:
    speakers.add_espeak()
    for ticket in ("A012", "A013", "A012"):
        speakers.say(ticket)
        assert speakers.heard[-2:] == [begun(ticket), "end"]
    assert len(speakers.heard) == 6
    assert speakers.failed == 0


def test_several_calls_at_once_are_one_sentence_after_one_chime(speakers: Speakers) -> None:
    speakers.add("aplay", f"echo chime >>{speakers.log}")
    speakers.add_espeak()
    speakers.say("A012", "A013", "A014")
    assert speakers.heard == ["chime", begun("A012", "A013", "A014"), "end"]


def test_what_is_called_while_the_chime_sounds_is_in_the_same_sentence(
    speakers: Speakers,
) -> None:
    os.mkfifo(speakers.folder / "go")
    os.mkfifo(speakers.folder / "begun")
    speakers.add(
        "aplay", f"echo >{speakers.folder}/begun", f"read go <{speakers.folder}/go",
        f"echo chime >>{speakers.log}",
    )  # fmt: skip
    speakers.add_espeak()
    speakers.say("A012")
    (speakers.folder / "begun").read_bytes()
    speakers.say("A013")
    go_on(speakers)
    assert speakers.heard == ["chime", begun("A012", "A013"), "end"]


def test_each_language_has_a_sentence_of_its_own_the_earliest_call_first(
    speakers: Speakers,
) -> None:
    speakers.add("aplay", f"echo chime >>{speakers.log}")
    speakers.add_espeak()
    tags = {"A012": "de", "A013": "zh-Hans", "A014": "de", "A015": "zh-Hant"}
    speakers.announcer.announce(
        [Announcement(ticket, "2", language(tag)) for ticket, tag in tags.items()]
    )
    chimed, german, _, mandarin, _ = speakers.heard
    assert chimed == "chime"
    assert german.endswith("Nummern A, 0 1 2, Raum 2; A, 0 1 4, Raum 2.")
    assert "san1 hao4" in mandarin
    assert "wu3 hao4" in mandarin


def test_however_many_wait_every_one_of_them_is_said_in_its_turn(speakers: Speakers) -> None:
    speakers.add("aplay", f"echo chime >>{speakers.log}")
    speakers.add_espeak()
    tickets = [f"A{number:03}" for number in range(1, 3 * IN_A_SENTENCE + 2)]
    speakers.say(*tickets)
    said = [line for line in speakers.heard if line.startswith("begin")]
    at = range(0, len(tickets), IN_A_SENTENCE)
    assert said == [begun(*tickets[first : first + IN_A_SENTENCE]) for first in at]
    assert speakers.heard.count("chime") == 1


def test_a_chime_comes_before_the_words(speakers: Speakers) -> None:
    speakers.add("pw-play", "exit 1")
    speakers.add("aplay", f'read riff <"$2"; echo "aplay $1" >>{speakers.log}')
    speakers.add_espeak()
    speakers.say("A012")
    assert speakers.heard == ["aplay -q", begun("A012"), "end"]


def test_without_a_voice_the_chime_is_enough(speakers: Speakers) -> None:
    assert not speakers.announcer.can_be_heard
    speakers.add("paplay", f"echo chime >>{speakers.log}")
    assert speakers.announcer.can_be_heard
    speakers.say("A012")
    assert (speakers.heard, speakers.failed) == (["chime"], 0)


@pytest.mark.parametrize("fault", ["exit 3", "echo 'error: no sound card' >&2", "kill -9 $$"])
def test_a_voice_that_fails_is_reported_once_a_sentence_and_the_next_one_is_said(
    speakers: Speakers, fault: str
) -> None:
    speakers.add_espeak(fault)
    tickets = [f"A{number:03}" for number in range(1, IN_A_SENTENCE + 2)]
    speakers.say(*tickets)
    assert speakers.heard.count(begun(tickets[-1])) == 1
    assert speakers.failed == 2


def test_a_program_that_cannot_be_run_at_all_is_reported(speakers: Speakers) -> None:
    (speakers.folder / "espeak-ng").write_text("#!/no/such/shell\n")
    (speakers.folder / "espeak-ng").chmod(0o755)
    speakers.say("A012")
    assert speakers.heard == []
    assert speakers.failed == 1


@pytest.fixture
def slow(speakers: Speakers) -> Speakers:
    """Speakers whose voice is in the middle of A012 until `go` is written to a pipe."""
    os.mkfifo(speakers.folder / "go")
    os.mkfifo(speakers.folder / "begun")
    pause = f"echo >{speakers.folder}/begun; read go <{speakers.folder}/go"
    speakers.add_espeak(f'case "$said" in *"0 1 2"*) {pause};; esac')
    speakers.say("A012")
    (speakers.folder / "begun").read_bytes()
    return speakers


def go_on(speakers: Speakers) -> None:
    (speakers.folder / "go").write_text("\n")


def test_a_long_sentence_may_take_as_long_as_its_calls_would_one_by_one(
    speakers: Speakers, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    communicate = subprocess.Popen.communicate

    def noted(process: object, text: bytes, timeout: float) -> object:
        given.append(timeout)
        return communicate(process, text, timeout)

    speakers.add_espeak()
    speakers.say("A001")
    assert speakers.heard, "the version is known"
    monkeypatch.setattr(subprocess.Popen, "communicate", noted)
    speakers.say("A001")
    assert speakers.heard
    speakers.say("A001", "A002", "A003")
    assert speakers.heard
    assert given == [LONGEST, 3 * LONGEST]


def test_who_has_come_in_meanwhile_is_not_called(slow: Speakers) -> None:
    slow.say("A013", "A014")
    slow.announcer.keep(["A012", "A014"])
    go_on(slow)
    assert slow.heard == [begun("A012"), "end", begun("A014"), "end"]


def test_a_call_repeated_while_it_waits_keeps_its_place_and_is_said_once(slow: Speakers) -> None:
    slow.say("A013", "A014")
    slow.say("A013")
    go_on(slow)
    assert slow.heard[2:] == [begun("A013", "A014"), "end"]


def test_a_call_that_waits_is_said_to_the_room_it_was_called_to_last(slow: Speakers) -> None:
    slow.announcer.announce([Announcement("A013", "1", ENGLISH)])
    slow.say("A013")
    go_on(slow)
    assert slow.heard[2:] == [begun("A013"), "end"]


def test_closing_ends_what_is_being_said(slow: Speakers) -> None:
    slow.say("A013")
    slow.announcer.close()
    assert slow.heard == [begun("A012")]
    assert slow.failed == 0
    slow.say("A014")
    assert not any(thread.name == "announcer" for thread in threading.enumerate())
