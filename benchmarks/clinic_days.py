"""Simulated clinic days on a real store: people who come, wait, lose patience and are seen.

Knows nothing of how the store estimates. What happens here is richer than that estimate:
practitioners differ, hurry when the room is full, pause and close as people do; patients give up
with or without a word, come back from the laboratory, or turn up after they were passed.
"""

from __future__ import annotations

import heapq
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import exp, log, sqrt
from pathlib import Path
from random import Random
from unittest.mock import patch
from zoneinfo import ZoneInfo

from benchmarks.scenarios import Place, Scenario
from db import Arrival, CheckIn, CheckInStore, Status, open_store
from kiosk.queue.wait import ExpectedWaits, Wait

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 9, 1)
MIDNIGHT = datetime(2026, 8, 31, 16, 0, tzinfo=UTC)
"""The first day's midnight in Shanghai."""

STEP = 5
"""Minutes to which appointments are given."""


@dataclass
class Seen:
    """One look at the expected wait, and what came of it; minutes.

    Both count from the later of now and the appointment, as far as that was confirmed.
    """

    scenario: str
    wait: Wait | None
    early: float
    """Minutes until that appointment."""
    booked: bool
    """Whether they have one, and that was confirmed."""
    ahead: int
    rooms: int
    mean: float
    """Of the visits so far, what the rule of thumb multiplies with."""
    at_check_in: bool
    actual: float | None = None


@dataclass
class _Room:
    place: Place
    pace: float = 1.0
    on: bool = False
    due: bool = False
    """Whether the shift is over, and whoever is in is the last."""
    last_shift: bool = False
    busy: bool = False
    joins: bool = False
    """Whether one key ends a visit and calls the next."""


@dataclass
class _Person:
    check_in: CheckIn
    first_visit: bool
    absent: bool
    looks: list[tuple[float, Seen]] = field(default_factory=list)
    called: float | None = None


@contextmanager
def unsynced() -> Iterator[None]:
    """Nothing that is simulated need survive a power cut."""
    with patch.object(os, "fdatasync", lambda _: None), patch.object(os, "fsync", lambda _: None):
        yield


class Clinic:
    """One scenario, day after day; everything follows from `seed`."""

    def __init__(self, folder: Path, scenario: Scenario, seed: int) -> None:
        """Keeps its store in `folder`."""
        self.scenario = scenario
        self.store: CheckInStore = open_store(
            folder / "data",
            "downtown",
            keys_dir=folder / "keys",
            time_zone="Asia/Shanghai",
            order=scenario.order,
            clock=lambda: self._now(),
        )
        self.rooms = {place.name: place.services for place in scenario.rooms}
        self.waits = ExpectedWaits(self.store, self.rooms, self._here)
        self.seen: list[Seen] = []
        self._random = Random(f"{scenario.name} {seed}")
        self._staff = [self._log_normal(1.0, scenario.differ) for _ in range(7)]
        self._day = -1
        self._minute = 0.0
        self._visits, self._minutes = 1, 20.0

    def run(self, days: int) -> list[Seen]:
        """Live through so many days and give every look at the expected wait that was had."""
        with unsynced():
            for _ in range(days):
                self._live_a_day()
        self.store.close()
        return self.seen

    def _now(self) -> datetime:
        return MIDNIGHT + timedelta(days=self._day, minutes=self._minute)

    def _here(self) -> datetime:
        return self._now().astimezone(SHANGHAI)

    def _log_normal(self, mean: float, cv: float) -> float:
        spread = sqrt(log(1 + cv * cv))
        return mean * exp(self._random.gauss(-spread * spread / 2, spread))

    # A day

    def _live_a_day(self) -> None:
        random, scenario = self._random, self.scenario
        self._day, self._minute = self._day + 1, 6 * 60.0
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._tie = itertools.count()
        self._people: dict[str, _Person] = {}
        self._load = self._log_normal(1.0, 0.15)
        self._slow = self._log_normal(1.0, 0.06)
        staff = random.sample(self._staff, len(scenario.rooms))
        self._places = [
            _Room(place, pace, joins=random.random() < 0.4)
            for place, pace in zip(scenario.rooms, staff, strict=True)
        ]
        for room in self._places:
            if random.random() >= room.place.days:
                continue
            for opens, closes in room.place.shifts:
                last = closes == room.place.shifts[-1][1]
                begin = opens * 60 + random.triangular(-3, 12, 2)
                self._at(begin, lambda room=room, last=last: self._open(room, last))
                self._at(closes * 60 + random.gauss(0, 6), lambda room=room: self._close(room))
        for start, end, rate in scenario.arrivals:
            minute = start * 60
            while (minute := minute + random.expovariate(rate * self._load / 60)) < end * 60:
                self._at(minute, self._arrive)
        while self._heap:
            self._minute, _, happening = heapq.heappop(self._heap)
            happening()
        for person in self._people.values():
            for minute, seen in person.looks:
                if person.called is not None:
                    seen.actual = max(0.0, person.called - minute - seen.early)
                    self.seen.append(seen)

    def _at(self, minute: float, happening: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (max(minute, self._minute), next(self._tie), happening))

    def _after(self, minutes: float, happening: Callable[[], None]) -> None:
        self._at(self._minute + minutes, happening)

    # Rooms

    def _open(self, room: _Room, last: bool) -> None:
        room.on, room.due, room.last_shift = True, False, last
        self._after(self._random.uniform(0, 3), lambda: self._next(room))

    def _close(self, room: _Room) -> None:
        room.due = True
        if not room.busy:
            self._next(room)

    def _next(self, room: _Room, ending: str | None = None) -> None:
        """Call whoever is next, or rest; `ending` is who goes out with the same key."""
        if room.busy or not room.on:
            return
        over = room.due and not (room.last_shift and self.scenario.finishes)
        pause = self._random.random() < 0.03
        called = None
        if ending and room.joins and not over and not pause:
            called = self.store.complete_and_call_next(
                room.place.name, "staff", services=room.place.services
            )
        elif ending:
            self.store.complete(ending, "staff")
            room.busy = True
            rest = self._random.uniform(6, 15) if pause else self._log_normal(1.5, 0.7)
            self._after(rest, lambda: self._rested(room))
            return
        elif not over:
            called = self.store.call_next(room.place.name, "staff", services=room.place.services)
        if called is not None:
            self._called(room, called)
        elif room.due:
            room.on = False

    def _rested(self, room: _Room) -> None:
        room.busy = False
        self._next(room)

    def _called(self, room: _Room, check_in: CheckIn) -> None:
        random, person = self._random, self._people[check_in.id]
        room.busy = True
        if person.called is None:
            person.called = self._minute
        if person.absent:
            self._after(random.uniform(1, 2), lambda: self._recall(check_in))
            self._after(random.uniform(2, 6), lambda: self._passed(room, check_in))
            return
        if random.random() < 0.7:
            self._after(self._log_normal(0.8, 0.6), lambda: self._begin(check_in))
        mean, cv, _ = self.scenario.services[check_in.service]
        takes = self._log_normal(mean, cv) * room.pace * self._slow
        takes *= 1.2 if person.first_visit else 0.95
        takes *= 0.92 if len(self.store.queue()) > 8 else 1.0
        self._visits, self._minutes = self._visits + 1, self._minutes + takes
        if random.random() < 0.03:
            self._after(takes / 2, lambda: self._to_laboratory(room, check_in))
        else:
            self._after(takes, lambda: self._seen_off(room, check_in))

    def _recall(self, check_in: CheckIn) -> None:
        self.store.recall(check_in.id, "staff")

    def _begin(self, check_in: CheckIn) -> None:
        now = self.store.get(check_in.id)
        if now is not None and now.status is Status.called:
            self.store.begin(check_in.id, "staff")

    def _seen_off(self, room: _Room, check_in: CheckIn) -> None:
        now = self.store.get(check_in.id)
        if now is not None and now.status is Status.called and room.joins:
            self.store.begin(check_in.id, "staff")  # or it would stay called
        room.busy = False
        self._next(room, ending=check_in.id)

    def _passed(self, room: _Room, check_in: CheckIn) -> None:
        self.store.no_show(check_in.id, "staff")
        room.busy = False
        if self._random.random() < 0.15:
            self._after(self._random.uniform(3, 30), lambda: self._back(check_in))
        self._next(room)

    def _to_laboratory(self, room: _Room, check_in: CheckIn) -> None:
        self.store.park(check_in.id, "staff")
        self._after(self._random.uniform(10, 30), lambda: self._back(check_in))
        room.busy = False
        self._after(self._log_normal(1.5, 0.7), lambda: self._next(room))

    # People

    def _arrive(self) -> None:
        random, scenario = self._random, self.scenario
        slugs = list(scenario.services)
        weights = [weight for _, _, weight in scenario.services.values()]
        service, urgent = random.choices(slugs, weights)[0], random.random() < scenario.urgent
        early, due = 0.0, 0
        is_booked = scenario.booked and random.random() < scenario.booked
        says = is_booked or (scenario.booked and random.random() < scenario.mistaken)
        if says:
            early = random.gauss(10, 9)
            due = round((self._minute + early) / STEP) * STEP
        arrival = Arrival(
            service=service,
            urgent=urgent,
            appointment=bool(says),
            appointment_time=f"{due // 60:02}:{due % 60:02}" if says else None,
        )
        check_in = self.store.check_in(arrival)
        person = _Person(check_in, random.random() < 0.3, random.random() < scenario.no_show)
        self._people[check_in.id] = person
        if is_booked and random.random() < 0.6:
            self._confirm(check_in, due)
        elif is_booked:
            self._after(random.uniform(0.5, 4), lambda: self._confirm(check_in, due))
        self._look(person, at_check_in=True)
        if random.random() < scenario.priority:
            self._after(random.uniform(0, 4), lambda: self._prefer(check_in))
        if random.random() < 0.25:
            self._after(random.uniform(3, 40), lambda: self._look(person, at_check_in=False))
        if not arrival.urgent:
            patience = max(0.0, early) + self._log_normal(scenario.patience * 1.15, 0.6)
            self._after(patience, lambda: self._lose_patience(person))
        self._wake(check_in)

    def _confirm(self, check_in: CheckIn, due: int) -> None:
        now = self.store.get(check_in.id)
        if now is not None and now.status is Status.waiting:
            self.store.confirm(now.id, "staff", MIDNIGHT + timedelta(days=self._day, minutes=due))

    def _wake(self, check_in: CheckIn) -> None:
        """Somebody notices who has come, if a room stands empty."""
        for room in self._places:
            offers = room.place.services
            if room.on and not room.busy and (not offers or check_in.service in offers):
                self._after(self._log_normal(0.8, 0.8), lambda room=room: self._next(room))
                return

    def _look(self, person: _Person, *, at_check_in: bool) -> None:
        now = self.store.get(person.check_in.id)
        if now is None or now.status is not Status.waiting or person.called is not None:
            return
        early = max(0.0, (now.waits_from - self._now()).total_seconds() / 60)
        wait = self.waits.of(now)
        if wait is not None:
            wait = Wait(*(max(0.0, one - early) for one in (wait.low, wait.middle, wait.high)))
        seen = Seen(
            scenario=self.scenario.name,
            wait=wait,
            early=early,
            booked=now.due_at is not None,
            ahead=self.store.ahead(now),
            rooms=sum(room.on for room in self._places),
            mean=self._minutes / self._visits,
            at_check_in=at_check_in,
        )
        person.looks.append((self._minute, seen))

    def _prefer(self, check_in: CheckIn) -> None:
        now = self.store.get(check_in.id)
        if now is not None and now.status is Status.waiting:
            self.store.set_priority(check_in.id, 1, "staff")

    def _lose_patience(self, person: _Person) -> None:
        now = self.store.get(person.check_in.id)
        if now is None or now.status is not Status.waiting:
            return
        if self._random.random() < 0.5:
            self.store.leave(now.id, "staff")
        else:
            person.absent = True

    def _back(self, check_in: CheckIn) -> None:
        self._people[check_in.id].absent = False
        self._wake(self.store.return_to_queue(check_in.id, "staff"))
