"""Spoken calls: what each voice is given to read, and how sounds follow one another."""

import io
import os
import shutil
import stat
import subprocess
import threading
import unicodedata
import wave
from datetime import time
from pathlib import Path

import pytest

from kiosk.languages.language import language
from kiosk.settings import is_quiet, spans
from kiosk.sound.announcer import STALE, Announcement, Announcer, chime
from kiosk.sound.speech import Phrase, phrase, version_of

OLD, NEW = (1, 51), (1, 52)
ENGLISH, CHINESE = language("en"), language("zh-Hans")
PATIENCE = 20.0
"""Seconds that a fake program may take on a busy machine."""


# What is said


def test_english_spells_the_ticket_digit_by_digit() -> None:
    said = phrase("A012", "2", ENGLISH, OLD)
    assert said == Phrase("Ticket number A, 0 1 2, room 2.", "en", 140)


def test_chinese_is_written_in_characters_for_a_voice_that_reads_them() -> None:
    said = phrase("A012", "2", CHINESE, NEW)
    assert said == Phrase("A 零 一 二 号，请到 2 号诊室。", "cmn", 165)


@pytest.mark.parametrize(
    ("ticket", "room", "text"),
    [
        ("A012", "2", "A ling2 yi1 er4 hao4, qing3 dao4 er4 hao4 zhen3 shi4"),
        ("B1040", "12", "B yi1 ling2 si4 ling2 hao4, qing3 dao4 shi2 er4 hao4 zhen3 shi4"),
        ("A007", "20", "A ling2 ling2 qi1 hao4, qing3 dao4 er4 shi2 hao4 zhen3 shi4"),
        ("A007", "3b", "A ling2 ling2 qi1 hao4, qing3 dao4 san1 B hao4 zhen3 shi4"),
        ("A007", "305", "A ling2 ling2 qi1 hao4, qing3 dao4 san1 ling2 wu3 hao4 zhen3 shi4"),
        ("A007", "白", "A ling2 ling2 qi1 hao4, qing3 kan4 ping2 mu4"),
        ("A007", "", "A ling2 ling2 qi1 hao4, qing3 kan4 ping2 mu4"),
    ],
)
def test_chinese_is_written_in_pinyin_for_a_voice_that_cannot(
    ticket: str, room: str, text: str
) -> None:
    assert phrase(ticket, room, CHINESE, OLD) == Phrase(text, "cmn-latn-pinyin", 165)


def test_a_room_with_a_name_is_called_by_it_where_the_voice_can_read_it() -> None:
    assert phrase("A012", "白", CHINESE, NEW).text == "A 零 一 二 号，请到 白。"
    asked = phrase("A012", "Garden", ENGLISH, OLD).text
    assert asked == "Ticket number A, 0 1 2, please go to Garden."
    for room in ("", "白"):
        look = phrase("A012", room, ENGLISH, OLD).text
        assert look == "Ticket number A, 0 1 2, please look at the screen."
    assert "ふじ" in phrase("A012", "ふじ", language("ja"), NEW).text


def test_japanese_is_in_kana_for_a_voice_that_knows_no_other_character() -> None:
    for room in ("2", "Garden", "富士", ""):
        said = phrase("A012", room, language("ja"), NEW).text
        letters = [unicodedata.name(sign) for sign in said if sign.isalpha()]
        assert all(name.startswith(("LATIN", "HIRAGANA", "KATAKANA")) for name in letters)


def test_a_language_without_texts_of_its_own_is_read_by_an_english_voice() -> None:
    assert phrase("A012", "2", language("sv"), NEW).voice == "en"


@pytest.mark.parametrize("tag", ["ja", "ko", "de", "fr", "es"])
def test_every_language_is_called_in_its_own_words_by_its_own_voice(tag: str) -> None:
    for room in ("2", "Garden", ""):
        said = phrase("A012", room, language(tag), NEW)
        assert said.voice == tag
        assert said.text != phrase("A012", room, ENGLISH, NEW).text
        assert room in said.text


def test_chinese_of_any_script_is_said_in_mandarin() -> None:
    assert phrase("A012", "2", language("zh-Hant"), NEW) == phrase("A012", "2", CHINESE, NEW)


def test_the_version_is_read_from_what_the_program_prints() -> None:
    assert version_of("eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/espeak-ng-data") == OLD
    assert version_of("eSpeak NG text-to-speech: 1.52.0  Data at: /usr") == NEW
    assert version_of("something else") == (0, 0)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("lang", [ENGLISH, CHINESE])
def test_the_installed_program_makes_sound_of_it(lang: object, tmp_path: Path) -> None:
    asked = subprocess.run(["espeak-ng", "--version"], capture_output=True, check=True, text=True)
    said = phrase("A012", "2", lang, version_of(asked.stdout))
    file = tmp_path / "said.wav"
    subprocess.run(
        ["espeak-ng", "-v", said.voice, "-w", file, "--stdin"], input=said.text.encode(), check=True
    )
    with wave.open(str(file)) as sound:
        assert sound.getnframes() / sound.getframerate() > 1.5
        assert any(sound.readframes(sound.getnframes()))


def test_the_chime_is_a_short_wav_that_fades_out() -> None:
    with wave.open(io.BytesIO(chime())) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 2
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 8000 < max(samples) < 32000
    assert abs(samples[0]) < 10, "a click at the start"
    assert max(abs(s) for s in samples[-200:]) < 500


# When nothing is said


@pytest.mark.parametrize(
    ("hours", "at", "quiet"),
    [
        (None, "12:00", False),
        ("21:00-08:00", "20:59", False),
        ("21:00-08:00", "21:00", True),
        ("21:00-08:00", "07:59", True),
        ("21:00-08:00", "08:00", False),
        ("12:00-13:30, 21:00-8:00", "13:29", True),
        ("12:00-13:30, 21:00-8:00", "13:30", False),
        ("00:00-24:00", "23:59", True),
    ],
)
def test_quiet_hours_may_go_over_midnight(hours: str | None, at: str, quiet: bool) -> None:
    assert is_quiet(hours, time.fromisoformat(at)) is quiet


@pytest.mark.parametrize(
    "text", ["night", "21:00", "21-8", "25:00-08:00", "08:00-08:00", "8:0-9:0"]
)
def test_quiet_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="21:00-08:00"):
        spans(text)


# How it is said


class Speakers:
    """A folder of fake programs, alone on PATH, that note what they were asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()
        self.failed = 0
        self.now = 0.0
        self.announcer = Announcer(self._fail, monotonic=lambda: self.now)

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


def begun(ticket: str) -> str:
    spelled = f"{ticket[0]}, {' '.join(ticket[1:])}"
    return f"begin -v en -s 140 --stdin Ticket number {spelled}, room 2."


def test_calls_are_said_one_after_another_and_never_over_one_another(speakers: Speakers) -> None:
    speakers.add_espeak()
    speakers.say("A012", "A013")
    speakers.say("A014")
    assert speakers.heard == [
        begun("A012"), "end", begun("A013"), "end", begun("A014"), "end",
    ]  # fmt: skip
    assert speakers.failed == 0
    speakers.say("A012")
    assert speakers.heard[6:] == [begun("A012"), "end"], "a recall speaks again"


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
def test_a_voice_that_fails_is_reported_and_the_next_call_is_said(
    speakers: Speakers, fault: str
) -> None:
    speakers.add_espeak(fault)
    speakers.say("A012", "A013")
    assert speakers.heard.count(begun("A013")) == 1
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


def test_a_call_that_waited_too_long_is_not_said(slow: Speakers) -> None:
    slow.say("A013")
    slow.now = STALE
    slow.say("A014")
    go_on(slow)
    assert slow.heard == [begun("A012"), "end", begun("A014"), "end"]


def test_who_has_come_in_meanwhile_is_not_called(slow: Speakers) -> None:
    slow.say("A013", "A014")
    slow.announcer.keep(["A012", "A014"])
    go_on(slow)
    assert slow.heard == [begun("A012"), "end", begun("A014"), "end"]


def test_a_call_repeated_while_it_waits_is_said_once(slow: Speakers) -> None:
    slow.say("A013", "A014")
    slow.say("A013")
    go_on(slow)
    assert slow.heard[2:] == [begun("A014"), "end", begun("A013"), "end"]


def test_closing_ends_what_is_being_said(slow: Speakers) -> None:
    slow.say("A013")
    slow.announcer.close()
    assert slow.heard == [begun("A012")]
    assert slow.failed == 0
    slow.say("A014")
    assert not any(thread.name == "announcer" for thread in threading.enumerate())
