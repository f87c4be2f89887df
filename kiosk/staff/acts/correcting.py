"""Putting things right: walk-ins, mistyped names and services, priority."""

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len

from db import Arrival, CheckIn, CheckInStore
from kiosk.languages import typed
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import really_erase, what_to_correct, which_service
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.operations import bring, change
from kiosk.staff.acts.steps import Happened, Step
from kiosk.staff.acts.told import (
    ADDED,
    AMENDED,
    ERASED,
    FIRST,
    IN_TURN,
    TRANSFERRED,
    VOIDED,
)
from kiosk.staff.asking.entry import LineQuestion

# Walk-ins


def add(at: AtDesk) -> None:
    """A walk-in in three keys: no name, not sure what for."""
    line = LineQuestion(
        text=at._("Walk-in. Name:"),
        enter=at._("next; empty: no name"),
        cancel=at._("cancel"),
    )
    at.ask_line(line, lambda name: _add_named(at, name.strip()))


def _add_named(at: AtDesk, name: str) -> None:
    by, tag = at.desk.account.name, _language_of(name, at.kiosk.clinic.languages)

    def add(service: str) -> None:
        def run(store: CheckInStore) -> CheckIn:
            arrival = Arrival(name=name, service=service, language=tag)
            return store.check_in(arrival, allow_same_phone=True, by=by)

        def step(_: CheckInStore, result: object) -> Step:
            assert isinstance(result, CheckIn)
            return Step(
                (Happened(ADDED.kind, result),),
                lambda store: store.void(result.id, by, "added by mistake"),
            )

        bring(at, Job(run, step, ADDED))

    at.ask(which_service(at.kiosk.clinic.services, at._("What for?"), at._, not_sure=True), add)


def _language_of(name: str, tags: Sequence[str]) -> str:
    """What a walk-in is called in: English where the name is written in Latin letters only."""
    latin = bool(name) and cell_len(name) == len(name)
    return "en" if latin and "en" in tags else tags[0]


# What was said on arriving


def correct(at: AtDesk, seen: CheckIn) -> None:
    """Ask what was mistyped, and for what is right."""

    def chosen(what: str) -> None:
        match what:
            case "name" | "phone":
                _correct_person(at, seen, what)
            case "service":
                text = at._("{ticket} is for:", ticket=seen.ticket)
                question = which_service(at.kiosk.clinic.services, text, at._, not_sure=True)
                at.ask(question, lambda slug: _amend(at, seen, service=slug))
            case "appointment":
                _correct_time(at, seen)
            case "came":
                _correct_arrival(at, seen)
            case "erase":
                at.ask(really_erase(seen.ticket, at._), lambda _: _erase(at, seen))
            case "calm":
                _amend(at, seen, urgent=False)
            case "void":
                by, why = at.desk.account.name, "entered in error"
                change(at, VOIDED, lambda store: store.void(seen.id, by, why, seen.revision))

    at.ask(what_to_correct(seen, at._), chosen)


def _correct_person(at: AtDesk, seen: CheckIn, what: str) -> None:
    person = at.queue.snapshot.people.get(seen.id) if at.queue.snapshot else None
    is_hidden = at.queue.view.names_hidden or person is None
    known = "" if is_hidden else getattr(person, what, "")
    texts = {
        "name": at._("Name of {ticket}:", ticket=seen.ticket),
        "phone": at._("Phone of {ticket}:", ticket=seen.ticket),
    }
    line = LineQuestion(
        text=texts[what],
        enter=at._("save; empty: as it was") if is_hidden else at._("save; empty: none"),
        cancel=at._("cancel"),
        value=known,
    )

    def save(words: str) -> None:
        if words.strip() or not is_hidden:
            _amend(at, seen, **{what: words.strip()})
        else:  # what nobody sees is not emptied
            at.say(at._("Nothing was changed"))

    at.ask_line(line, save)


def _correct_time(at: AtDesk, seen: CheckIn) -> None:
    def save(words: str) -> None:
        if not words.strip():
            _amend(at, seen, appointment=False, appointment_time=None)
        elif time := _time_in(at, words):
            _amend(at, seen, appointment=True, appointment_time=time)

    line = LineQuestion(
        text=at._("Appointment of {ticket}, such as 10:30:", ticket=seen.ticket),
        enter=at._("save; empty: none"),
        cancel=at._("cancel"),
        value=seen.appointment_time or "",
    )
    at.ask_line(line, save)


def _correct_arrival(at: AtDesk, seen: CheckIn) -> None:
    """When somebody truly came whose ticket was given later: they waited on paper, say."""

    def save(words: str) -> None:
        if not (time := _time_in(at, words)):
            return
        hour, minute = map(int, time.split(":"))
        _amend_with(
            at, seen, lambda store: {"arrived_at": store.calendar.at(store.day, hour, minute)}
        )

    known = at._.clock(seen.arrived_at.astimezone(at.kiosk.clinic.zone))
    line = LineQuestion(
        text=at._("{ticket} came at, such as 9:05:", ticket=seen.ticket),
        enter=at._("save"),
        cancel=at._("cancel"),
        hint=at._("noted so far: {time}", time=known),
    )
    at.ask_line(line, save)


def _time_in(at: AtDesk, words: str) -> str:
    """The time that was typed, "" after saying that it is none."""
    try:
        return typed.clock(words)
    except ValueError:
        at.say(at._("A time looks like 10:30. Nothing was changed."), refused=True)
        return ""


def _amend(at: AtDesk, seen: CheckIn, **changes: object) -> None:
    _amend_with(at, seen, lambda _: changes)


def _amend_with(
    at: AtDesk, seen: CheckIn, changes: Callable[[CheckInStore], Mapping[str, object]]
) -> None:
    by = at.desk.account.name

    def save(revision: int | None) -> None:
        change(
            at,
            AMENDED,
            lambda store: store.amend(seen.id, by, revision, **changes(store)),
            again=lambda: save(None),
        )

    save(seen.revision)


def _erase(at: AtDesk, seen: CheckIn) -> None:
    by = at.desk.account.name
    change(at, ERASED, lambda store: store.days.erase(seen.ticket, by))


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
