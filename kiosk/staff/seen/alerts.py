"""What must not be overlooked: urgent tickets and calls for help; and the bell for them."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from db import CheckIn, Status
from kiosk.staff.seen.snapshot import Snapshot


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for somebody to go."""

    at: datetime
    going: str | None
    """Who is on the way."""
    check_in: str | None = None
    """Id of the urgent check-in; None for a call for help."""
    ticket: str = ""
    help_call: str | None = None
    """Id of the call for help."""
    device: str = ""

    @property
    def what(self) -> str:
        """What it is about: each rings the bell once at each terminal."""
        return self.help_call or self.check_in or ""


def alerts(snapshot: Snapshot) -> list[Alert]:
    """Urgent tickets not yet begun, and calls for help; those nobody answers first."""
    found = [
        Alert(
            at=check_in.arrived_at,
            going=_going(snapshot, check_in),
            check_in=check_in.id,
            ticket=check_in.ticket,
        )
        for check_in in snapshot.open
        if check_in.urgent and check_in.status in (Status.waiting, Status.called)
    ]
    found += [
        Alert(at=call.at, going=call.acknowledged_by, help_call=call.id, device=call.device)
        for call in snapshot.help_calls
    ]
    return sorted(found, key=lambda alert: (alert.going is not None, not alert.check_in, alert.at))


def _going(snapshot: Snapshot, check_in: CheckIn) -> str | None:
    """Who said first that they go; else who called the check-in, as long as it is called."""
    number = check_in.number
    called_by = snapshot.called_by.get(number) if check_in.status is Status.called else None
    return snapshot.answered_by.get(number) or called_by


class Bell:
    """Rings once for each alert at one terminal, whoever is signed in there."""

    def __init__(self) -> None:
        self._rung: set[str] = set()

    def ring(self, found: Sequence[Alert], strike: Callable[[], None]) -> bool:
        """Ring for whatever nobody answers yet; whether it rang."""
        new = {alert.what for alert in found if not alert.going} - self._rung
        if new:
            self._rung |= new
            strike()
        return bool(new)
