"""The form of a walk-in and of a correction, and today's list, by staff's keys."""

from __future__ import annotations

import shlex

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, Stage
from benchmarks.terminals import row_of, table, until
from db import CheckIn

JOBS = Scenes()
job = JOBS.of

BOOKED = """time,name,phone,service
08:10,Mara Lind,13800131111,Cupping
11:00,Jon Field,13800135678,Cupping
11:30,Ana Prado,,Cupping
"""

# By the form


def _newest(at: Stage, *kinds: str) -> CheckIn:
    """Whoever was added last, standing on every desk with Lin's cursor on them."""
    until(at.lin, lambda: "Lin added A" in at.lin.text and table(at.lin), "a new ticket")
    one = at.store.today()[-1]
    for desk in at.desks:
        until(desk, lambda desk=desk: row_of(desk, one.ticket), f"the row of {one.ticket}")
    until(at.lin, lambda: row_of(at.lin, one.ticket).startswith(">"), f"> {one.ticket}")
    at.journal(*(kinds or ("checked_in",)), by=LIN, of=one)
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


@job("... phone and appointment, too")
def _(at: Stage) -> None:
    at.play(at.lin)
    one = _newest(at)
    at.everywhere(one, "11:30")
    at.says(at.lin, "phone 138 **** 5678")
    at.is_so("the appointment is confirmed", one.due_at == at.time(11, 30))


@job("... a child of A012, urgent, first visit, German")
def _(at: Stage) -> None:
    parent = at.back(12)
    at.shows(at.lin, parent, "next in line")
    at.play(at.lin)
    one = _newest(at)
    at.everywhere(one, "URGENT")
    at.is_so("it came with A012", one.party == parent.id and one.whom == "child")
    at.is_so("the rest is there", one.urgent and one.first_visit and one.language == "de")


@job("A phone number, later")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.says(at.lin, "phone 138 **** 5678")
    at.journal("amended", by=LIN, of=one)


@job("Came before the ticket was given")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.says(at.lin, "came 08:55")
    at.journal("amended", by=LIN, of=one)


@job("Name and phone erased")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro", "13800135678")
    at.play(at.at(at.lin, one))
    at.says_no_more(at.lin, "Ina Ferro")
    at.says_no_more(at.mei, "Ina Ferro")
    at.journal("erased", by=LIN, of=one)


@job("Entered in error")
def _(at: Stage) -> None:
    one = at.comes("Ina Ferro")
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.journal("voided", by=LIN, of=one)


# Today's list


@job("The day's booked patients")
def _(at: Stage) -> None:
    file = at.terminals.folder / "today.csv"
    file.write_text(BOOKED, encoding="utf-8")
    row, at.row = at.row, None
    assert row is not None
    at.output(*(str(file) if word == file.name else word for word in shlex.split(row.command)))
    at.says(at.lin, "appt late: 1")


@job("Who is expected, late, missing, here")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "Missing 1", "Still to come 2", "Mara Lind", "Jon Field")
    at.journal(by=LIN)
    at.lin.press(".")
    at.says(at.lin, "call next")


@job("The one who is booked stands here")
def _(at: Stage) -> None:
    at.play(at.lin)
    one = _newest(at)
    at.everywhere(one, "Mara Lind")
    at.is_so("they are confirmed", one.due_at == at.time(8, 10) and one.has_phone)


@job("The appointment is right")
def _(at: Stage) -> None:
    one = at.comes("Jon Field", appointment=True, appointment_time="11:00")
    at.says(at.at(at.lin, one), "= confirms")
    at.play(at.lin)
    at.says(at.lin, f"Lin confirmed the appointment of {one.ticket}")
    at.journal("confirmed", by=LIN, of=one)
    now = at.store.get(one.id)
    at.is_so("they are due then", now and now.due_at == at.time(11))


@job("A phone number of the list")
def _(at: Stage) -> None:
    at.play(at.lin)
    at.says(at.lin, "138 0013 ")
    at.journal(by=LIN)
    at.lin.press("escape")
    at.says(at.lin, "call next")
