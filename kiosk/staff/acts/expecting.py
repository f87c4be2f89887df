"""Today's list at the desk: an appointment is confirmed, who stands here is checked in by it."""

from collections.abc import Sequence

from db import Arrival, Booking, CheckIn, CheckInStore, Person
from kiosk.intake.names import spoken_by
from kiosk.languages import typed
from kiosk.staff.acts.adding import adding
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_booking, which_ticket
from kiosk.staff.acts.operations import bring, change
from kiosk.staff.acts.told import CONFIRMED
from kiosk.staff.asking.entry import LineQuestion
from kiosk.staff.asking.questions import Answer
from kiosk.staff.seen.matching import (
    Match,
    here_already,
    matches_of,
    moment_of,
    said_at,
    still_to_come,
    the_one,
)
from kiosk.staff.seen.rows import fit, name_text
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.staff.seen.todays_list import booked_service, local_time

MOST = 6
"""Of the list that are offered: beyond that one looks at the list."""
NAME_CELLS = 18
SAID, TYPED = "said", "typed"


def confirm(at: AtDesk, seen: CheckIn) -> None:
    """Confirm somebody's appointment: by today's list, or as they said it."""
    snapshot = at.queue.snapshot
    if snapshot is None:
        return
    if seen.booking and seen.due_at:
        time = local_time(seen.due_at, at.queue.view)
        said = at._("{ticket} is confirmed for {time}", ticket=seen.ticket, time=time)
        at.say(said, refused=True)
        return
    view = at.queue.view
    found = matches_of(seen, snapshot, view)
    if one := the_one(found, said_at(seen, view)):
        _confirm_by_list(at, seen, one.booking)
    elif still_to_come(snapshot.moment):
        _ask_who(at, seen, found, snapshot)
    elif seen.appointment_time and not seen.due_at:
        _confirm_as_said(at, seen, seen.appointment_time)
    else:
        _ask_time(at, seen)


def _ask_who(at: AtDesk, seen: CheckIn, found: list[Match], snapshot: Snapshot) -> None:
    """Ask which of the list they are: the plausible ones, else those nearest in time."""
    offered = [match.booking for match in found[:MOST]]
    if not offered:
        said = said_at(seen, at.queue.view) or seen.arrived_at
        rest = still_to_come(snapshot.moment)
        offered = sorted(rest, key=lambda one: abs((one.due_at - said).total_seconds()))[:MOST]
        offered.sort(key=lambda one: one.due_at)
    answers = [Answer(one.id, _told(at, one, snapshot)) for one in offered]
    if seen.appointment_time:
        words = at._("{time}, as they said", time=seen.appointment_time)
        answers.append(Answer(SAID, words))
    answers.append(Answer(TYPED, at._("Another time")))
    by_id = {one.id: one for one in offered}

    def chosen(answer: str) -> None:
        if answer == SAID and seen.appointment_time:
            _confirm_as_said(at, seen, seen.appointment_time)
        elif answer == TYPED:
            _ask_time(at, seen)
        else:
            _confirm_by_list(at, seen, by_id[answer])

    at.ask(which_booking(seen, answers, at._), chosen)


def _told(at: AtDesk, one: Booking, snapshot: Snapshot) -> str:
    """One of the list in an answer: when, who, and whom with or what for."""
    view = at.queue.view
    name = fit(name_text(snapshot.booked.get(one.id), view), NAME_CELLS)
    return f"{local_time(one.due_at, view)} {name}, {one.practitioner or booked_service(one, view)}"


def _ask_time(at: AtDesk, seen: CheckIn) -> None:
    def save(words: str) -> None:
        try:
            time = typed.clock(words)
        except ValueError:
            at.say(at._("A time looks like 10:30. Nothing was changed."), refused=True)
        else:
            _confirm_as_said(at, seen, time)

    line = LineQuestion(
        text=at._("Appointment of {ticket}, such as 10:30:", ticket=seen.ticket),
        enter=at._("confirm"),
        cancel=at._("cancel"),
        value=seen.appointment_time or "",
    )
    at.ask_line(line, save)


def _confirm_as_said(at: AtDesk, seen: CheckIn, time: str) -> None:
    by, due = at.desk.account.name, moment_of(seen.day, time, at.queue.view)
    change(at, CONFIRMED, lambda store: store.confirm(seen.id, by, due, None, seen.revision))


def _confirm_by_list(at: AtDesk, seen: CheckIn, one: Booking) -> None:
    by = at.desk.account.name
    change(
        at,
        CONFIRMED,
        lambda store: store.confirm(
            seen.id, by, one.due_at, one.practitioner, seen.revision, booking=one.id
        ),
    )


def open_list(at: AtDesk) -> None:
    """Show who is expected today, late, missing or here."""
    at.beyond.open_list(lambda id_: _chosen(at, id_))


def _chosen(at: AtDesk, id_: str) -> None:
    """Go to whom was chosen, or check them in: they stand at the desk."""
    snapshot = at.queue.snapshot
    listed = snapshot.moment.bookings if snapshot else ()
    booking = next((one for one in listed if one.id == id_), None)
    if booking is None or snapshot is None:
        at.say(at._("That appointment is no longer on the list"), refused=True)
    elif came := snapshot.moment.come.get(booking.id):
        at.queue.go_to(came)
    elif waiting := here_already(booking, snapshot, at.queue.view)[:MOST]:
        _ask_whether_here(at, booking, waiting, snapshot)
    else:
        _check_in(at, booking, snapshot.booked.get(booking.id))


def _ask_whether_here(
    at: AtDesk, booking: Booking, waiting: Sequence[CheckIn], snapshot: Snapshot
) -> None:
    """They may have a ticket already: nobody needs two."""
    view = at.queue.view
    answers = []
    for one in waiting:
        name = fit(name_text(snapshot.people.get(one.id), view), NAME_CELLS)
        answers.append(Answer(one.id, f"{one.ticket} {name}"))
    by_id = {one.id: one for one in waiting}

    def chosen(id_: str) -> None:
        if id_ in by_id:
            at.queue.go_to(by_id[id_])
            _confirm_by_list(at, by_id[id_], booking)
        else:
            _check_in(at, booking, snapshot.booked.get(booking.id))

    time = local_time(booking.due_at, view)
    at.ask(which_ticket(time, [*answers, Answer("", at._("None of them: check in"))], at._), chosen)


def _check_in(at: AtDesk, one: Booking, person: Person | None) -> None:
    by, who = at.desk.account.name, person or Person("", "")
    arrival = Arrival(
        name=who.name,
        phone=who.phone,
        service=one.service,
        practitioner=one.practitioner,
        appointment=True,
        appointment_time=local_time(one.due_at, at.queue.view),
        language=spoken_by(who.name, at.kiosk.clinic.languages),
    )

    def run(store: CheckInStore) -> CheckIn:
        return store.check_in(
            arrival, allow_same_phone=True, by=by, due_at=one.due_at, booking=one.id
        )

    bring(at, adding(run, by))
