"""`queue`: today's tickets in plain text or JSON, never a name."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from db import OPEN, CheckIn, CheckInStore, Status, Waited, waited_by
from kiosk.app import start
from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.tables import table, title
from kiosk.content.clinic import Clinic
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


Waits = Mapping[int, Waited]
"""How long each has waited, by the number of the check-in."""


class QueueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in as `queue --json` gives it: nothing that tells who it is. Times are UTC."""

    ticket: str
    status: Status
    service: str
    """Slug; empty: not sure."""
    room: str | None
    urgent: bool
    priority: int
    appointment: bool
    language: str
    calls: int
    """Calls and recalls since it last joined the queue."""
    arrived_at: datetime
    called_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    wait_minutes: int | None
    """Whole minutes of waiting until the latest call, until now for those who wait; else None."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "queue", help="print today's tickets, status and times, without names"
    )
    arguments.add_json(command)


def run(args: Namespace, given: Given) -> int:
    """Print today's queue and return 0; raises StoreError."""
    return print_queue(args.json, given.settings, given.clinic)


def print_queue(
    as_json: bool,
    settings: Settings,
    clinic: Clinic,
    *,
    store: CheckInStore | None = None,
    now: datetime | None = None,
) -> int:
    """Print the queue of `store`, as of `now`.

    It lists who is still here, in calling order; with `as_json` everybody of today, in
    order of arrival. Where nothing was ever recorded nothing is created.
    """
    store = store or start.open_clinic_store(settings, clinic)
    now = now or datetime.now(clinic.zone)
    today = store.today()
    waited = waited_by(today, store.events() if today else [], (Status.waiting,))
    if as_json:
        rows = [_row(check_in, waited, now) for check_in in today]
        print(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    else:
        print(_queue_text(in_calling_order(today, store), waited, settings, clinic, now))
        if ended := _ended_text(today):
            print(ended)
    return 0


def in_calling_order(today: Sequence[CheckIn], store: CheckInStore) -> list[CheckIn]:
    """Those still here: the queue as it will be called, then those inside, then those away."""
    queue = store.queue() if today else []
    inside = [c for c in today if c.status is Status.in_service]
    away = [c for c in today if c.status is Status.parked]
    return [c for c in (*queue, *inside, *away) if c.status in OPEN]


def wait_minutes(check_in: CheckIn, waited: Waits, now: datetime) -> int | None:
    """Whole minutes of waiting until the latest call, or until `now`; none at the laboratory.

    None for who was not called and does not wait.
    """
    if check_in.status is not Status.waiting and check_in.called_at is None:
        return None
    return int(waited[check_in.number].until(now).total_seconds()) // 60


def _row(check_in: CheckIn, waited: Waits, now: datetime) -> QueueRow:
    fields = QueueRow.__struct_fields__
    values = {field: getattr(check_in, field) for field in fields if field != "wait_minutes"}
    return QueueRow(**values, wait_minutes=wait_minutes(check_in, waited, now))


def _queue_text(
    check_ins: Sequence[CheckIn], waited: Waits, settings: Settings, clinic: Clinic, now: datetime
) -> str:
    if not check_ins:
        return "Nobody is waiting."
    rows = [("Ticket", "Status", "Room", "Service", "Arrived", "Called", "Waited")]
    for check_in in check_ins:
        minutes = wait_minutes(check_in, waited, now)
        status = check_in.status.replace("_", " ")
        rows.append(
            (
                check_in.ticket,
                f"{status}, urgent" if check_in.urgent else status,
                check_in.room or "",
                title(check_in.service, settings, clinic),
                _clock(check_in.arrived_at, clinic),
                _clock(check_in.called_at, clinic),
                "" if minutes is None else f"{minutes} min",
            )
        )
    return table(rows)


def _ended_text(today: Sequence[CheckIn]) -> str:
    """How many are no longer here, each kind by itself."""
    words = {Status.done: "done", Status.left: "left", Status.no_show: "no-show"}
    counted = [(sum(c.status is status for c in today), word) for status, word in words.items()]
    ended = ", ".join(f"{n} {word}" for n, word in counted if n)
    return f"\nNo longer here: {ended}." if ended else ""


def _clock(moment: datetime | None, clinic: Clinic) -> str:
    return "" if moment is None else f"{moment.astimezone(clinic.zone):%H:%M}"
