"""Somebody's way through the clinic by staff's keys: called, in, sent on, done."""

from __future__ import annotations

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, WOLF, Stage

JOBS = Scenes()
job = JOBS.of

# Calling


@job("Call the next, from one's own room")
def _(at: Stage) -> None:
    before, one = at.inside("3"), at.comes()
    at.shows(at.wolf, before, "in R3")
    at.play(at.wolf)
    at.everywhere(one, "called R3")
    at.gone(before)
    at.on_board(one)
    at.journal("completed", "called", by=WOLF, of=one)


@job("Call the next, from the desk")
def _(at: Stage) -> None:
    one, later = at.comes(), at.comes()
    at.play(at.lin)
    at.everywhere(one, "called R2")
    at.shows(at.lin, later, "next in line")
    at.on_board(one)
    at.journal("called", by=LIN, of=one)


@job("Call this one, from the desk")
def _(at: Stage) -> None:
    first, one = at.comes(), at.comes()
    at.play(at.at(at.lin, one))
    at.everywhere(one, "called R1")
    at.shows(at.lin, first, "next in line")
    at.on_board(one)
    at.journal("called", by=LIN, of=one)


@job("Call this one, and the visit in the room is over")
def _(at: Stage) -> None:
    before, one = at.inside("1"), at.comes()
    at.play(at.at(at.lin, one))
    at.everywhere(one, "called R1")
    at.gone(before)
    at.journal("completed", "called", by=LIN, of=one)


@job("Two in one room")
def _(at: Stage) -> None:
    before, one = at.inside("1"), at.comes()
    at.play(at.at(at.lin, one))
    at.everywhere(one, "called R1")
    at.shows(at.lin, before, "in R1")
    at.journal("called", by=LIN, of=one)


@job("They came in")
def _(at: Stage) -> None:
    one = at.called("1")
    at.on_board(one)
    at.play(at.at(at.lin, one))
    at.everywhere(one, "in R1")
    at.says_no_more(at.board, "Now calling")
    at.journal("began", by=LIN, of=one)


@job("Call once more")
def _(at: Stage) -> None:
    one = at.called("1")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "called R1 2x")
    at.on_board(one)
    at.journal("recalled", by=LIN, of=one)


@job("They did not come")
def _(at: Stage) -> None:
    one = at.called("1")
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.journal("no_show", by=LIN, of=one)


@job("They did not come, and the next")
def _(at: Stage) -> None:
    absent, one = at.called("2"), at.comes()
    at.shows(at.lin, absent, "called R2")
    at.play(at.lin)
    at.everywhere(one, "called R2")
    at.gone(absent)
    events = at.journal("no_show", "called", by=LIN, of=one)
    at.is_so("the one who did not come is the no-show", events[0]["check_in"] == absent.number)


@job("A no-show is here after all")
def _(at: Stage) -> None:
    one = at.back(11)
    at.shows(at.lin, at.store.call(one.id, "1", WOLF), "called R1")
    at.gone(at.store.no_show(one.id, WOLF))
    at.play(at.lin)
    at.everywhere(one, "next in line", "waiting")
    at.journal("returned", by=LIN, of=one)


@job("The visit is over")
def _(at: Stage) -> None:
    one = at.inside("2")
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.journal("completed", by=LIN, of=one)


# On the way


@job("To the laboratory")
def _(at: Stage) -> None:
    one = at.inside("2")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "lab ")
    at.journal("parked", by=LIN, of=one)


@job("To the cashier")
def _(at: Stage) -> None:
    one = at.inside("3")
    at.play(at.at(at.wolf, one))
    at.everywhere(one, "cashier")
    (event,) = at.journal("parked", by=WOLF, of=one)
    at.is_so("the journal says where", event["reason"] == "cashier")


@job("Back from the laboratory")
def _(at: Stage) -> None:
    one, other = at.inside("2"), at.comes()
    at.store.park(one.id, LIN, place="laboratory")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "next in line")
    at.shows(at.lin, other, "waiting")
    at.journal("returned", by=LIN, of=one)


@job("To another service")
def _(at: Stage) -> None:
    one = at.comes()
    at.play(at.at(at.lin, one))
    at.everywhere(one, "Orthopaedics")
    at.journal("transferred", by=LIN, of=one)


@job("To another room")
def _(at: Stage) -> None:
    one = at.inside("1")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "in R3")
    at.journal("room_set", by=LIN, of=one)


@job("Back in the queue")
def _(at: Stage) -> None:
    one = at.called("1")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "next in line")
    at.journal("returned", by=LIN, of=one)


@job("Before the others")
def _(at: Stage) -> None:
    first, one = at.comes(), at.comes()
    at.play(at.at(at.lin, one))
    at.everywhere(one, "next in line")
    at.shows(at.lin, first, "waiting")
    at.journal("priority_set", by=LIN, of=one)


@job("Leaves without a visit")
def _(at: Stage) -> None:
    one = at.comes()
    at.play(at.at(at.lin, one))
    at.gone(one)
    at.journal("left", by=LIN, of=one)


@job("An ended visit goes on")
def _(at: Stage) -> None:
    one = at.inside("2")
    at.everywhere(one, "in R2")
    at.store.complete(one.id, WOLF)
    at.gone(one)
    at.find(at.lin, one)
    at.play(at.lin)
    at.lin.press("escape")
    at.everywhere(one, "in R2")
    (event,) = at.journal("reopened", by=LIN, of=one)
    at.is_so("the journal says why", event["reason"])
