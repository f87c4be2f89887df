"""Practitioners who are away today: patients read it before they choose one."""

from db import CheckInStore
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import who_is_away
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.said_today import Practitioner
from kiosk.staff.acts.steps import Step


def ask_away(at: AtDesk) -> None:
    """Ask who is away today; of whom that is known already it is taken back."""
    snapshot = at.queue.snapshot
    away = snapshot.moment.away if snapshot else ()
    # Whoever is away is listed though the clinic's content may not name them any more.
    names = list(dict.fromkeys([*(one.name for one in at.kiosk.clinic.practitioners), *away]))
    if not names:
        at.say(at._("The clinic's content names no practitioner"), refused=True)
        return
    at.ask(who_is_away(names, away, at._), lambda name: _set(at, name, name not in away))


def _set(at: AtDesk, name: str, away: bool) -> None:
    by = at.desk.account.name
    before: list[bool] = []

    def run(store: CheckInStore) -> Practitioner:
        before.append(store.set_away(name, away, by))
        return Practitioner(name, away)

    def take_back(store: CheckInStore) -> Practitioner:
        was = before.pop()
        store.set_away(name, was, by)
        return Practitioner(name, was)

    at.desk.do(Job(run, lambda *_: Step((), take_back)))
