"""The whole program in real terminals: two processes, signals, and what stays behind."""

import json
import re
import signal
from pathlib import Path

import pytest
from terminal import PIN, Terminal, Terminals

MARKER, SOUGHT = "Quillfeather", "quillwort"
MARK_ALL = b"\x1b[1;2H"
"""Shift and Home."""
PHONE, SPACED = "13800138000", "138 0013 8000"
HOME = "Read while you wait"
NAMELESS = (
    ("1", "None of these"),
    ("1", "What brings you here"),
    ("9", "first visit"),
    ("2", "What may we call you?"),
    ("3", "Your phone number?"),
    ("enter", "Is this right?"),
    ("1", "You are checked in"),
)
"""From Home to a ticket without name and phone: each key, and what comes of it."""
TO_THE_NAME = (*NAMELESS[:4], ("2", "Please type your name"))
MARKUP = "[@click=app.quit]x[/b]{}"
"""A name that quits, or fails, if it is taken for markup or a template."""
SEARCH = (("2", "touch a title"), ("8", "In English, Chinese or pinyin"))

MODES = {1000: "clicks", 1003: "moves", 1006: "far clicks", 2004: "paste", 1049: "own screen"}
"""What a program switches on in a terminal, and must switch off."""


def queue(terminals: Terminals) -> list[dict[str, object]]:
    return json.loads(terminals.output("queue", "--json"))


def walk(lobby: Terminal, *steps: tuple[str, str]) -> None:
    for key, text in steps:
        lobby.press(key)
        lobby.wait_for(text)


def sign_in(terminals: Terminals) -> Terminal:
    terminals.hire("Lin")
    staff = terminals.open("staff", "--language", "en")
    staff.wait_for("Who are you?")
    staff.press("1")
    staff.wait_for("Your PIN")
    staff.type(PIN)
    staff.press("enter")
    staff.wait_for("Waiting 0")
    return staff


def test_staff_see_a_check_in_untouched_and_the_lobby_shows_their_call(
    terminals: Terminals, lobby: Terminal
) -> None:
    staff = sign_in(terminals)
    assert "A001" not in staff.text
    walk(lobby, *TO_THE_NAME)
    lobby.type(MARKUP)
    walk(lobby, ("enter", "Your phone number?"), ("enter", "[@click"), ("1", "You are checked in"))
    staff.wait_for("A001", seconds=1)
    staff.wait_for(MARKUP)
    for text in ("[@click=app.qu", MARKUP):  # in the table, and whole below it
        staff.click(*staff.where(text))
    lobby.click(*lobby.where("Done"))
    lobby.wait_for(HOME)
    lobby.wait_for("1 person waiting")
    staff.press("n")
    staff.wait_for("Called 1")
    lobby.wait_for("A001 > Room 1", seconds=1)
    assert [(row["ticket"], row["status"]) for row in queue(terminals)] == [("A001", "called")]


def test_a_ticket_that_was_on_the_screen_survives_kill_9(
    terminals: Terminals, lobby: Terminal
) -> None:
    walk(lobby, *NAMELESS)
    lobby.kill()
    assert lobby.exit_code == -signal.SIGKILL
    assert [(row["ticket"], row["status"]) for row in queue(terminals)] == [("A001", "waiting")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_leaves_a_usable_terminal(
    lobby: Terminal, number: signal.Signals
) -> None:
    before = len(lobby.painted)
    lobby.signal(number)
    lobby.wait_until_ended()
    assert lobby.exit_code == 0
    leaving = lobby.painted[before:]
    for mode, was_for in {
        1000: "clicks",
        1003: "moves",
        1006: "touches",
        1049: "its screen",
    }.items():
        assert leaving.rfind(b"\x1b[?%dl" % mode) > leaving.rfind(b"\x1b[?%dh" % mode), was_for
    assert leaving.rfind(b"\x1b[?25h") > leaving.rfind(b"\x1b[?25l"), "the cursor is hidden"
    assert lobby.is_as_it_was


def test_no_key_leads_out_of_the_lobby(lobby: Terminal) -> None:
    home = lobby.lines()[1:]  # the first row has a clock
    for key in ("ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+\\", "ctrl+d", "f12"):
        lobby.press(key)
    lobby.read_on(0.3)
    assert lobby.is_running
    assert lobby.lines()[1:] == home
    lobby.press("escape")
    lobby.read_on(0.1)  # an Esc alone is one only when nothing has followed for a while
    assert lobby.lines()[1:] == home
    walk(lobby, *NAMELESS)


def test_what_one_patient_typed_is_nowhere_afterwards(
    terminals: Terminals, lobby: Terminal, tmp_path: Path
) -> None:
    walk(lobby, *SEARCH)
    lobby.type(SOUGHT)
    lobby.wait_for(SOUGHT)
    lobby.press("f10")
    lobby.wait_for(HOME)
    sought = len(lobby.painted)
    walk(lobby, *SEARCH)
    lobby.press("f10")
    lobby.wait_for(HOME)
    assert SOUGHT.encode() in lobby.painted[:sought]
    assert SOUGHT.encode() not in lobby.painted[sought:]

    walk(lobby, *TO_THE_NAME)
    lobby.type(MARKER)
    lobby.wait_for(MARKER)
    lobby.send(MARK_ALL)
    lobby.press("ctrl+c")
    walk(lobby, ("enter", "Your phone number?"))
    lobby.type(PHONE)
    lobby.wait_for(SPACED)
    walk(lobby, ("enter", "Is this right?"), ("1", "You are checked in"))
    assert MARKER.encode() in lobby.painted
    assert SPACED.encode() in lobby.painted
    lobby.press("enter")
    lobby.wait_for(HOME)
    painted = len(lobby.painted)

    walk(lobby, *TO_THE_NAME)
    lobby.press("ctrl+v", "ctrl+z", "ctrl+y")
    lobby.type("Ada")
    lobby.wait_for("Ada")
    walk(lobby, ("enter", "Your phone number?"), ("enter", "Is this right?"))
    walk(lobby, ("1", "You are checked in"))
    told = set(re.findall(rb"\x1b\](\d+)", lobby.painted))
    assert told <= {b"22"}, "more than a pointer's shape: a clipboard or a title"
    later = lobby.painted[painted:]
    assert b"Ada" in later
    assert MARKER.encode() not in later
    assert SPACED.encode() not in later

    lobby.terminate()
    lobby.wait_until_ended()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.is_relative_to(terminals.data) for path in written)
    for marker in (MARKER, SOUGHT):
        assert [path for path in written if marker.encode() in path.read_bytes()] == []
    assert [path for path in written if PHONE[-8:].encode() in path.read_bytes()] == []


def test_help_names_every_command(terminals: Terminals) -> None:
    text = terminals.output("--help")
    for command in (
        "lobby",
        "staff",
        "board",
        "demo",
        "check",
        "queue",
        "stats",
        "accounts",
        "reception",
    ):
        assert f"\n    {command} " in text


@pytest.mark.wide
def test_the_real_terminals_cursor_goes_with_the_focus(
    terminals: Terminals, lobby: Terminal
) -> None:
    lobby.wait_for(HOME)
    lobby.wait_for_cursor("Body & Soul")
    for key, told in (
        ("tab", "1 Check in"),
        ("down", "2 Read while you wait"),
        ("up", "1 Check in"),
        ("enter", "Is any of this happening NOW"),
        ("tab", "1 None of these"),
        ("1", "What brings you here"),
        ("9", "Is this the first visit"),
        ("2", "What may we call you?"),
        ("3", "_"),
        ("5", "_"),
        ("escape", "What may we call you?"),
    ):
        lobby.press(key)
        lobby.wait_for_cursor(told)
    lobby.press("2")
    lobby.wait_for("Please type your name")
    lobby.type("Ng王")
    column, row = lobby.where("Ng王")
    lobby.wait_until(lambda: lobby.cursor == (column + 4, row), "the cursor after the name")
    staff = sign_in(terminals)
    staff.wait_for("Nobody is here yet")
    staff.wait_until(lambda: staff.cursor == (0, 3), "the cursor on the table")
    staff.press("?")
    staff.wait_for_cursor("All keys")
