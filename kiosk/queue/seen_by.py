"""Which practitioner saw somebody, told from who did what while they were in a room; pure."""

from collections.abc import Collection, Iterable, Mapping

from db import Event, EventKind, Stay

WORK = (EventKind.called, EventKind.began, EventKind.completed)
"""What shows that a visit is one's own."""


def seen_by(
    stays: Iterable[Stay], events: Collection[Event], practitioners: Collection[str]
) -> Mapping[Stay, str]:
    """The practitioner of each stay, the last whose work it was; others are left out.

    Whoever calls at the desk for a room is none of `practitioners`, and nobody knows who was in it.
    """
    undone = {event.undoes for event in events}
    work = [
        event
        for event in events
        if event.what in WORK and event.by in practitioners and event.id not in undone
    ]
    found = {}
    for stay in stays:
        for event in work:
            is_during = stay.called <= event.at and (stay.ended is None or event.at <= stay.ended)
            if event.check_in == stay.number and is_during:
                found[stay] = event.by
    return found
