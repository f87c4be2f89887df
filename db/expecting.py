"""The expected wait of one who is waiting, from the figures on disk and the queue of now."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, timedelta

import msgspec

from db.checkin import CheckIn, Status
from db.core import StoreCore
from db.days import days_on_disk
from db.errors import StoreError
from db.figures import Figures
from db.history import History, history_of
from db.stays import stays_of
from db.wait import Wait, expected_wait

PAST_DAYS = 28
"""Days with figures that are looked at: four weeks, so that every weekday counts alike."""

GOOD_FOR = timedelta(seconds=20)
"""How long an estimate holds while nothing happens: the minutes it tells are not finer."""


class Expecting(StoreCore):
    """Estimates are kept for a moment, and the past for the day: screens may ask every second."""

    _past: tuple[date, History | None] | None = None
    _estimates: tuple[object, dict[int, Wait | None]] = None, {}

    def expected_wait(self, check_in: CheckIn, rooms: Mapping[str, Collection[str]]) -> Wait | None:
        """Estimate how long until a check-in of today is called; None where nobody can tell.

        `rooms` are the services each room offers, empty for all. None too for one who is not
        waiting, with too little history, and when the store cannot be read: it never raises
        StoreError. The first call of a day reads the figures of past days.
        """
        with suppress(StoreError):
            history = self._history()
            if history is None:
                return None
            with self._reading() as day:
                check_ins, queue, events = list(day.check_ins.values()), day.queued(), day.events()
                now = day.check_ins.get(day.ids.get(check_in.id, 0))
            if now is None or now.status is not Status.waiting:
                return None
            at = self._now(day)
            known = (day.date, len(events), at.timestamp() // GOOD_FOR.total_seconds(), str(rooms))
            if known != self._estimates[0]:
                self._estimates = known, {}
            estimates = self._estimates[1]
            if now.number not in estimates:
                local = self._calendar.local(at)
                stays = stays_of(check_ins, events)
                minute = local.hour * 60 + local.minute
                estimates[now.number] = expected_wait(now, queue, stays, rooms, history, at, minute)
            return estimates[now.number]
        return None

    def _history(self) -> History | None:
        """Pool the figures of past days, read once a day; a broken file is passed over."""
        today = self.day
        if self._past is None or self._past[0] != today:
            figures = []
            for day in [day for day in days_on_disk(self._figures, ".json") if day < today]:
                with suppress(OSError, msgspec.MsgspecError):
                    data = (self._figures / f"{day}.json").read_bytes()
                    figures.append(msgspec.json.decode(data, type=Figures))
            self._past = today, history_of(figures[-PAST_DAYS:])
        return self._past[1]
