"""Putting things right: who goes first, and to what service."""

from db import CheckIn
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_service
from kiosk.staff.acts.operations import change
from kiosk.staff.acts.told import FIRST, IN_TURN, TRANSFERRED


def set_priority(at: AtDesk, seen: CheckIn) -> None:
    """Before the others, or in turn again."""
    value, by = 0 if seen.priority > 0 else 1, at.desk.account.name
    told = FIRST if value else IN_TURN
    change(at, told, lambda store: store.set_priority(seen.id, value, by, seen.revision))


def transfer(at: AtDesk, seen: CheckIn) -> None:
    """Ask for another service."""
    by = at.desk.account.name
    services = [s for s in at.kiosk.clinic.services if s.slug != seen.service]

    def move(slug: str, revision: int | None = seen.revision) -> None:
        change(
            at,
            TRANSFERRED,
            lambda store: store.transfer(seen.id, slug, by, revision),
            again=lambda: move(slug, None),
        )

    at.ask(which_service(services, at._("Move {ticket} to:", ticket=seen.ticket), at._), move)
