"""Spoken calls: what each voice is given to read."""

import shutil
import subprocess
import unicodedata
import wave
from datetime import time
from pathlib import Path

import pytest

from kiosk.languages.language import language
from kiosk.settings import is_quiet, spans
from kiosk.sound.speech import Call, Phrase, phrase, version_of

OLD, NEW = (1, 51), (1, 52)
ENGLISH, CHINESE = language("en"), language("zh-Hans")


# What is said


def test_english_spells_the_ticket_digit_by_digit() -> None:
    said = phrase([Call("A012", "2")], ENGLISH, OLD)
    assert said == Phrase("Ticket number A, 0 1 2, room 2.", "en", 140)


def test_chinese_is_written_in_characters_for_a_voice_that_reads_them() -> None:
    said = phrase([Call("A012", "2")], CHINESE, NEW)
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
    assert phrase([Call(ticket, room)], CHINESE, OLD) == Phrase(text, "cmn-latn-pinyin", 165)


def test_a_room_with_a_name_is_called_by_it_where_the_voice_can_read_it() -> None:
    assert phrase([Call("A012", "白")], CHINESE, NEW).text == "A 零 一 二 号，请到 白。"
    asked = phrase([Call("A012", "Garden")], ENGLISH, OLD).text
    assert asked == "Ticket number A, 0 1 2, please go to Garden."
    for room in ("", "白"):
        look = phrase([Call("A012", room)], ENGLISH, OLD).text
        assert look == "Ticket number A, 0 1 2, please look at the screen."
    assert "ふじ" in phrase([Call("A012", "ふじ")], language("ja"), NEW).text


def test_japanese_is_in_kana_for_a_voice_that_knows_no_other_character() -> None:
    for room in ("2", "Garden", "富士", ""):
        said = phrase([Call("A012", room)], language("ja"), NEW).text
        letters = [unicodedata.name(sign) for sign in said if sign.isalpha()]
        assert all(name.startswith(("LATIN", "HIRAGANA", "KATAKANA")) for name in letters)


def test_a_language_without_texts_of_its_own_is_read_by_an_english_voice() -> None:
    assert phrase([Call("A012", "2")], language("sv"), NEW).voice == "en"


@pytest.mark.parametrize("tag", ["ja", "ko", "de", "fr", "es"])
def test_every_language_is_called_in_its_own_words_by_its_own_voice(tag: str) -> None:
    for room in ("2", "Garden", ""):
        said = phrase([Call("A012", room)], language(tag), NEW)
        assert said.voice == tag
        assert said.text != phrase([Call("A012", room)], ENGLISH, NEW).text
        assert room in said.text


def test_chinese_of_any_script_is_said_in_mandarin() -> None:
    assert phrase([Call("A012", "2")], language("zh-Hant"), NEW) == phrase(
        [Call("A012", "2")], CHINESE, NEW
    )


TWO = [Call("A012", "2"), Call("A013", "")]


@pytest.mark.parametrize(
    ("tag", "version", "text"),
    [
        ("en", NEW, "Ticket numbers A, 0 1 2, room 2; A, 0 1 3, please look at the screen."),
        ("de", NEW, "Nummern A, 0 1 2, Raum 2; A, 0 1 3, bitte auf den Bildschirm schauen."),
        ("fr", NEW, "Numéros A, 0 1 2, salle 2; A, 0 1 3, veuillez regarder l'écran."),
        ("es", NEW, "Números A, 0 1 2, sala 2; A, 0 1 3, mire la pantalla."),
        (
            "ja",
            NEW,
            "A, 0 1 2 ばんの かたわ 2 ごうしつえ、"
            "A, 0 1 3 ばんの かたわ がめんを ごらんのうえ おこしください。",
        ),
        (
            "ko",
            NEW,
            "A, 0 1 2번 고객님은 2번 진료실로, A, 0 1 3번 고객님은 화면을 보시고 오세요.",
        ),
        ("zh-Hans", NEW, "A 零 一 二 号，请到 2 号诊室；A 零 一 三 号，请看屏幕。"),
        ("zh-Hant", NEW, "A 零 一 二 号，请到 2 号诊室；A 零 一 三 号，请看屏幕。"),
        (
            "zh-Hans",
            OLD,
            "A ling2 yi1 er4 hao4, qing3 dao4 er4 hao4 zhen3 shi4; "
            "A ling2 yi1 san1 hao4, qing3 kan4 ping2 mu4",
        ),
    ],
)
def test_several_calls_are_one_sentence_in_every_language(
    tag: str, version: tuple[int, int], text: str
) -> None:
    assert phrase(TWO, language(tag), version).text == text


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "de", "fr", "es", "ja", "ko"])
def test_a_name_is_said_alone_and_room_only_before_a_number(tag: str) -> None:
    lang = language(tag)
    two = [Call("A012", "Lab"), Call("A013", "Garden")]
    for said in (phrase(two, lang, NEW).text, phrase(two[:1], lang, NEW).text):
        assert "Lab" in said
        for word in ("room", "号诊室", "Raum", "salle", "sala", "ごうしつ", "진료실"):
            assert word not in said


def test_the_version_is_read_from_what_the_program_prints() -> None:
    assert version_of("eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/espeak-ng-data") == OLD
    assert version_of("eSpeak NG text-to-speech: 1.52.0  Data at: /usr") == NEW
    assert version_of("something else") == (0, 0)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("lang", [ENGLISH, CHINESE])
def test_the_installed_program_makes_sound_of_it(lang: object, tmp_path: Path) -> None:
    asked = subprocess.run(["espeak-ng", "--version"], capture_output=True, check=True, text=True)
    said = phrase([Call("A012", "2")], lang, version_of(asked.stdout))
    file = tmp_path / "said.wav"
    subprocess.run(
        ["espeak-ng", "-v", said.voice, "-w", file, "--stdin"], input=said.text.encode(), check=True
    )
    with wave.open(str(file)) as sound:
        assert sound.getnframes() / sound.getframerate() > 1.5
        assert any(sound.readframes(sound.getnframes()))


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
