"""The commands for one person's data: `what-is-kept` prints it, `erase` destroys name and phone."""

from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store
from kiosk.content.clinic import Clinic

if TYPE_CHECKING:
    from db import CheckInStore, Kept
    from kiosk.commands.arguments import Subparsers

BY = "run_kiosk.py"
"""Who did it, in the records: whoever may use the shell of this account."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the commands to the command line."""
    for name, text in (
        ("erase", "destroy the name and phone of one ticket, for good"),
        ("what-is-kept", "print all that is kept of one ticket, for the person"),
    ):
        command = subparsers.add_parser(name, help=text)
        command.add_argument("ticket", metavar="TICKET", help="such as A012")
        command.add_argument(
            "--day", metavar="DAY", type=arguments.day, help="its service day (today)"
        )


def run(args: Namespace, given: Given) -> int:
    """Do what `args.command` asks of `args.ticket` on `args.day`."""
    if args.command == "what-is-kept":
        return on_store(given, lambda store, _: _print_kept(args, store, given.clinic))
    return on_store(given, lambda store, _: _erase(args, store))


def _print_kept(args: Namespace, store: "CheckInStore", clinic: Clinic) -> int:
    print(told(store.days.what_is_kept(args.ticket, args.day), clinic))
    return 0


def _erase(args: Namespace, store: "CheckInStore") -> int:
    erased = store.days.erase(args.ticket, BY, args.day)
    print(f"Name and phone of {erased.ticket} ({erased.day}) are destroyed, in every line.")
    print("In a backup they can be read until the key of that day is destroyed.")
    return 0


def told(kept: "Kept", clinic: Clinic) -> str:
    """All that is kept of a check-in, in plain words, for whom it belongs to."""
    one = kept.check_in

    def local(moment: datetime | None) -> str:
        return "" if moment is None else f"{moment.astimezone(clinic.zone):%Y-%m-%d %H:%M}"

    unreadable = "kept, but its key is not on this machine"
    name, phone = (
        ("none", "none")
        if not (one.has_name or one.has_phone)
        else (unreadable, unreadable)
        if kept.person is None
        else (kept.person.name or "none", kept.person.phone or "none")
    )
    rows = [
        ("Ticket", f"{one.ticket}, {one.day}"),
        ("Name", name),
        ("Phone", phone),
        ("Reason for the visit", one.service or "not sure"),
        ("Urgent", _yes(one.urgent)),
        ("Appointment", (one.appointment_time or "yes") if one.appointment else "no"),
        ("Confirmed for", local(one.due_at) or "no"),
        ("With", one.practitioner or "nobody in particular"),
        ("First visit", "not said" if one.first_visit is None else _yes(one.first_visit)),
        ("For", {"self": "oneself"}.get(one.whom, one.whom)),
        ("Language", one.language),
        ("Agreed to text", one.consent or "none"),
        ("Arrived", local(one.arrived_at)),
        ("Called", local(one.called_at) or "no"),
        ("Ended", local(one.ended_at) or "no"),
        ("Now", one.status.replace("_", " ")),
    ]
    if kept.booked:
        rows.append(("On the day's list", local(kept.booked.due_at)))
        on_list = kept.booked_person
        name, phone = (on_list.name, on_list.phone) if on_list else (unreadable, unreadable)
        if kept.booked.sealed is None:
            name, phone = "destroyed", "destroyed"
        rows += [("  Name there", name or "none"), ("  Phone there", phone or "none")]
    lines = [f"{title:<22}{value}" for title, value in rows]
    lines += ["", "What happened"]
    for event in kept.events:
        by = f", {event.by}" if event.by else ""
        lines.append(f"  {local(event.at)}  {event.kind.replace('_', ' ')}{by}")
    lines += [
        "",
        f"Name and phone can be opened until {kept.names_until}; the rest is kept until "
        f"{kept.records_until}.",
    ]
    return "\n".join(lines)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
