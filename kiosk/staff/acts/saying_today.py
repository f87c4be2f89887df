"""Saying something of today: the next key knows of it at once, and `u` takes it back."""

from collections.abc import Callable

from db import CheckInStore
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.said_today import SaidToday
from kiosk.staff.acts.steps import Step

Write = Callable[[CheckInStore, SaidToday], SaidToday]
"""Writes what is said, and gives what was so before."""


def say_today(at: AtDesk, about: str, now: SaidToday, write: Write) -> None:
    """Have the store note what is said `about` a room, a practitioner, or for everybody."""
    here, before = at.desk.said, list[SaidToday]()

    def written(store: CheckInStore, said: SaidToday) -> SaidToday:
        here.say(about, said)
        try:
            was = write(store, said)
        except Exception:
            here.forget(about)
            raise
        here.is_written(about, len(store.events()))
        return was

    def run(store: CheckInStore) -> SaidToday:
        before.append(written(store, now))
        return now

    def take_back(store: CheckInStore) -> SaidToday:
        old = before.pop()
        written(store, old)
        return old

    here.say(about, now)
    at.desk.do(Job(run, lambda *_: Step((), take_back)))


def unread(at: AtDesk, about: str) -> SaidToday | None:
    """What was said here `about` it, while nothing that was read tells of it."""
    snapshot = at.queue.snapshot
    return at.desk.said.unread(about, snapshot.moment if snapshot else None)
