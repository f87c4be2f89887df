"""Saying what came of a job, and asking where that leads to a question."""

from collections.abc import Callable, Sequence

import msgspec

from db import (
    CheckIn,
    Event,
    IllegalTransition,
    InvalidArrival,
    Reception,
    ReceptionState,
    StaleCheckIn,
    Status,
    StoreError,
)
from kiosk.staff.acts import sentences
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.calling import NeverCame, NextCalled, Occupied, ask_about
from kiosk.staff.acts.choices import really_take_back, save_after_all
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.moving import Moved
from kiosk.staff.acts.others import Reversed
from kiosk.staff.acts.refusing import would_do
from kiosk.staff.acts.said_today import SaidToday, sentence
from kiosk.staff.acts.steps import Cannot, Happened, Older, TakenBack
from kiosk.staff.acts.told import ROOM_SET, TRANSFERRED
from kiosk.staff.seen.rows import service_text
from kiosk.staff.seen.staff_words import reception_words


def tell(at: AtDesk, job: Job, result: object) -> None:
    """Say what came of a job."""
    who, free = at.desk.account.name, not at.asking
    refused = isinstance(result, StoreError | InvalidArrival)
    if job.reopen and refused and free and not at.desk.leaving_for:
        job.reopen(result)
    match result:
        case StaleCheckIn() if job.again and free:
            _ask_to_save(at, result, job.again)
        case IllegalTransition() | StaleCheckIn() if one := _as_it_is(at, result):
            what = sentences.just_now(result, at._) if isinstance(result, StaleCheckIn) else ""
            at.say(would_do(one, at._, what), refused=True)
        case StoreError() | InvalidArrival():
            at.say(sentences.refused(result, at._, at.kiosk.clinic.zone), refused=True)
        case CheckIn():
            at.brought(job, result)
            if told := job.told:
                said = sentences.done(told, who, result, service_text(result, at.queue.view), at._)
                at.say(said, undo=told.undo)
            if job.then:
                job.then(result)
        case NextCalled():
            if result.called:
                at.brought(job, result.called)
            said = sentences.next_called(who, result.called, result.done, result.room, at._)
            at.say(said, refused=not result.changed, undo=bool(result.changed))
        case Moved():
            one = result.check_in
            at.brought(job, one)
            said = sentences.done(ROOM_SET, who, one, service_text(one, at.queue.view), at._)
            at.say(sentences.and_done(said, result.done, at._), undo=True)
        case NeverCame() if not at.asking:
            ask_about(at, result.absent)
        case Occupied() if not at.asking:
            result.ask(at, result.room, result.seen, result.today)
        case TakenBack():
            _took_back(at, job, result)
        case Cannot():
            what = _briefly(at, result.what)
            at.say(at._("{what}: that cannot be taken back", what=what), refused=True)
        case Older() if not at.asking:
            _ask_to_take_back(at, result)
        case Reception():
            _say_reception(at, result)
        case _ if isinstance(result, SaidToday):
            at.say(sentence(at.desk.account.name, result, at._, at.kiosk.clinic.zone), undo=True)
        case Event():  # a call for help was answered
            at.say(at._("{who} is going", who=who))


def asks(job: Job, result: object) -> bool:
    """Whether what came of a job leads to a question, for which other questions are to be over."""
    match result:
        case StoreError() | InvalidArrival() if job.reopen:
            return True
        case StaleCheckIn():
            return job.again is not None
        case NeverCame() | Occupied() | Older():
            return True
    return False


def _ask_to_save(at: AtDesk, stale: StaleCheckIn, again: Callable[[], None]) -> None:
    """What was typed is not lost because a colleague did something else meanwhile."""

    def save(_: str) -> None:
        at.form.close()
        again()

    at.ask(save_after_all(sentences.just_now(stale, at._), at._), save, at.form.close)


def _as_it_is(at: AtDesk, refused: IllegalTransition | StaleCheckIn) -> CheckIn | None:
    """Whom the store refused to change, standing where it said."""
    today = at.queue.snapshot.today if at.queue.snapshot else ()
    found = [one for one in today if one.ticket == refused.ticket]
    return msgspec.structs.replace(found[0], status=Status(refused.status)) if found else None


def _took_back(at: AtDesk, job: Job, taken: TakenBack) -> None:
    who, now = at.desk.account.name, taken.now
    if isinstance(now, Reception):
        _say_reception(at, now)
        return
    if isinstance(now, SaidToday):
        at.say(sentence(at.desk.account.name, now, at._, at.kiosk.clinic.zone))
        return
    at.brought(job, now)
    if at.queue.selected is None:
        at.queue.go_to(now)
    if [one.kind for one in taken.what] == [TRANSFERRED.kind]:
        said = at._(
            "{who} moved {ticket} back to {service}",
            who=who,
            ticket=now.ticket,
            service=service_text(now, at.queue.view),
        )
    else:
        said = at._("{who} took back: {what}", who=who, what=_briefly(at, taken.what))
    at.say(said)


def _ask_to_take_back(at: AtDesk, older: Older) -> None:
    """Ask before what this session did not do: nobody takes back a colleague's by accident."""
    time = at._.clock(older.at.astimezone(at.kiosk.clinic.zone))
    question = really_take_back(older.by, _briefly(at, (older.what,)), time, at._)
    desk = at.desk
    job = Job(lambda store: desk.steps.take_back_older(store, older))
    at.ask(question, lambda _: desk.do(job))


def _say_reception(at: AtDesk, now: Reception) -> None:
    moment = at.kiosk.moment
    if now.state is ReceptionState.open and moment and not moment.at_desk:
        at.say(at._("Reception is open as soon as somebody signs in at the desk"))
        return
    state = reception_words(at._)[now.state]
    at.say(at._("{who}: reception is {state}", who=at.desk.account.name, state=state))


def _briefly(at: AtDesk, what: Sequence[Happened]) -> str:
    return "; ".join(
        sentences.happened(one.kind, one.check_in, service_text(one.check_in, at.queue.view), at._)
        for one in what
    )


def tell_taken_back(at: AtDesk, one: Reversed) -> None:
    """Say that a colleague took back what was done here."""
    what = _briefly(at, (one.what,))
    at.say(at._("{who} took back what you did: {what}", who=one.who, what=what), refused=True)
