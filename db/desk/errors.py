"""The refusals of what staff do, each with a sentence a person can read."""

from datetime import datetime

from db.checkin import InvalidArrival
from db.errors import StoreError


class StaleCheckIn(StoreError):
    """Someone else changed the check-in first: `by` and `kind` are of the latest event.

    `status` is where the check-in stands now.
    """

    def __init__(self, ticket: str, by: str, kind: str, status: str) -> None:
        super().__init__(f"{by} changed {ticket} just now ({kind.replace('_', ' ')}).")
        self.ticket = ticket
        self.by = by
        self.kind = kind
        self.status = status


class IllegalTransition(StoreError):
    """The check-in `ticket` cannot go from `status` to `to`."""

    def __init__(self, ticket: str, status: str, to: str) -> None:
        words = status.replace("_", " "), to.replace("_", " ")
        super().__init__(f"{ticket} is {words[0]} and cannot become {words[1]}.")
        self.ticket = ticket
        self.status = status


class NothingToUndo(StoreError):
    """Nothing that this person did today can still be undone."""

    sentence = "There is nothing to undo."


class ImpossibleArrival(InvalidArrival):
    """Nobody can have come then: only from `earliest` to `latest`, when their ticket was given."""

    def __init__(self, earliest: datetime, latest: datetime) -> None:
        super().__init__(
            "arrived_at", "Nobody came before the day began, or after their ticket was given."
        )
        self.earliest = earliest
        self.latest = latest
