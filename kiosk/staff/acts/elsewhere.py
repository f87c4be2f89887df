"""Who goes elsewhere: home, to the laboratory, or on after the end."""

import msgspec

from db import CheckIn, CheckInStore, Status
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_place, why_reopen
from kiosk.staff.acts.operations import change, operate
from kiosk.staff.acts.told import LEFT, PARKED, REOPENED


def leave(at: AtDesk, seen: CheckIn) -> None:
    """Somebody goes before they were seen: neither a mistake nor a no-show."""
    operate(at, CheckInStore.leave, LEFT, seen)


def send(at: AtDesk, seen: CheckIn) -> None:
    """Somebody goes to the laboratory, or where else one is sent, and comes back."""
    places, by = at.kiosk.settings.places, at.desk.account.name

    def to(place: str) -> None:
        told = msgspec.structs.replace(PARKED, place=place)
        change(at, told, lambda store: store.park(seen.id, by, seen.revision, place))

    if len(places) == 1:
        to(places[0])
    else:
        at.ask(which_place(places, seen, at._), to)


def reopen(at: AtDesk, seen: CheckIn) -> None:
    """Ask why an ended visit goes on: that says where, too."""
    reasons = {"mistake": "ended by mistake", "back": "came back"}
    room, by = seen.room or "", at.desk.account.name
    inside = _inside(at, seen).get(room, "") if seen.status is Status.done else ""

    def answered(why: str) -> None:
        reason, waits = reasons[why], why == "back"
        change(
            at,
            REOPENED,
            lambda store: store.reopen(seen.id, by, reason, seen.revision, waits=waits),
            brings=True,
        )

    at.ask(why_reopen(seen, room, inside, at._), answered)


def _inside(at: AtDesk, seen: CheckIn) -> dict[str, str]:
    """The tickets of those who are in the rooms, but for one."""
    today = at.queue.snapshot.today if at.queue.snapshot else ()
    here = [one for one in today if one.status is Status.in_service and one.id != seen.id]
    return {one.room or "": one.ticket for one in here}
