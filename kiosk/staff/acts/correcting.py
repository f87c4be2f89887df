"""Putting things right: priority, services, reception."""

from db import CheckIn, CheckInStore, Reception, ReceptionState
from kiosk.queue.public import reception_now
from kiosk.queue.reception import still_to_come
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import back_when, which_service, which_state
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.operations import change
from kiosk.staff.acts.steps import Step
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


# Reception


def ask_reception(at: AtDesk) -> None:
    """Ask whether reception takes people, and when it is back if it is away."""

    def chosen(state: str) -> None:
        if state == ReceptionState.away:
            at.ask(back_when(at.kiosk.now(), at._), lambda time: _set(at, state, time))
        else:
            _set(at, state, "")

    at.ask(which_state(at._), chosen)


def _set(at: AtDesk, state: str, until: str) -> None:
    if until and not still_to_come(until, at.kiosk.now()):  # it was thought about for a while
        at.say(at._("{time} is over. Nothing was changed.", time=until), refused=True)
        return
    new, by, back = ReceptionState(state), at.desk.account.name, until or None
    said: list[Reception | None] = []  # what staff had set before; shown may be another

    def run(store: CheckInStore) -> Reception:
        said.append(store.reception_said())
        return store.set_reception_state(new, by, back)

    def take_back(store: CheckInStore) -> Reception:
        old = said.pop()
        store.set_reception_state(old.state if old else None, by, old.until if old else None)
        return reception_now(store.moment(), at.kiosk.opening_now())

    at.desk.do(Job(run, lambda *_: Step((), take_back)))
