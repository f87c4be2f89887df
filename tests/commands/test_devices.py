"""What `check` and `doctor` find of voice, player and printer, without a sound or a sheet."""

import wave
from pathlib import Path

import pytest
from fake_machine import Machine, Page, machine, marked, page
from siblings import siblings

from kiosk.cli import main

__all__ = ["machine", "page"]

BUSY = "aplay: main:850: audio open error: Device or resource busy"
CARD = "card 0: Device [USB Audio], device 0: USB Audio [USB Audio]"
MIXER = "  Front Left: Playback 52 [60%] [-17.50dB] [{}]\n  Front Right: Playback 52 [60%] [{}]"


def hears(machine: Machine, switch: str = "on") -> None:
    """Put a voice, a sound card and a mixer there."""
    machine.says("espeak-ng", "eSpeak NG text-to-speech: 1.52.0")
    machine.says("aplay", CARD)
    machine.says("amixer", MIXER.format(switch, switch))


@pytest.mark.parametrize("command", ["doctor", "check"])
def test_a_board_that_can_be_heard_says_with_what(
    machine: Machine, page: Page, command: str
) -> None:
    machine.is_a("board")
    hears(machine)
    told = page(command)
    assert "voice: espeak-ng 1.52, speaks Mandarin and English" in told
    assert "player: aplay, on USB Audio" in told
    assert "loudness: 60 %" in told


@siblings(
    2,
    ("name", "script", "words"),
    [
        ("espeak-ng", None, "voice: no espeak-ng: it is not installed; apt install espeak-ng"),
        ("espeak-ng", '[ "$1" = --version ] && echo 1.52', "has no Mandarin and no English"),
        ("aplay", None, "player: none of pw-play, paplay, aplay; apt install alsa-utils"),
        ("aplay", "echo aplay: no soundcards found...; exit 1", "aplay, and no sound card"),
        ("amixer", "echo 'Mono: Playback 0 [0%] [on]'", "loudness: muted; amixer sset Master"),
        ("amixer", "echo 'Mono: Playback 9 [20%] [off]'", "loudness: muted"),
    ],
)
def test_a_board_that_nobody_hears_is_an_error_and_on_a_lobby_it_is_none(
    machine: Machine, page: Page, name: str, script: str | None, words: str
) -> None:
    machine.is_a("lobby")
    hears(machine)
    (machine.programs / name).unlink()
    if script is not None:
        machine.add(name, script)
    assert marked(page()) == ""
    machine.is_a("board")
    assert words in marked(page(code=1))
    told = page("check", code=1)
    assert any(words in line for line in told.splitlines() if line.startswith("  ! "))
    assert told.splitlines()[-1].startswith("1 error, ")


def test_chime_and_words_are_tried_to_the_end_and_what_became_of_them_is_said(
    machine: Machine, page: Page
) -> None:
    machine.is_a("board")
    hears(machine)
    for command in ("doctor", "check"):
        told = page(command)
        assert "chime: aplay played it silently, to the end" in told
        assert "words: espeak-ng spoke them silently, to the end" in told
    machine.add("aplay", f'[ "$1" = -l ] && echo "{CARD}" && exit; echo "{BUSY}" >&2; exit 1')
    assert f"chime: aplay says: {BUSY}; does something else play?" in marked(page(code=1))
    machine.add("aplay", f'[ "$1" = -l ] && echo "{CARD}"')
    machine.add("espeak-ng", '[ "$1" = -a ] && echo "error: no device" >&2; echo 1.52')
    assert "words: espeak-ng says: error: no device;" in marked(page(code=1))


def test_a_language_without_a_voice_is_named_and_is_no_error(machine: Machine, page: Page) -> None:
    machine.is_a("board")
    hears(machine)
    machine.add("espeak-ng", '[ "$2" = ko ] && exit 1; echo 1.52')
    assert "speaks Mandarin and English, and has no voice for ko" in page()


def test_no_sound_is_made_by_looking(machine: Machine, page: Page) -> None:
    machine.is_a("board")
    words, played = machine.folder / "words", machine.folder / "played"
    for name in ("espeak-ng", "amixer", "lp", "lpstat"):
        machine.add(name, f"echo {name} \"$@\" >> '{words}'; echo 1.52")
    for name in ("aplay", "pw-play", "paplay"):
        keep = f'for last; do :; done; [ -r "$last" ] && /bin/cat "$last" > \'{played}\''
        machine.add(name, f"echo {name} \"$@\" >> '{words}'; {keep}; echo '{CARD}'")
    with_printer = ["--config", str(machine.folder / "kiosk.toml")]
    Path(with_printer[1]).write_text('printer = "slips"\n')
    main(["doctor", "--data", str(machine.settings.data_dir), *with_printer])
    silent = ("--version", "-l", "sget Master", "-p slips", "-a slips", "-o slips", "--help")
    for line in words.read_text().splitlines():
        name, *rest = line.split(maxsplit=1)
        if name == "espeak-ng" and rest[0] not in silent:
            assert "-w /dev/null" in rest[0] or rest[0].startswith("-a 0 "), line
        elif not rest[0].startswith("/dev/fd/"):
            assert rest[0] in silent, line
    with wave.open(str(played)) as sound:
        frames = sound.readframes(sound.getnframes())
    assert frames
    assert not any(frames)


@pytest.mark.parametrize(
    ("lpstat", "words"),
    [
        (None, "printer: slips: it is not installed; apt install cups"),
        (
            "echo 'lpstat: Invalid destination name in list \"slips\".'; exit 1",
            "Invalid destination",
        ),
        ("echo 'printer slips disabled since Sun -'", "slips has stopped; look at it, then cups"),
        (
            '[ "$1" = -a ] && echo "slips not accepting requests since Sun -"; exit 0',
            "printer: slips takes no slips; look at it, then cupsaccept slips",
        ),
    ],
)
def test_a_printer_that_is_set_and_cannot_print_is_an_error(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch, lpstat: str | None, words: str
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_PRINTER", "slips")
    machine.add("lp", "exit 1")
    machine.add("lpstat", '[ "$1" = -o ] || echo "printer slips is idle.  enabled since Sun"')
    assert "printer: slips is ready, and no slip waits" in page()
    (machine.programs / "lpstat").unlink()
    if lpstat:
        machine.add("lpstat", lpstat)
    assert words in marked(page(code=1))
    assert words[:20] in page("check", code=1)


def test_slips_that_wait_at_the_printer_are_counted(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_PRINTER", "slips")
    machine.add("lp", "exit 0")
    machine.add("lpstat", '[ "$1" = -o ] && echo "slips-1 kiosk 1024 Sun"; exit 0')
    assert "printer: slips: 1 slip waits; has it paper, and is it on?" in marked(page(code=1))
    machine.add("lpstat", '[ "$1" = -o ] && echo "slips-1 a" && echo "slips-2 a"; exit 0')
    assert "slips: 2 slips wait" in page("check")
