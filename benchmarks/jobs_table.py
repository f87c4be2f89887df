"""The tables of jobs in docs/staff.md: what is pressed for each, and how many keys are said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "staff.md"
COMMAND = "run_kiosk.py "
_HEAD = "| Job |"
_TOKEN = re.compile(r"`([^`]+)`|\*([^*]+)\*")
_PEER = re.compile(r"(\d+)(?:-(\d+))?(?: \(\w+\))?")
_NAMED = {"Enter": "enter", "Esc": "escape", "Tab": "tab", "Up": "up"}
_NAMED |= {f"F{n}": f"f{n}" for n in range(1, 13)}


@dataclass(frozen=True)
class Pressed:
    """One key, or a text that is typed."""

    text: str
    is_text: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """As a terminal is sent them."""
        return tuple(self.text) if self.is_text else (_NAMED.get(self.text, self.text),)


@dataclass(frozen=True)
class Row:
    """A job as the page has it."""

    job: str
    pressed: tuple[Pressed, ...]
    said: str
    """How many keys, as it stands there."""
    peer: str

    @property
    def command(self) -> str:
        """What is typed after `run_kiosk.py`, "" where it is done by keys."""
        text = self.pressed[0].text if self.pressed else ""
        return text.removeprefix(COMMAND) if text.startswith(COMMAND) else ""

    @property
    def count(self) -> str:
        """How many keys there are, as it ought to stand there."""
        keys = sum(not one.is_text for one in self.pressed)
        texts = any(one.is_text for one in self.pressed)
        return "command" if self.command else f"{keys} + text" if texts else str(keys)

    @property
    def problems(self) -> list[str]:
        """What is wrong with it, whatever the program does."""
        found = [] if self.pressed else [f"{self.job}: no keys"]
        if self.said != self.count:
            found.append(f"{self.job}: {self.count} on the keys, {self.said} in the table")
        if self.peer and not _PEER.fullmatch(self.peer):
            found.append(f"{self.job}: {self.peer} is no number of clicks")
        return found


def read_rows(page: str) -> list[Row]:
    """Every row of the tables of jobs."""
    rows, inside = [], False
    for line in page.splitlines():
        inside = line.startswith(_HEAD) or (inside and line.startswith("|"))
        if inside and not line.startswith((_HEAD, "| ---")):
            job, keys, said, peer, *_ = (cell.strip() for cell in line[1:-1].split("|"))
            rows.append(Row(job, _pressed(keys), said, peer))
    return rows


def _pressed(cell: str) -> tuple[Pressed, ...]:
    return tuple(Pressed(key or text, is_text=bool(text)) for key, text in _TOKEN.findall(cell))
