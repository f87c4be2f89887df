"""What a stranger or a broken device sends to the real lobby: nothing ends, deafens or opens it."""

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator

from terminal import PROGRAM, Terminal, Terminals

HOME = "Read while you wait"
SAFETY = "None of these"

STRANGE = {
    "a key code beyond all characters": b"\x1b[99999999999;1u",
    "a paste without an end": b"\x1b[200~",
    "the end of a paste": b"\x1b[201~",
    "a window of no size, then a touch": b"\x1b[48;0;0;0;0t\x1b[<0;5;5M\x1b[<0;5;5m",
    "a byte that is no UTF-8": b"\xff\xfe\x80",
    "Latin-1": "é ü ß".encode("latin-1"),
    "half a character": "王".encode()[:2],
    "a report of resizing": b"\x1b[?2048;1$y\x1b[48;10;20;100;200t",
    "a cursor report": b"\x1b[9;9R",
    "a focus lost": b"\x1b[O",
    "a device string": b"\x1bP1$r0m\x1b\\",
    "a window title": b"\x1b]0;title\x07",
    "a clipboard": b"\x1b]52;c;eHl6enk=\x07",
    "a mouse far away": b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m",
    "a wheel": b"\x1b[<64;5;5M\x1b[<65;5;5M",
    "a null": b"\x00",
    "an endless sequence": b"\x1b[" + b"1;" * 200,
}


DEAF = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"]
"""A launcher that has SIGHUP ignored, which its children inherit."""


def batched(names: Iterable[str], size: int) -> Iterator[list[str]]:
    """So many at a time."""
    rest = list(names)
    while rest:
        yield rest[:size]
        del rest[:size]


def still_works(lobby: Terminal) -> None:
    """From wherever it is: F10 leads to Home, 1 to the check-in, and back.

    On a starved machine what was sent before may take the F10 for its end; a person presses again.
    """
    for _again in range(5):
        lobby.press("f10")
        if lobby.comes(HOME, seconds=2):
            break
    lobby.wait_for(HOME)
    lobby.press("1")
    lobby.wait_for(SAFETY)
    lobby.press("f10")
    lobby.wait_for(HOME)


def test_nothing_that_a_keyboard_or_a_scanner_sends_ends_or_deafens_it(lobby: Terminal) -> None:
    for names in batched(STRANGE, 4):
        for name in names:
            lobby.send(STRANGE[name])
            lobby.read_on(0.12)  # an unfinished sequence is over when nothing follows
            assert lobby.is_running, name
        still_works(lobby)


def test_a_touch_lands_where_it_is_after_a_false_report_of_size(lobby: Terminal) -> None:
    lobby.send(b"\x1b[48;24;80;4800;8000t")
    lobby.read_on(0.15)
    lobby.click(*lobby.where("Check in"))
    lobby.wait_for(SAFETY)


def test_a_flood_is_thrown_away_and_the_next_key_works(lobby: Terminal) -> None:
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


def test_variables_of_textual_change_nothing(terminals: Terminals) -> None:
    lobby = terminals.open(
        "lobby", "--language", "en",
        TEXTUAL="debug,devtools", TEXTUAL_DRIVER="textual.drivers.headless_driver:HeadlessDriver",
        TEXTUAL_PRESS="ctrl+q", TEXTUAL_SCREENSHOT="1", TEXTUAL_ALLOW_SIGNALS="1",
        TEXTUAL_LOG=str(terminals.folder / "textual.log"),
    )  # fmt: skip
    lobby.wait_for(HOME)
    lobby.press("ctrl+c")
    still_works(lobby)
    assert not list(terminals.folder.glob("*.svg"))
    assert not (terminals.folder / "textual.log").exists()


def test_ctrl_c_while_it_starts_is_nothing(terminals: Terminals) -> None:
    lobby = terminals.open("lobby", "--language", "en")
    lobby.wait_until_deaf_to_signals()
    for _ in range(20):
        lobby.press("ctrl+c", "ctrl+z", "ctrl+\\")
    lobby.wait_for(HOME)
    still_works(lobby)


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

def fail():
    name = "Quillfeather"
    raise RuntimeError(name)

HomeScreen.on_show = lambda self: self.set_timer(0.01, fail)
sys.exit(main(sys.argv[3:]))
"""


def test_a_kiosk_that_cannot_go_on_ends_with_a_failure_and_a_terminal_as_it_was(
    terminals: Terminals,
) -> None:
    terminals.environment["PYTHONPATH"] = str(PROGRAM.parent)
    lobby = terminals.open("lobby", before=[sys.executable, "-c", BROKEN])
    lobby.wait_until_ended()
    assert lobby.exit_code == 1
    assert lobby.is_as_it_was
    assert b"RuntimeError" in lobby.painted
    assert b"Quillfeather" not in lobby.painted
    log = (terminals.data / "log" / "lobby.log").read_text()
    assert "Quillfeather" not in log


def test_without_a_terminal_it_says_so(terminals: Terminals) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "lobby"],
        stdin=subprocess.DEVNULL,
        env=terminals.environment,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 1
    assert "needs a terminal" in done.stderr


def test_the_launcher_lets_no_key_make_a_signal_before_python_has_started(
    terminals: Terminals,
) -> None:
    launcher = PROGRAM.parent / "deploy" / "kiosk"
    lobby = terminals.run([str(launcher), "lobby", "--language", "en"])
    lobby.wait_until_deaf_to_signals()
    for _ in range(10):
        lobby.press("ctrl+c")
        lobby.read_on(0.02)
    lobby.wait_for(HOME)
