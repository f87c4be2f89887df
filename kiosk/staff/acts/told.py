"""How things done to a check-in are told: of one's own, in few words, and of somebody else's."""

import msgspec

from db import EventKind
from kiosk.languages.language import mark


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an event of one kind did, in English sentences that are marked for translation."""

    kind: EventKind
    """The event's."""
    here: str = ""
    """Of what was just done here, and by whom."""
    briefly: str = mark("{ticket} changed")
    """In few words and without who did it, for what is taken back."""
    elsewhere: str = mark("{who} just changed {ticket}")
    """Of what somebody else did a moment before."""
    place: str = ""
    """Where somebody was sent, for the first of them."""
    undo: bool = True
    """Whether the key that takes it back is shown beside it."""


ADDED = Told(
    kind=EventKind.checked_in,
    here=mark("{who} added {ticket}"),
    briefly=mark("{ticket} added"),
)
CALLED = Told(
    kind=EventKind.called,
    here=mark("{who} called {ticket} to {room}"),
    briefly=mark("{ticket} called to Room {room}"),
    elsewhere=mark("{who} just called {ticket}"),
)
RECALLED = Told(
    kind=EventKind.recalled,
    here=mark("{who} called {ticket} again, {n}x"),
    briefly=mark("{ticket} called again"),
    elsewhere=mark("{who} just called {ticket} again"),
)
BEGAN = Told(
    kind=EventKind.began,
    here=mark("{who}: {ticket} came in"),
    briefly=mark("{ticket} came in"),
    elsewhere=mark("{who} just noted that {ticket} came in"),
)
COMPLETED = Told(
    kind=EventKind.completed,
    here=mark("{who}: {ticket} is done"),
    briefly=mark("{ticket} done"),
    elsewhere=mark("{who} just marked {ticket} as done"),
)
NO_SHOW = Told(
    kind=EventKind.no_show,
    here=mark("{who}: {ticket} did not come"),
    briefly=mark("{ticket} did not come"),
    elsewhere=mark("{who} just marked {ticket} as a no-show"),
)
RETURNED = Told(
    kind=EventKind.returned,
    here=mark("{who} put {ticket} back in the queue"),
    briefly=mark("{ticket} put back"),
    elsewhere=mark("{who} just put {ticket} back in the queue"),
)
PARKED = Told(
    kind=EventKind.parked,
    here=mark("{who} sent {ticket} to {place}"),
    briefly=mark("{ticket} sent on"),
    elsewhere=mark("{who} just sent {ticket} on"),
)
TRANSFERRED = Told(
    kind=EventKind.transferred,
    here=mark("{who} moved {ticket} to {service}"),
    briefly=mark("{ticket} moved to {service}"),
    elsewhere=mark("{who} just moved {ticket} to another service"),
)
FIRST = Told(
    kind=EventKind.priority_set,
    here=mark("{who}: {ticket} goes before the others"),
    briefly=mark("{ticket} given another turn"),
)
IN_TURN = Told(
    kind=EventKind.priority_set,
    here=mark("{who}: {ticket} waits in turn again"),
    briefly=mark("{ticket} given another turn"),
)
AMENDED = Told(
    kind=EventKind.amended,
    here=mark("{who} corrected {ticket}"),
    briefly=mark("{ticket} corrected"),
    elsewhere=mark("{who} just corrected {ticket}"),
)
CONFIRMED = Told(
    kind=EventKind.confirmed,
    here=mark("{who} confirmed the appointment of {ticket}"),
    briefly=mark("{ticket}: appointment confirmed"),
    elsewhere=mark("{who} just confirmed the appointment of {ticket}"),
)
VOIDED = Told(
    kind=EventKind.voided,
    here=mark("{who}: {ticket} was a mistake and is void"),
    briefly=mark("{ticket} made void"),
    elsewhere=mark("{who} just made {ticket} void"),
)
ERASED = Told(
    kind=EventKind.erased,
    here=mark("{who} erased name and phone of {ticket}"),
    briefly=mark("{ticket}: name and phone erased"),
)
MERGED = Told(
    kind=EventKind.merged,
    here=mark("{who} merged {ticket} into its other ticket"),
    briefly=mark("{ticket} merged"),
    elsewhere=mark("{who} just made {ticket} void"),
    undo=False,
)
GOING = Told(
    kind=EventKind.answered,
    here=mark("{who} is going to {ticket}"),
    elsewhere=mark("{who} is already going to {ticket}"),
    undo=False,
)

ROOM_SET = Told(
    kind=EventKind.room_set,
    here=mark("{who} sent {ticket} to {room}"),
    briefly=mark("{ticket} moved to Room {room}"),
    elsewhere=mark("{who} just sent {ticket} to another room"),
)
LEFT = Told(
    kind=EventKind.left,
    here=mark("{who}: {ticket} has left"),
    briefly=mark("{ticket} left"),
    elsewhere=mark("{ticket} has just left the queue"),
)
REOPENED = Told(
    kind=EventKind.reopened,
    here=mark("{who} reopened {ticket}"),
    briefly=mark("{ticket} reopened"),
    elsewhere=mark("{who} just reopened {ticket}"),
)

ABSORBED = Told(kind=EventKind.absorbed, briefly=mark("{ticket} merged"))
"""The other half of a merge."""
UNDONE = Told(kind=EventKind.undone, elsewhere=mark("{who} just took back a step of {ticket}"))
UNKNOWN = Told(kind=EventKind.unknown)
"""What has no words of its own."""
NOBODYS_KEY = (ABSORBED, UNDONE)
"""What comes of no key of its own."""
