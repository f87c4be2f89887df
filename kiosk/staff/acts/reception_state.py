"""Whether reception takes people, and when it is back: the lobby says so."""

from datetime import datetime

from db import CheckInStore, Reception, ReceptionState
from kiosk.queue.public import reception_now
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import times_of_today, which_state
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.steps import Step
from kiosk.staff.acts.until import ask_until


def ask_reception(at: AtDesk) -> None:
    """Ask whether reception takes people, and when it is back if it is away."""

    def chosen(state: str) -> None:
        if state == ReceptionState.away:
            ask_until(
                at,
                at._("Back at:"),
                lambda time: _set(at, state, time),
                offered=times_of_today(at.kiosk.now()),
                unsaid=lambda: _set(at, state, None),
            )
        else:
            _set(at, state, None)

    at.ask(which_state(at._), chosen)


def _set(at: AtDesk, state: str, until: datetime | None) -> None:
    new, by = ReceptionState(state), at.desk.account.name
    back = f"{until:%H:%M}" if until else None
    said: list[Reception | None] = []  # what staff had set before; shown may be another

    def run(store: CheckInStore) -> Reception:
        said.append(store.reception_said())
        return store.set_reception_state(new, by, back)

    def take_back(store: CheckInStore) -> Reception:
        old = said.pop()
        store.set_reception_state(old.state if old else None, by, old.until if old else None)
        return reception_now(store.moment(), at.kiosk.opening_now())

    at.desk.do(Job(run, lambda *_: Step((), take_back)))
