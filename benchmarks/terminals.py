"""The real program in real terminals, opened and signed in to as people do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from terminal import PROGRAM, Terminal, Terminals  # noqa: E402 - found through the line above

from kiosk.board.digits import letters  # noqa: E402

PIN = "482913"
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


def command(terminals: Terminals, *words: str, stdin: str = "") -> str:
    """Run one of the plain commands to its end; what it prints."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *words],
        input=stdin,
        env=terminals.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def add_account(terminals: Terminals, name: str, role: str = "reception") -> None:
    """Make an account; all have the same PIN."""
    command(terminals, "accounts", "add", name, "--role", role, "--pin-stdin", stdin=PIN)


def open_staff(terminals: Terminals, name: str) -> Terminal:
    """Open the staff's program and sign in with this name."""
    staff = terminals.open("staff", "--language", "en")
    staff.wait_for("Who are you?")
    staff.click(*staff.where(name))
    staff.wait_for("Your PIN")
    staff.type(PIN)
    staff.press("enter")
    room, queue = "Which room are you in?", "With staff"
    staff.wait_until(lambda: room in staff.text or queue in staff.text, "a room or the queue")
    if room in staff.text:
        staff.click(*staff.where("At the desk"))
    staff.wait_for(queue)
    return staff


def is_drawn(text: str, screen: Terminal, size: int) -> bool:
    """Whether a text stands on a board in block letters of a size (4 is the call at 80x24)."""
    shown = screen.text
    return any(
        all(row.rstrip() in shown for row in letters(text, size, lowered=lowered))
        for lowered in (False, True)
    )
