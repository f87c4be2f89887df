"""Held keys, scanners and palms at a real terminal, with the times to read that a clinic has."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from siblings import siblings
from terminal import PIN, Terminal, Terminals
from terminal_keys import told
from textual.events import Key

from db import Arrival, CheckInStore, Status, open_store
from kiosk.input.guard import Kind
from kiosk.textual_private.driver import Parser

HOME, SAFETY, PURPOSE = "Read while you wait", "None of these", "What brings you"
LEFT_OUT = "A scanned code was left out."
GAPS = [0.0, 0.002, 0.008, 0.016]
"""Seconds between the keys of a scanner, one read for all or one for each."""
LATE = 0.01
"""Seconds by which a key may be late and still be a scanner's."""
HELD = b"\x1b[49;1:2;49u"
"""1, held, as a terminal tells it that has kitty's protocol."""


@pytest.fixture
def lobby(terminals: Terminals) -> Terminal:
    """A lobby with the defaults, as the first patient finds it."""
    for name in ("SEEN_AFTER", "SEEN_AFTER_GRAVE"):
        del terminals.environment[f"CLINIC_KIOSK_{name}"]
    lobby = terminals.open("lobby", "--language", "en")
    lobby.wait_for("Press a number or touch")
    lobby.wait_for("0 people waiting")
    return lobby


@pytest.fixture
def store(terminals: Terminals) -> Iterator[CheckInStore]:
    # The clinic's own zone: where this machine's is another, its day may be another too.
    zone, keys = "Asia/Shanghai", terminals.keys
    store = open_store(terminals.data, location="downtown", keys_dir=keys, time_zone=zone)
    yield store
    store.close()


def scan(terminal: Terminal, code: str, gap: float) -> bool:
    """Send a code and Enter as a scanner does; in one write where there are no gaps at all.

    False if this machine was too busy for that: some key was sent late.
    """
    data = code.encode() + b"\r"
    if not gap:
        terminal.send(data)
        return True
    due, latest = time.monotonic(), 0.0
    for byte in data:
        while time.monotonic() < due:
            os.sched_yield()
        latest = max(latest, time.monotonic() - due)
        terminal.send(bytes([byte]))
        due += gap
    return latest < LATE


def read(lobby: Terminal) -> None:
    """Take the time to read."""
    lobby.read_on(0.8)


@contextmanager
def undisturbed(terminal: Terminal) -> Iterator[None]:
    """Go before the other tests, where that is allowed: they would hold up a scan's keys."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):
        for process in (terminal.pid, 0):
            os.setpriority(os.PRIO_PROCESS, process, before - 15)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)


@siblings(1, "gap", [*GAPS[::3], *(pytest.param(gap, marks=pytest.mark.wide) for gap in GAPS[1:3])])
def test_a_scan_opens_at_most_a_screen_of_the_lobby(
    lobby: Terminal, store: CheckInStore, gap: float
) -> None:
    with undisturbed(lobby):
        # A machine that is too busy may read a scan as two.
        assert any(is_left_out(lobby, store, gap) for _again in range(9))


def is_left_out(lobby: Terminal, store: CheckInStore, gap: float) -> bool:
    """Whether a scan on Home opened one screen, and one there did nothing."""
    before = store.today()
    lobby.press("f10")
    lobby.wait_for(HOME)
    read(lobby)
    if not scan(lobby, "1234567890128", gap):
        return False
    if not (lobby.comes(LEFT_OUT, seconds=2) and lobby.comes(SAFETY, seconds=1)):
        return False
    read(lobby)
    in_time = scan(lobby, "2134567890128", gap)
    read(lobby)
    return in_time and SAFETY in lobby.text and store.today() == before


@pytest.mark.parametrize(
    "gap", [GAPS[0], *(pytest.param(gap, marks=pytest.mark.wide) for gap in GAPS[1:])]
)
def test_a_scan_at_the_desk_opens_its_ticket_or_does_nothing(
    terminals: Terminals, store: CheckInStore, gap: float
) -> None:
    terminals.hire("Lin")
    for _ in range(3):
        store.check_in(Arrival())
    staff = terminals.open("staff", "--language", "en")
    for words, keys in (("Who are you?", "1"), ("Your PIN", PIN)):
        staff.wait_for(words)
        staff.type(keys)
    staff.press("enter")
    staff.wait_for("> A001")
    scan(staff, "A003", gap)
    staff.wait_for("> A003")
    scan(staff, "nndx6901234567892", gap)
    staff.wait_for(LEFT_OUT)
    assert {one.status for one in store.today()} == {Status.waiting}


def test_a_held_key_acts_once_where_the_terminal_tells_nothing(lobby: Terminal) -> None:
    read(lobby)
    for n in range(40):
        lobby.send(b"1")
        lobby.read_on(0.3 if n == 0 else 0.04)
    assert SAFETY in lobby.text


@pytest.mark.wide
def test_a_held_key_acts_once_where_the_terminal_tells_it(lobby: Terminal) -> None:
    read(lobby)
    lobby.send(b"\x1b[49;;49u")
    lobby.read_on(0.9)
    for _ in range(10):
        lobby.send(HELD)
        lobby.read_on(0.02)
    assert SAFETY in lobby.text
    lobby.send(b"\x1b[49;1:3u" + told("1"))
    lobby.wait_for(PURPOSE)


@pytest.mark.wide
def test_a_palm_answers_nothing(lobby: Terminal, store: CheckInStore) -> None:
    read(lobby)
    at = lobby.where("Check in")
    lobby.click(*at)
    lobby.wait_for(SAFETY)
    for column in range(4, 78, 12):
        lobby.click(column, 18)
    read(lobby)
    assert SAFETY in lobby.text
    assert not store.today()


def test_the_terminal_is_asked_to_tell_of_held_keys_and_left_as_it_was(lobby: Terminal) -> None:
    """Kitty's protocol: what is pushed is popped, and the wish that counts has event types."""
    lobby.terminate()
    lobby.wait_until_ended()
    stack: list[int] = []
    deepest = []
    for flags, popped in re.findall(rb"\x1b\[(?:>(\d+)|(<)\d*)u", lobby.painted):
        if popped:
            stack.pop()
        else:
            stack.append(int(flags))
        deepest = [*stack] or deepest
    assert deepest[-1] & 0b1011 == 0b1011
    assert stack == []


KITTY = {
    "a press": (b"\x1b[97u", [("a", None, Kind.PRESSED)]),
    "a press with its text": (b"\x1b[97;;97u", [("a", "a", Kind.PRESSED)]),
    "a press told as one": (b"\x1b[97;1:1;97u", [("a", "a", Kind.PRESSED)]),
    "held": (b"\x1b[97;1:2;97u", [("a", "a", Kind.REPEATED)]),
    "let go": (b"\x1b[97;1:3u", [("a", None, Kind.RELEASED)]),
    "a capital": (b"\x1b[97:65;2:1;65u", [("A", "A", Kind.PRESSED)]),
    "with a base layout": (b"\x1b[1089::99;1:2;1089u", [("с", "с", Kind.REPEATED)]),
    "enter": (b"\x1b[13;1:1u", [("enter", "\r", Kind.PRESSED)]),
    "enter let go, with NumLock": (b"\x1b[13;129:3u", [("enter", None, Kind.RELEASED)]),
    "an arrow held": (b"\x1b[1;1:2A", [("up", None, Kind.REPEATED)]),
    "a function key let go": (b"\x1b[15;1:3~", [("f5", None, Kind.RELEASED)]),
    "a keypad's digit": (b"\x1b[57400;129:1;49u", [("1", "1", Kind.PRESSED)]),
    "shift alone": (b"\x1b[57441;2:1u\x1b[57441;2:3u", []),
    "a name": (b"\x1b[0;;29579:23567u", [("王", "王", Kind.PRESSED), ("小", "小", Kind.PRESSED)]),
    "a kind that there is not": (b"\x1b[97;1:9u", []),
    "no kind at all": (b"\x1b[97;1:u", [("a", None, Kind.PRESSED)]),
    "beyond all characters": (b"\x1b[99999999999;1:3u", []),
    "half a pair": (b"\x1b[55296;1:1;55296u", None),
    "numbers without end": (b"\x1b[" + b"9" * 25 + b":1u", []),
}
"""What it sends, and the keys that are meant; None for whatever comes of it."""


@pytest.mark.parametrize("name", KITTY)
def test_kittys_keys_are_read_with_what_is_told_of_them(name: str) -> None:
    sent, meant = KITTY[name]
    keys = [key for key in Parser().feed(sent.decode()) if isinstance(key, Key)]
    found = [(key.key, key.character, getattr(key, "kind", None)) for key in keys]
    if meant is not None:
        assert [(k, c if c else None, kind) for k, c, kind in found] == [
            (k, c if c else (k if len(k) == 1 else None), kind) for k, c, kind in meant
        ]


GARBLED = (
    *(b"\x1b[97;1:3", b"\x1b[97;;:u", b"\x1b[:;:;:u", b"\x1b[97;1:3:3:3u", b"\x1b[;1:3;u"),
    *(b"\x1b[97;-1:3u", b"\x1b[1;1:3Z", b"\x1b[97;1:99999999999999999u", b"\x1b[97:::::1:2u"),
    *(b"\x1b[97;1:2;4294967295u", b"\x1b[1114112;1:1u", b"\x1b[;;u", b"\x1b[1:3u"),
)


def test_nothing_garbled_ends_it_or_leaves_it_deaf(lobby: Terminal) -> None:
    for garbled in GARBLED:
        lobby.send(garbled * 3)
        lobby.read_on(0.06)  # an unfinished sequence is over when nothing follows
        assert lobby.is_running, garbled
    for _again in range(5):
        lobby.press("f10")
        if lobby.comes(HOME, seconds=1):
            break
    read(lobby)
    lobby.press("1")
    lobby.wait_for(SAFETY)
