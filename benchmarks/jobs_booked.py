"""Who is booked, by staff's keys: confirmed, and checked in from today's list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.scenes import Scenes
from benchmarks.stage import LIN, SCRIPT, Stage
from db import Expected

JOBS = Scenes()
job = JOBS.of


@contextmanager
def listed(at: Stage, *booked: tuple[int, int, str]) -> Iterator[None]:
    """Today's list for one job: hour, minute and name."""
    day = at.store.day
    expected = [
        Expected(ref=name, due_at=at.store.calendar.at(day, hour, minute), name=name)
        for hour, minute, name in booked
    ]
    at.store.bring({"list": expected}, SCRIPT)
    yield
    at.store.bring({"list": []}, SCRIPT)


@job("Confirm the appointment that the list has")
def _(at: Stage) -> None:
    with listed(at, (11, 0, "Zoë Brandt"), (11, 30, "Anna Silva")):
        one = at.comes("Brandt Zoe", appointment=True, appointment_time="10:30")
        at.at(at.lin, one)
        at.says(at.lin, "listed 11:00, said 10:30: = confirms")
        at.play(at.lin)
        at.everywhere(one, "confirmed")
        at.journal("confirmed", by=LIN, of=one)
        now = at.store.get(one.id)
        at.is_so("the list's time counts", now and now.appointment_time == "11:00")


@job("Say which of the list they are")
def _(at: Stage) -> None:
    with listed(at, (11, 0, "Zoë Brandt"), (11, 30, "Zoë Silva")):
        one = at.comes("Zoe", appointment=True, appointment_time="11:30")
        at.at(at.lin, one)
        at.says(at.lin, "perhaps on the list: = asks")
        at.play(at.lin, reads="11:30 Zoë Silva")
        at.everywhere(one, "confirmed")
        at.journal("confirmed", by=LIN, of=one)
        at.is_so("Silva has come", at.store.moment().bookings[1].id in at.store.moment().come)


@job("Confirm what they said, without a list")
def _(at: Stage) -> None:
    one = at.comes(appointment=True, appointment_time="10:30")
    at.play(at.at(at.lin, one))
    at.everywhere(one, "confirmed")
    at.journal("confirmed", by=LIN, of=one)


@job("Who is expected, late or missing")
def _(at: Stage) -> None:
    with listed(at, (4, 30, "Zoë Brandt"), (23, 30, "Anna Silva")):
        at.play(at.lin)
        at.says(at.lin, "Missing 1", "Still to come 1", "Zoë Brandt")
        at.lin.press("escape")
        at.says(at.lin, "call next")


@job("Check in one of the list")
def _(at: Stage) -> None:
    with listed(at, (11, 0, "Zoë Brandt")):
        at.play(at.lin)
        at.says(at.lin, "Lin added ")
        one = at.store.today()[-1]
        at.everywhere(one, "confirmed")
        at.journal("checked_in", by=LIN, of=one)
