"""What a stranger or a broken device sends to the real lobby: nothing ends, deafens or opens it."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from terminal import PROGRAM, SIZE, Terminal, Terminals

from kiosk.log import last_entries

HOME = "Read while you wait"
SAFETY = "None of these"

STRANGE = {
    "a key code beyond all characters": b"\x1b[99999999999;1u",
    "a paste without an end": b"\x1b[200~",
    "a window of no size, then a touch": b"\x1b[48;0;0;0;0t\x1b[<0;5;5M\x1b[<0;5;5m",
    "a byte that is no UTF-8": b"\xff\xfe\x80",
    "Latin-1": "é ü ß".encode("latin-1"),
    "half a character": "王".encode()[:2],
    "a report of resizing": b"\x1b[?2048;1$y\x1b[48;10;20;100;200t",
    "a cursor report": b"\x1b[9;9R\x1b[99999999999999999999;1R",
    "a focus lost": b"\x1b[O",
    "a device string": b"\x1bP1$r0m\x1b\\",
    "a window title": b"\x1b]0;title\x07",
    "a clipboard, asked for and given": b"\x1b]52;c;?\x07\x1b]52;c;eHl6enk=\x07",
    "a mouse far away": b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m",
    "a mouse before the beginning": b"\x1b[<0;-5;-5M\x1b[<0;0;0M\x1b[<-1;5;5M",
    "a mouse as old terminals tell it": b"\x1b[M\xff\xff\xff\x1b[M !!\x1b[32;5;5M\x1b[96;5;5M",
    "a text that is drawn along": b"\x1b[<0;9;9M\x1b[<32;30;12M\x1b[<0;30;12m",
    "a mouse with Ctrl": b"\x1b[<16;9;1M\x1b[<16;9;1m",
    "a wheel": b"\x1b[<64;5;5M\x1b[<65;5;5M" * 20,
    "a null": b"\x00",
    "half a character that no text has": b"\x1b[97;;55296u\x1b[0;;97:55296u",
    "keys of kitty's that nobody has": b"\x1b[57441;2u\x1b[:::;:;:u\x1b[;;u\x1b[97:65;1:3u",
    "what kitty's keyboard can": b"\x1b[?31u\x1b[=1;1u\x1b[<9u",
    "who a terminal is": b"\x1b[?62;22c\x1b[>1;4600;0c\x1bP>|foot(1.15)\x1b\\\x1b[0n",
    "the colour of a background": b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    "frames, had and not": b"\x1b[?2026;0$y\x1b[?2026;4$y\x1b[?2048;9$y\x1b[?1016;1$y",
    "a reset": b"\x1bc\x1b[!p\x1b[3J\x1b#8",
    "marks without an end": ("a" + "\u0301" * 200).encode(),
    "a family": "👨‍👩‍👧‍👦".encode() * 9,
    "from right to left": "\u202e\u2066\u2069\ufeff".encode() * 9,
    "controls of eight bits": "\x9b31m\x9d0;x\x9c".encode(),
    "every control": bytes(range(27)),
    "an endless sequence": b"\x1b[" + b"1;" * 200,
    "the end of a paste": b"\x1b[201~",
}
"""What one of them began, none of the next few may end before it is looked whether keys work."""


# SIGHUP is ignored, and goes to another: the program is in a session without a terminal of its own.
DEAF = [
    "sh",
    "-c",
    'trap "" HUP; exec setsid --wait setpriv --pdeathsig KILL "$@"',
    "sh",
]
"""A launcher through which nobody hears that the terminal has gone."""


SEES = """
import sys, termios
from kiosk.cli import main

class Sees:
    def find_spec(self, name, *_):
        if name.startswith("textual") and termios.tcgetattr(0)[3] & termios.ISIG:
            sys.exit(3)

sys.meta_path.insert(0, Sees())
sys.exit(main(sys.argv[3:]))
"""
"""A lobby that ends if Textual is loaded while keys still make signals."""


def batched(names: Iterable[str], size: int) -> Iterator[list[str]]:
    """So many at a time."""
    rest = list(names)
    while rest:
        yield rest[:size]
        del rest[:size]


def still_works(lobby: Terminal) -> None:
    """From wherever it is: F10 leads to Home, 1 to the check-in, and back.

    On a starved machine what was sent before may take a key for its end; a person presses again.
    """
    for key, screen in (("f10", HOME), ("1", SAFETY)):
        for _again in range(5):
            lobby.press(key)
            if lobby.comes(screen, seconds=2):
                break
        lobby.wait_for(screen)
    lobby.press("f10")
    lobby.wait_for(HOME)


def test_nothing_that_a_keyboard_or_a_scanner_sends_ends_or_deafens_it(
    terminals: Terminals, lobby: Terminal
) -> None:
    for names in batched(STRANGE, 8):
        for name in names:
            lobby.send(STRANGE[name])
            lobby.read_on(0.06)  # an unfinished sequence is over when nothing follows
            assert lobby.is_running, name
        still_works(lobby)
    (noted,) = last_entries(terminals.data, 99)  # once: nobody may type what matters out of the log
    assert "a sequence was not understood" in str(noted["what"])


def test_a_touch_lands_where_it_is_after_a_false_report_of_size(lobby: Terminal) -> None:
    lobby.send(b"\x1b[48;24;80;4800;8000t")
    lobby.read_on(0.15)
    lobby.click(*lobby.where("Check in"))
    lobby.wait_for(SAFETY)


@pytest.mark.wide
def test_after_a_flood_the_next_key_works(lobby: Terminal) -> None:
    lobby.flood(b"1" * 200_000)
    lobby.read_on(0.3)  # what comes in the same moment goes with it
    still_works(lobby)


def test_what_a_scanner_pastes_is_typed_and_no_more_than_a_name_holds(lobby: Terminal) -> None:
    for key, text in (("1", SAFETY), ("1", "What brings you"), ("9", "first visit"), ("2", "call")):
        lobby.press(key)
        lobby.wait_for(text)
    lobby.press("2")
    lobby.wait_for("Please type your name")
    lobby.send(b"\x1b[200~[@click=app.quit]x[/]" + b"y" * 200 + b"\x1b[201~")
    lobby.wait_for(
        "=app.quit]x[/]y"
    )  # the end of 40 characters: the beginning has gone to the left
    assert lobby.is_running


def test_variables_of_textual_and_of_other_terminals_change_nothing(terminals: Terminals) -> None:
    lobby = terminals.open(
        "lobby", "--language", "en",
        TEXTUAL="debug,devtools", TEXTUAL_DRIVER="textual.drivers.headless_driver:HeadlessDriver",
        TEXTUAL_PRESS="ctrl+q", TEXTUAL_SCREENSHOT="1", TEXTUAL_ALLOW_SIGNALS="1",
        TEXTUAL_LOG=str(terminals.folder / "textual.log"),
        COLUMNS="200", LINES="9", PYTHONIOENCODING="ascii", TERM="dumb",
    )  # fmt: skip
    lobby.wait_for(HOME)
    lobby.wait_for("候诊阅读")
    lobby.press("ctrl+c")
    still_works(lobby)
    assert not list(terminals.folder.glob("*.svg"))
    assert not (terminals.folder / "textual.log").exists()
    limits = Path(f"/proc/{lobby.pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits), "a core holds what somebody typed"


def test_ctrl_c_while_it_starts_is_nothing(terminals: Terminals) -> None:
    terminals.environment["PYTHONPATH"] = str(PROGRAM.parent)
    lobby = terminals.open("lobby", "--language", "en", before=[sys.executable, "-c", SEES])
    lobby.wait_until_deaf_to_signals()
    for _ in range(20):
        lobby.press("ctrl+c", "ctrl+z", "ctrl+\\")
    lobby.wait_for(HOME)
    still_works(lobby)


def test_a_signal_while_it_starts_ends_it_with_the_terminal_as_it_was(terminals: Terminals) -> None:
    lobby = terminals.open("lobby")
    lobby.wait_until_deaf_to_signals()
    lobby.terminate()
    lobby.wait_until_ended()
    assert lobby.exit_code == 0
    assert lobby.is_as_it_was


def test_stopped_and_made_small_in_the_middle_of_a_check_in_it_goes_on(lobby: Terminal) -> None:
    for key, text in (("1", SAFETY), ("1", "What brings you")):
        lobby.press(key)
        lobby.wait_for(text)
    for number in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGCONT, signal.SIGCONT, signal.SIGPIPE):
        lobby.signal(number)
    for size in ((0, 0), (1, 1), (79, 23)):
        lobby.resize(*size)
        lobby.read_on(0.05)
    lobby.wait_for("make this window larger")
    lobby.resize(*SIZE)
    lobby.wait_for("What brings you")
    lobby.press("9")
    lobby.wait_for("first visit")
    assert lobby.painted.count(b"\x1b[?1049h") == 1, "there is a second reader of keys"


OTHER = """
import sys
from textual.drivers.linux_driver import LinuxDriver
from kiosk.cli import main

del LinuxDriver._query_in_band_window_resize
sys.exit(main(sys.argv[3:]))
"""
"""A lobby over a Textual that lacks what it needs."""


def test_another_textual_is_refused_with_the_version_it_was_made_for(terminals: Terminals) -> None:
    terminals.environment["PYTHONPATH"] = str(PROGRAM.parent)
    lobby = terminals.open("lobby", before=[sys.executable, "-c", OTHER])
    lobby.wait_until_ended()
    assert lobby.exit_code == 1
    said = lobby.text.replace("\n", "")
    assert "made for Textual 8.2; version 8." in said
    assert "lacks _query_in_band_window_resize" in said


def test_a_terminal_that_vanishes_ends_it(lobby: Terminal) -> None:
    lobby.hang_up()
    assert lobby.exit_code in (0, -signal.SIGHUP)


def test_a_terminal_that_vanishes_ends_it_though_nobody_said_so(terminals: Terminals) -> None:
    lobby = terminals.open("lobby", "--language", "en", before=DEAF)
    lobby.wait_for(HOME)
    lobby.hang_up()
    assert lobby.exit_code == 0


BROKEN = """
import sys
from kiosk.lobby.home import HomeScreen
from kiosk.cli import main
from kiosk.textual_private.driver import KioskDriver

def fail(*_):
    name = "Quillfeather"
    raise RuntimeError(name)

if %r == "screen":
    HomeScreen.on_show = lambda self: self.set_timer(0.01, fail)
else:
    KioskDriver._take = fail
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize("where", ["screen", "reader of keys"])
def test_a_kiosk_that_cannot_go_on_ends_with_a_failure_and_a_terminal_as_it_was(
    terminals: Terminals, where: str
) -> None:
    terminals.environment["PYTHONPATH"] = str(PROGRAM.parent)
    lobby = terminals.open("lobby", before=[sys.executable, "-c", BROKEN % where])
    lobby.wait_until_ended()
    assert lobby.exit_code == 1
    assert lobby.is_as_it_was
    assert b"RuntimeError" in lobby.painted
    assert b"Quillfeather" not in lobby.painted
    (entry, *_) = last_entries(terminals.data)
    assert entry["fault"] == "RuntimeError"
    assert "Quillfeather" not in json.dumps(entry)


def test_without_a_terminal_it_says_so(terminals: Terminals) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&-', "sh", sys.executable, str(PROGRAM), "lobby"],
        env=terminals.environment,
        stderr=subprocess.PIPE,
        text=True,
        timeout=20,
    )
    assert done.returncode == 1
    assert done.stderr == "This needs a terminal: start it in a terminal window.\n"


def test_the_launcher_lets_no_key_make_a_signal_before_python_has_started(
    terminals: Terminals,
) -> None:
    python, launcher = terminals.folder / ".venv/bin/python", terminals.folder / "deploy/kiosk"
    for file, text in (
        (python, '#!/bin/sh\nstty -a; echo "$@"\n'),
        (launcher, (PROGRAM.parent / "deploy" / "kiosk").read_text()),
    ):
        file.parent.mkdir(parents=True)
        file.write_text(text)
        file.chmod(0o700)
    started = terminals.run([str(launcher), "lobby", "--language", "en"])
    started.wait_for("lobby --language en")
    assert {"-E", "-isig", "-ixon", "-echo"} <= set(started.text.split())


def test_the_launcher_leads_to_the_lobby_and_from_there_to_no_prompt(terminals: Terminals) -> None:
    launcher = PROGRAM.parent / "deploy" / "kiosk"
    lobby = terminals.run([str(launcher), "lobby", "--language", "en"], PYTHONINSPECT="1")
    lobby.wait_for(HOME)
    lobby.terminate()
    lobby.wait_until_ended()
    assert lobby.exit_code == 0
    assert b">>>" not in lobby.painted
