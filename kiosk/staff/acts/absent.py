"""Practitioners who are away today: patients read it before they choose one."""

from db import CheckInStore
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import who_is_away
from kiosk.staff.acts.said_today import Practitioner, SaidToday
from kiosk.staff.acts.saying_today import say_today, unread


def ask_away(at: AtDesk) -> None:
    """Ask who is away today; of whom that is known already it is taken back."""
    away = _away(at)
    # Whoever is away is listed though the clinic's content may not name them any more.
    names = list(dict.fromkeys([*_named(at), *away]))
    if not names:
        at.say(at._("The clinic's content names no practitioner"), refused=True)
        return
    at.ask(who_is_away(names, away, at._), lambda name: _set(at, name, name not in away))


def _set(at: AtDesk, name: str, away: bool) -> None:
    by = at.desk.account.name

    def write(store: CheckInStore, said: SaidToday) -> SaidToday:
        assert isinstance(said, Practitioner)
        return Practitioner(name, store.set_away(name, said.away, by))

    say_today(at, _about(name), Practitioner(name, away), write)


def _away(at: AtDesk) -> list[str]:
    snapshot = at.queue.snapshot
    away = list(snapshot.moment.away) if snapshot else []
    for name in dict.fromkeys([*_named(at), *away]):
        match unread(at, _about(name)):
            case Practitioner(away=True) if name not in away:
                away.append(name)
            case Practitioner(away=False) if name in away:
                away.remove(name)
    return away


def _named(at: AtDesk) -> list[str]:
    return [one.name for one in at.kiosk.clinic.practitioners]


def _about(name: str) -> str:
    return f"practitioner {name}"
