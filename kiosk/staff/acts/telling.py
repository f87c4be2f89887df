"""Saying what came of a job, and asking where that leads to a question."""

from collections.abc import Sequence

from db import CheckIn, Event, InvalidArrival, Reception, StoreError
from kiosk.staff.acts import sentences
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.calling import NeverCame, NextCalled, ask_about
from kiosk.staff.acts.choices import really_take_back
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.said_today import SaidToday, sentence
from kiosk.staff.acts.steps import Cannot, Happened, Older, TakenBack
from kiosk.staff.acts.told import TRANSFERRED
from kiosk.staff.seen.rows import service_text
from kiosk.staff.seen.staff_words import reception_words


def tell(at: AtDesk, job: Job, result: object) -> None:
    """Say what came of a job."""
    who = at.desk.account.name
    match result:
        case StoreError() | InvalidArrival():
            at.say(sentences.refused(result, at._, at.kiosk.clinic.zone), refused=True)
        case CheckIn():
            at.brought(job, result)
            if told := job.told:
                said = sentences.done(told, who, result, service_text(result, at.queue.view), at._)
                at.say(said, undo=told.undo)
        case NextCalled():
            if result.called:
                at.brought(job, result.called)
            said = sentences.next_called(who, result.called, result.done, result.room, at._)
            at.say(said, refused=not result.changed, undo=bool(result.changed))
        case NeverCame() if not at.asking:
            ask_about(at, result.absent)
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


def _took_back(at: AtDesk, job: Job, taken: TakenBack) -> None:
    who, now = at.desk.account.name, taken.now
    if isinstance(now, Reception):
        _say_reception(at, now)
        return
    if isinstance(now, SaidToday):
        at.say(sentence(at.desk.account.name, now, at._, at.kiosk.clinic.zone))
        return
    at.brought(job, now)
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
    state = reception_words(at._)[now.state]
    at.say(at._("{who}: reception is {state}", who=at.desk.account.name, state=state))


def _briefly(at: AtDesk, what: Sequence[Happened]) -> str:
    return "; ".join(
        sentences.happened(one.kind, one.check_in, service_text(one.check_in, at.queue.view), at._)
        for one in what
    )
