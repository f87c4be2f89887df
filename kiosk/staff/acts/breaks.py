"""Breaks of rooms: until a time nobody is called there by `call next`."""

from collections.abc import Sequence
from datetime import datetime

from db import Break, CheckInStore
from kiosk.languages.room_names import room_text
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_break
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.said_today import Goes, SaidToday, until
from kiosk.staff.acts.steps import Step
from kiosk.staff.acts.until import ask_until


def ask_break(at: AtDesk) -> None:
    """One's own room has a break until a time, or goes on; at the desk ask for the room."""
    rooms, own = [room.name for room in at.kiosk.settings.rooms], at.desk.room
    if own or len(rooms) == 1:
        _turn(at, own or rooms[0])
    else:
        at.ask(which_break(rooms, _paused(at), at._), lambda room: _turn(at, room))


def working(at: AtDesk, rooms: Sequence[str]) -> list[str] | None:
    """The rooms to which the next may be called; None, and why is said, where there is none."""
    paused, own = _paused(at), at.desk.room
    if own and own not in paused:
        return list(rooms)
    working = [room for room in rooms if room not in paused]
    if own or not working:
        room = own or rooms[0]
        said = at._(
            "{room} has a break until {time}: {key} ends it",
            room=room_text(room, at._),
            time=until(paused[room], at._, at.kiosk.clinic.zone),
            key="z",
        )
        at.say(said, refused=True)
        return None
    return working


def _turn(at: AtDesk, room: str) -> None:
    """End the break of a room, or ask until when it has one."""
    if room in _paused(at):
        _set(at, room, None)
    else:
        text = at._("{room} has a break until:", room=room_text(room, at._))
        ask_until(at, text, lambda time: _set(at, room, time))


def _set(at: AtDesk, room: str, time: datetime | None) -> None:
    by = at.desk.account.name
    before: list[Break | None] = []

    def run(store: CheckInStore) -> SaidToday:
        before.append(store.set_break(room, time, by))
        return Goes(room) if time is None else Break(room, time, by)

    def take_back(store: CheckInStore) -> SaidToday:
        old = before.pop()
        old = old if old and old.until > at.kiosk.now() else None
        store.set_break(room, old.until if old else None, by)
        return old or Goes(room)

    at.desk.do(Job(run, lambda *_: Step((), take_back)))


def _paused(at: AtDesk) -> dict[str, datetime]:
    snapshot = at.queue.snapshot
    return dict(snapshot.paused(at.kiosk.now())) if snapshot else {}
