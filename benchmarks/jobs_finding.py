"""Finding people, adding them, and putting right what went wrong, by staff's keys."""

from __future__ import annotations

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, MEI, Stage
from benchmarks.terminals import row_of, table, until
from db import CheckIn

JOBS = Scenes()
job = JOBS.of

# Finding


def _only(at: Stage, ticket: str) -> None:
    """One ticket alone stands in the table of Lin's terminal, until all do again."""

    def alone() -> bool:
        return [row[2:].split()[0] for row in table(at.lin)] == [ticket]

    until(at.lin, alone, f"{ticket} alone")
    at.journal(by=LIN)
    at.lin.press("escape")
    until(at.lin, lambda: len(table(at.lin)) > 1, "everybody")


@job("By ticket")
def _(at: Stage) -> None:
    one, _ = at.back(12), at.comes()
    at.shows(at.lin, one, "waiting", "next in line")
    at.lin.press("down")
    at.play(at.lin)
    until(at.lin, lambda: row_of(at.lin, one.ticket).startswith(">"), f"> {one.ticket}")
    at.journal(by=LIN)


@job("By name")
def _(at: Stage) -> None:
    one, _ = at.comes("Jörg Müller"), at.comes("Ina Ferro")
    at.play(at.lin)
    _only(at, one.ticket)


@job("By first letters in pinyin")
def _(at: Stage) -> None:
    one, _ = at.comes("王小明"), at.comes("李芳")
    at.play(at.lin)
    _only(at, one.ticket)


@job("By the end of the phone number")
def _(at: Stage) -> None:
    one, _ = at.comes(phone="13800135678"), at.comes(phone="13800131234")
    at.play(at.lin)
    _only(at, one.ticket)


@job("See a phone number")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro", "13800135678")
    at.at(at.lin, one)
    at.play(at.lin)
    until(at.lin, lambda: "138 0013 5678" in at.lin.text, "the whole number")
    at.journal(by=LIN)
    kept = "".join(file.read_text("utf-8") for file in at.terminals.data.rglob("audit/*.jsonl"))
    at.is_so("it is written down who saw it", "phone_seen" in kept and one.ticket in kept)


@job("Only a part of the queue")
def _(at: Stage) -> None:
    waits, one = at.comes(), at.called("1")
    at.shows(at.lin, one, "called R1")
    at.play(at.lin)
    _only(at, one.ticket)
    at.shows(at.lin, waits, "next in line")


# Somebody at the desk


def _newest(at: Stage) -> CheckIn:
    """Whoever was added last, standing on every desk with Lin's cursor on them."""
    until(at.lin, lambda: table(at.lin), "a new ticket")
    one = at.store.today()[-1]
    at.everywhere(one, "next in line")
    until(at.lin, lambda: row_of(at.lin, one.ticket).startswith(">"), f"> {one.ticket}")
    at.journal("checked_in", by=LIN, of=one)
    return one


@job("A walk-in without a name")
def _(at: Stage) -> None:
    at.play(at.lin)
    one = _newest(at)
    at.is_so("it has no name", not one.has_name and not one.service)


@job("A walk-in, name and service")
def _(at: Stage) -> None:
    at.play(at.lin)
    one = _newest(at)
    at.everywhere(one, "Ina Ferro")
    at.is_so("they are for cupping", one.service == "cupping")


@job("Their phone number")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.says(at.lin, "phone 138 **** 5678")
    at.journal("amended", by=LIN, of=one)


@job("Their appointment")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "11:30")
    at.journal("amended", by=LIN, of=one)


@job("Entered in error")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.journal("voided", by=LIN, of=one)


# Putting right


@job("Take back one's last step")
def _(at: Stage) -> None:
    one = at.called("1")
    at.at(at.lin, one).press("b")
    at.everywhere(one, "in R1")
    at.play(at.lin)
    at.everywhere(one, "called R1")
    at.journal("undone", by=LIN, of=one)


@job("Take back a colleague's step, as manager")
def _(at: Stage) -> None:
    one = at.called("1")
    at.at(at.lin, one).press("b")
    at.everywhere(one, "in R1")
    at.play(at.mei, reads="Take back: Lin")
    at.everywhere(one, "called R1")
    at.says(at.lin, "Mei took back what you did")
    at.journal("undone", by=MEI, of=one)


@job("Two tickets, one person")
def _(at: Stage) -> None:
    stays = at.comes("Ina Ferro", "13800135678")
    one = at.comes("Ina Ferro", appointment=True, appointment_time="11:30")
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.everywhere(stays, "11:30")
    at.journal("merged", "absorbed", by=LIN, of=one)
    kept = at.store.get(stays.id)
    at.is_so("both tickets' answers stay", kept and kept.has_phone and kept.appointment)
