"""What `check` and `doctor` find of voice, player and printer, without a sound or a sheet."""

from pathlib import Path

import pytest
from fake_machine import Machine, Page, machine, marked, page

from kiosk.cli import main

__all__ = ["machine", "page"]

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


@pytest.mark.parametrize(
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


def test_no_sound_is_made_by_looking(machine: Machine, page: Page) -> None:
    machine.is_a("board")
    words = machine.folder / "words"
    for name in ("espeak-ng", "aplay", "amixer", "lp", "lpstat", "pw-play", "paplay"):
        machine.add(name, f"echo {name} \"$@\" >> '{words}'; echo 1.52")
    with_printer = ["--config", str(machine.folder / "kiosk.toml")]
    Path(with_printer[1]).write_text('printer = "slips"\n')
    main(["doctor", "--data", str(machine.settings.data_dir), *with_printer])
    for line in words.read_text().splitlines():
        name, *rest = line.split(maxsplit=1)
        silent = ("--version", "-l", "sget Master", "-p slips", "--help")
        assert rest[0] in silent or (name == "espeak-ng" and "-w /dev/null" in rest[0]), line


@pytest.mark.parametrize(
    ("lpstat", "words"),
    [
        (None, "printer: slips: it is not installed; apt install cups"),
        (
            "echo 'lpstat: Invalid destination name in list \"slips\".'; exit 1",
            "Invalid destination",
        ),
        ("echo 'printer slips disabled since Sun -'", "slips has stopped; look at it, then cups"),
    ],
)
def test_a_printer_that_is_set_and_cannot_print_is_an_error(
    machine: Machine, page: Page, monkeypatch: pytest.MonkeyPatch, lpstat: str | None, words: str
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_PRINTER", "slips")
    machine.add("lp", "exit 1")
    machine.add("lpstat", "echo 'printer slips is idle.  enabled since Sun'")
    assert "printer: slips is ready" in page()
    (machine.programs / "lpstat").unlink()
    if lpstat:
        machine.add("lpstat", lpstat)
    assert words in marked(page(code=1))
    assert words[:20] in page("check", code=1)
