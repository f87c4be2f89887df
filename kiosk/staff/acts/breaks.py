"""Breaks of rooms: until a time nobody is called there by `call next`."""

from collections.abc import Sequence
from datetime import datetime

from db import Break, CheckInStore
from kiosk.languages.room_names import room_text
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_break
from kiosk.staff.acts.said_today import Goes, SaidToday, until
from kiosk.staff.acts.saying_today import say_today, unread
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

    def write(store: CheckInStore, said: SaidToday) -> SaidToday:
        old = store.set_break(room, said.until if isinstance(said, Break) else None, by)
        return old if old and old.until > at.kiosk.now() else Goes(room)

    say_today(at, _about(room), Break(room, time, by) if time else Goes(room), write)


def _paused(at: AtDesk) -> dict[str, datetime]:
    snapshot = at.queue.snapshot
    paused = dict(snapshot.paused(at.kiosk.now())) if snapshot else {}
    for room in [one.name for one in at.kiosk.settings.rooms]:
        match unread(at, _about(room)):
            case Break() as said:
                paused[room] = said.until
            case Goes():
                paused.pop(room, None)
    return paused


def _about(room: str) -> str:
    return f"room {room}"
