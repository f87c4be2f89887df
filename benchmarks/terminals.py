"""The real program in real terminals, opened, signed in to and read as people do."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parents[1]),
    str(Path(__file__).parents[1] / "tests" / "support"),
]

from terminal import PIN, Terminal, Terminals
from terminal_screen import SIZE

from kiosk.typesetting.digits import letters

PATIENCE = 20.0
"""Seconds in which a screen must show what a person would wait for."""
TYPING = 0.06
"""Seconds between two characters of a text, beside those of a quick hand: it is no scanner."""
ALWAYS_QUIET = "00:00-24:00"
"""A benchmark is not heard: the board speaks to nobody here."""


def open_folder(folder: Path, rooms: int = 1) -> Terminals:
    """Terminals on a data folder of their own, with so many rooms called 1, 2, 3."""
    terminals = Terminals(folder)
    terminals.environment |= {
        "CLINIC_KIOSK_QUIET_HOURS": ALWAYS_QUIET,
        "CLINIC_KIOSK_ROOMS": ",".join(str(room) for room in range(1, rooms + 1)),
    }
    return terminals


def open_staff(
    terminals: Terminals,
    name: str,
    room: str = "",
    *,
    before: Sequence[str] = (),
    **environment: str,
) -> Terminal:
    """Open the staff's program and sign in with this name, to a room of one's own or the desk."""
    staff = terminals.open("staff", "--language", "en", before=before, **environment)
    staff.wait_for("Who are you?")
    staff.click(*staff.where(name))
    staff.wait_for("Your PIN")
    staff.type(PIN)
    staff.press("enter")
    which, queue = "Which room are you in?", "call next"
    staff.wait_until(lambda: which in staff.text or queue in staff.text, "a room or the queue")
    if which in staff.text:
        staff.click(*staff.where(f"Room {room}" if room else "At the desk"))
    staff.wait_for(queue)
    return staff


def write(screen: Terminal, text: str) -> None:
    """Type a text no faster than people do, however late a busy machine reads it."""
    for key in text:
        screen.press(key)
        screen.read_on(TYPING)


def is_drawn(text: str, screen: Terminal, size: int) -> bool:
    """Whether a text stands on a board in block letters of a size (4 is the call at 80x24)."""
    shown = screen.text
    return any(
        all(row.rstrip() in shown for row in letters(text, size, lowered=lowered))
        for lowered in (False, True)
    )


def drawn(board: Terminal, ticket: str) -> bool:
    """Whether a ticket stands on a board, in block letters of any size and in one place."""
    lines = [line.ljust(SIZE[0]) for line in board.lines()]
    return any(
        _stands(letters(ticket, size, lowered=lowered), lines)
        for size in range(1, 5)
        for lowered in (False, True)
    )


def _stands(rows: list[str], lines: list[str]) -> bool:
    for top in range(len(lines) - len(rows) + 1):
        column = lines[top].find(rows[0])
        while column >= 0:
            if all(lines[top + n].startswith(row, column) for n, row in enumerate(rows)):
                return True
            column = lines[top].find(rows[0], column + 1)
    return False


def until(screen: Terminal, is_so: Callable[[], object], what: str) -> None:
    """Read until something is so; fail with the screen when it never is."""
    screen.wait_until(is_so, what, seconds=PATIENCE)


def see(screen: Terminal, text: str) -> None:
    """Wait until a text stands on a screen."""
    screen.wait_for(text, seconds=PATIENCE)


def table(desk: Terminal) -> list[str]:
    """The lines of the staff's table: a mark, a ticket, and what is said of it."""
    return [line for line in desk.lines() if re.match(r"[> !] [A-Z]\d{3,}\b", line)]


def row_of(desk: Terminal, ticket: str) -> str:
    """The line of a ticket in the table; "" where it has none."""
    return next((row for row in table(desk) if row[2:].startswith(ticket)), "")


def has_alert(desk: Terminal, *words: str) -> bool:
    """Whether a line of a staff terminal says all of these."""
    return any(all(word in line for word in words) for line in desk.lines())


def select(desk: Terminal, ticket: str) -> None:
    """Move the cursor to a ticket by the digits of its number."""
    until(desk, lambda: row_of(desk, ticket), f"the row of {ticket}")
    if _marked(desk) != ticket:
        desk.press(*str(int(ticket[1:])))
        until(desk, lambda: _marked(desk) == ticket, f"the cursor at {ticket}")


def _marked(desk: Terminal) -> str:
    """The ticket under the cursor."""
    return next((row[2:].split()[0] for row in table(desk) if row.startswith(">")), "")
