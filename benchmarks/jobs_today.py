"""What holds today, the terminal itself, and figures, by staff's keys."""

from __future__ import annotations

import re
import shlex

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, MEI, Stage
from benchmarks.terminals import PIN, until

JOBS = Scenes()
job = JOBS.of

CHINESE, ENGLISH = "今天下午两点到三点停诊", "No visits from 14:00 to 15:00"

# What holds today


@job("Reception is away until a time of the list")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "o  away ")
    at.says(at.lobby, "Reception is away (back at ")
    at.journal("reception", by=LIN)


@job("Reception is away until any time")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "o  away 11:25")
    at.says(at.lobby, "Reception is away (back at 11:25)")
    at.journal("reception", by=LIN)


@job("Reception is full")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "o  full")
    at.says(at.lobby, "No more walk-in numbers today")
    at.journal("reception", by=LIN)


@job("Reception is open")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "o  open")
    at.says_no_more(at.lobby, "No more walk-in numbers today")
    at.journal("reception", by=LIN)


@job("A room has a break")
def _(at: Stage) -> None:
    at.play(at.lin)
    for desk in at.desks:
        at.says(desk, "R2 break until")
    at.journal("paused", by=LIN)


@job("A room goes on")
def _(at: Stage) -> None:
    at.says(at.lin, "R2 break until")
    at.play(at.lin)
    for desk in at.desks:
        at.says_no_more(desk, "R2 break until")
    at.journal("paused", by=LIN)


@job("A practitioner is away")
def _(at: Stage) -> None:
    at.play(at.lin)
    for desk in at.desks:
        at.says(desk, "Matthew Stevens is away")
    at.journal("away", by=LIN)
    at.lin.press("u")
    at.says_no_more(at.mei, "Matthew Stevens is away")


@job("A line for everybody")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.mei, "notice until")
    at.says(at.lobby, ENGLISH)
    at.says(at.board, CHINESE)
    at.journal("notice", by=LIN)


@job("The line is taken down")
def _(at: Stage) -> None:
    at.says(at.lin, "notice until")
    at.play(at.lin)
    at.says_no_more(at.mei, "notice until")
    at.says_no_more(at.lobby, ENGLISH)
    at.says_no_more(at.board, CHINESE)
    at.journal("notice", by=LIN)


@job("I am going")
def _(at: Stage) -> None:
    at.lobby.press("/")
    at.says(at.lobby, "Calling the staff")
    at.says(at.mei, "HELP at")
    at.play(at.mei)
    at.says(at.lin, "Mei is going")
    at.says(at.lobby, "is coming to you")
    at.journal("help_acknowledged", by=MEI)
    at.lobby.press("enter")


# The terminal


@job("Lock")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.says(at.lin, "Ina Ferro")
    at.play(at.lin)
    at.says(at.lin, "Who are you?")
    at.is_so("no name is left on the screen", "Ina" not in at.lin.text)
    at.journal(by=LIN)
    at.shows(at.mei, one, "next in line")


@job("Unlock")
def _(at: Stage) -> None:
    one = at.arrives("Ina Ferro")
    at.says(at.lin, "Who are you?")
    at.play(at.lin)
    at.shows(at.lin, one, "Ina Ferro")
    at.journal(by=LIN)


@job("Hide names and phones")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.lin)
    at.shows(at.lin, one, "(hidden)")
    at.is_so("no name is left on the screen", "Ina" not in at.lin.text)
    at.journal(by=LIN)
    at.lin.press("h")
    at.shows(at.lin, one, "Ina Ferro")


@job("All keys")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "Esc  Close")
    at.journal(by=LIN)
    at.lin.press("escape")
    at.says(at.lin, "call next")


# Figures


def _figures(at: Stage, days: str) -> None:
    until(at.mei, lambda: re.search(days, at.mei.text), f"figures of {days}")
    at.says(at.mei, "Arrivals ")
    at.journal(by=MEI)
    at.mei.press("escape")
    at.says(at.mei, "call next")


@job("Today's figures")
def _(at: Stage) -> None:
    at.play(at.mei)
    _figures(at, "Today ")


@job("The week's figures")
def _(at: Stage) -> None:
    at.play(at.mei)
    _figures(at, r"\d [A-Z][a-z]+ - |\d{4}-\d\d-\d\d - ")


@job("Figures of any days")
def _(at: Stage) -> None:
    at.play(at.mei)
    _figures(at, r"1 Nov - .*15 Nov|\d{4}-11-01 - \d{4}-11-15")


def _command(at: Stage, *more: str, stdin: str = "") -> str:
    row, at.row = at.row, None
    assert row is not None
    return at.output(*shlex.split(row.command), *more, stdin=stdin)


@job("A report to take away")
def _(at: Stage) -> None:
    printed = _command(at)
    at.is_so("a spreadsheet knows its letters", printed.startswith("\ufeff"))
    at.is_so("arrivals are in it", "arrivals" in printed)


@job("What happened to a ticket")
def _(at: Stage) -> None:
    printed = _command(at, "--account", MEI, "--pin-stdin", stdin=PIN)
    at.is_so("how it came and went is in it", "checked_in" in printed and "left" in printed)
