"""What everybody in the room may know of the queue: no names, no reasons, no ids."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from db import CheckInStore


class Called(msgspec.Struct, frozen=True):
    """A ticket that is being called, and the room it is called to."""

    ticket: str
    room: str


class QueueState(msgspec.Struct, frozen=True, kw_only=True):
    """The public face of the queue at one moment."""

    waiting: int = 0
    called: tuple[Called, ...] = ()
    """Tickets being called, the latest first."""
    reception: str = "away"
    """open, away, full or closed."""
    reception_until: str | None = None
    staff_present: bool = False
    known: bool = False
    """False until the store has been read, and again while it cannot be."""


def read_queue_state(store: "CheckInStore") -> QueueState:
    """The queue as it stands in the store now; raises StoreError when it cannot be read."""
    queue = store.queue()
    called = [c for c in queue if c.status == "called" and c.called_at is not None]
    called.sort(key=lambda c: c.called_at.timestamp() if c.called_at else 0.0, reverse=True)
    reception = store.reception_state()
    return QueueState(
        waiting=sum(c.status == "waiting" for c in queue),
        called=tuple(Called(c.ticket, c.room or "") for c in called),
        reception=str(reception.state),
        reception_until=reception.until,
        staff_present=bool(store.present()),
        known=True,
    )
