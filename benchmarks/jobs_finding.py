"""Finding people in the queue, and putting right what went wrong, by staff's keys."""

from __future__ import annotations

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, MEI, Stage
from benchmarks.terminals import row_of, table, until

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
