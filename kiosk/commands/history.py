"""`history`: what happened to a ticket, or on some days, as rows; for managers, without a name."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kiosk.app import start
from kiosk.commands import arguments, signing_in
from kiosk.commands.given import Given
from kiosk.commands.on_store import name_days, on_store
from kiosk.commands.rows import print_csv, print_jsonl
from kiosk.commands.tables import title

if TYPE_CHECKING:
    from db import CheckIn, CheckInStore, Event, Trouble
    from kiosk.commands.arguments import Subparsers

NO_DAYS = 2
"""The exit code where what was asked for are no days."""


class Row(NamedTuple):
    """One thing that happened; the columns of the file."""

    day: str
    n: int
    """Its place among what happened that day."""
    at_local: str
    at_utc: str
    ticket: str
    service: str
    service_name: str
    """The service of the check-in as it is now."""
    event: str
    by: str
    device: str
    reason: str
    takes_back: int | None
    """What it takes back, by its place."""
    taken_back_by: int | None
    status_before: str
    """This and what follows: how the check-in stood; nothing that is sealed is among it."""
    room_before: str
    service_before: str
    priority_before: str
    appointment_time_before: str
    practitioner_before: str
    urgent_before: str


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "history", help="print what happened to a ticket, or on some days; for managers"
    )
    command.add_argument("ticket", nargs="?", metavar="TICKET", help="such as A012; else all")
    command.add_argument(
        "--day", metavar="DAY", type=arguments.days, help="its service day, or some days (today)"
    )
    command.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    signing_in.add_options(command)


def run(args: Namespace, given: Given) -> int:
    """Print the rows; 3 if days were left out because they cannot be read."""
    return on_store(given, lambda store, _: _print(args, given, store), beside_rows=True)


def _print(args: Namespace, given: Given, store: "CheckInStore") -> int:
    from db import UnknownCheckIn

    asked = Namespace(days=[], first=None, last=args.day)
    span = arguments.days_asked(asked, store.day)
    if span is None:
        return NO_DAYS
    accounts, device = start.open_clinic_accounts(given.settings), given.settings.device
    who = signing_in.manager(args, accounts, device)
    first, last = map(str, span)
    accounts.audit.note(
        "history_read", who.name, device, ticket=args.ticket or "", first=first, last=last
    )
    troubles: list[Trouble] = []
    rows = list(_rows(store, span, args.ticket, given, troubles))
    if args.ticket and not rows and not troubles:
        when = first if first == last else f"{first} to {last}"
        raise UnknownCheckIn(f"There is no ticket {args.ticket} on {when}.")
    (print_csv if args.format == "csv" else print_jsonl)(Row._fields, rows)
    sys.stdout.flush()
    return name_days(troubles)


def _rows(
    store: "CheckInStore",
    span: tuple[date, date],
    ticket: str | None,
    given: Given,
    troubles: "list[Trouble]",
) -> Iterator[Row]:
    from kiosk.languages import typed

    wanted = typed.ticket(ticket) if ticket else None
    for day in store.days.on_disk():
        if not span[0] <= day <= span[1]:
            continue
        found = store.days.readable(day, troubles)
        if found is None:
            continue
        check_ins, events = found
        by_number = {one.number: one for one in check_ins}
        places = {event.id: event.n for event in events}
        undone = {event.undoes: event.n for event in events if event.undoes}
        for event in events:
            one = by_number.get(event.check_in or 0)
            if ticket is None or (one and _is(one, ticket, wanted)):
                yield _row(event, one, day, given, places, undone)


def _is(one: "CheckIn", ticket: str, wanted: tuple[str, int] | None) -> bool:
    from kiosk.languages import typed

    if wanted is None:
        return one.ticket == ticket
    letter, number = typed.ticket(one.ticket) or ("", 0)
    return number == wanted[1] and wanted[0] in ("", letter)


def _row(
    event: "Event",
    one: "CheckIn | None",
    day: date,
    given: Given,
    places: dict[str, int],
    undone: dict[str, int],
) -> Row:
    before = event.before or {}

    def was(name: str) -> str:
        return "" if before.get(name) is None else str(before[name])

    service = one.service if one else ""
    return Row(
        str(day),
        event.n,
        _written(event.at.astimezone(given.clinic.zone)),
        _written(event.at.astimezone(UTC)),
        one.ticket if one else "",
        service,
        title(service, given.settings, given.clinic) if one else "",
        event.kind,
        event.by,
        event.device,
        event.reason or "",
        places.get(event.undoes or ""),
        undone.get(event.id),
        was("status"),
        was("room"),
        was("service"),
        was("priority"),
        was("appointment_time"),
        was("practitioner"),
        was("urgent"),
    )


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
