"""The expected wait of one who is waiting, from the store's figures and its queue of now."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

from db import CheckIn, CheckInStore, Status, StoreError, stays_of
from kiosk.queue.wait.history import History, history_of
from kiosk.queue.wait.wait import Wait, expected_wait

PAST_DAYS = 28
"""Days with figures that are looked at: four weeks, so that every weekday counts alike."""

LONG_AGO = timedelta(days=120)
"""Days before this are not read, so that the clinic's thousandth day costs what its first did."""

GOOD_FOR = timedelta(seconds=20)
"""How long an estimate holds while nothing happens: the minutes it tells are not finer."""


class ExpectedWaits:
    """Estimates are kept for a moment, and the past for the day: screens may ask every second."""

    def __init__(
        self,
        store: CheckInStore,
        rooms: Mapping[str, Collection[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """`rooms` are the services each room offers, empty for all; `clock` gives clinic time."""
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._past: tuple[date, History | None] | None = None
        self._estimates: tuple[object, dict[int, Wait | None]] = None, {}

    def of(self, check_in: CheckIn) -> Wait | None:
        """Estimate how long until a check-in of today is called; None where nobody can tell.

        None too for one who is not waiting, with too little history, and when the store cannot
        be read: it never raises StoreError. The first call of a day reads the past days.
        """
        with suppress(StoreError):
            history = self._history()
            moment = self._store.moment()
            now = moment.by_id.get(check_in.id)
            if history is None or now is None or now.status is not Status.waiting:
                return None
            at, events = self._clock(), moment.events
            if events:  # a clock set back must not run ahead of what has happened
                at = max(at, events[-1].at.astimezone(at.tzinfo))
            known = (moment.line, at.timestamp() // GOOD_FOR.total_seconds())
            if known != self._estimates[0]:
                self._estimates = known, {}
            estimates = self._estimates[1]
            if now.number not in estimates:
                stays = stays_of(moment.check_ins, events)
                minute = at.hour * 60 + at.minute
                paused = {
                    room: (until - at).total_seconds() / 60
                    for room, until in moment.paused(at).items()
                }
                estimates[now.number] = expected_wait(
                    now,
                    moment.queue,
                    stays,
                    self._rooms,
                    history,
                    at,
                    minute,
                    paused,
                    self._store.order,
                )
            return estimates[now.number]
        return None

    def learn(self) -> None:
        """Read the past days ahead of the first question; for a quiet moment's thread."""
        with suppress(StoreError):
            self._history()

    def _history(self) -> History | None:
        """Pool the figures of past days, read once a day."""
        today = self._store.day
        if self._past is None or self._past[0] != today:
            figures = self._store.days.figures(today - LONG_AGO, today - timedelta(days=1))
            self._past = today, history_of(figures[-PAST_DAYS:])
        return self._past[1]
