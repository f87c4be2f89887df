"""Simulated patients for the demonstration: invented people who come, are called and go."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from db import Arrival, CheckIn, CheckInStore, Expected, Status, StoreError
from kiosk.content.clinic import Clinic

PAUSE = (8.0, 20.0)
"""Seconds between two things that happen."""
FEWEST_WAITING, MOST_WAITING = 3, 9
BOOKED = (-50, -10, 15, 35, 60, 90, 120)
"""Minutes from now to the appointments of today's list."""
STAFF = "Lin"
"""Who calls the simulated patients."""

_GIVEN = ("Ada", "Zoë", "Tom", "Mika", "Nadia", "Omar", "Priya", "Hugo", "Ingrid", "Léa")
_FAMILY = ("Ashdown", "O'Mara", "Fielding", "Okafor", "Brandt", "Silva", "Novak", "Marsh")
_TITLES = ("女士", "先生", "小朋友")
_PHONE = {"zh-Hans": "1380000{:04d}", "en": "+44 7700 900{:03d}"}
"""Numbers nobody should have: +44 7700 900 is kept free for fiction (Ofcom)."""


class Simulation:
    """People and staff at another terminal; everything they do follows from `random`.

    It begins and completes only what it called itself: whoever tries the staff's screen must
    not find their patients taken away.
    """

    def __init__(
        self,
        store: CheckInStore,
        clinic: Clinic,
        random: Random,
        *,
        rooms: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        """`clock` gives aware moments; appointments are set around them."""
        self._store = store
        self._clinic = clinic
        self._random = random
        self._rooms = rooms
        self._clock = clock
        self._called: set[str] = set()
        self._services: list[str] = []

    def begin(self, between: Callable[[], None] = lambda: None) -> None:
        """Leave two who are done, one in service, two called and five waiting.

        `between` is called after each thing that happened, to let time pass. Raises StoreError.
        """
        first, second, third = islice(cycle(self._rooms), 3)
        happenings: list[Callable[[], object]] = [
            *[self._arrive] * 3,
            lambda: self._call(first),
            self._begin_oldest,
            *[self._arrive] * 2,
            self._complete_oldest,
            lambda: self._call(first),
            self._begin_oldest,
            *[self._arrive] * 2,
            lambda: self._call(second),
            self._begin_oldest,
            self._complete_oldest,
            *[self._arrive] * 2,
            lambda: self._call(first),
            self._arrive,
            lambda: self._call(third),
        ]
        for happening in happenings:
            happening()
            between()

    def book(self) -> None:
        """Bring a list of today: some are late, most still to come; nobody is of another day."""
        random, day = Random(len(_FAMILY)), self._store.day  # noqa: S311 - it guards nothing
        services = [service.slug for service in self._clinic.services]
        listed = []
        for n, minutes in enumerate(BOOKED):
            due = self._clock() + timedelta(minutes=minutes)
            due = due.replace(minute=due.minute // 5 * 5, second=0, microsecond=0)
            if self._store.calendar.day_of(due) == day:
                name = f"{_GIVEN[n]} {random.choice(_FAMILY)}"
                phone = _PHONE["en"].format(n)
                service = random.choice(services) if services else ""
                listed.append(
                    Expected(ref=str(n), due_at=due, name=name, phone=phone, service=service)
                )
        self._store.bring({"demo": listed}, STAFF)

    def step(self) -> float:
        """Let one thing happen; the seconds until the next.

        What fails because somebody else was quicker, or the store is busy, just does not happen.
        """
        try:
            self._store.mark_present(STAFF)
            happenings = self._possible()
            if happenings:
                self._random.choice(happenings)()
        except StoreError:
            pass
        return self._random.uniform(*PAUSE)

    def _possible(self) -> list[Callable[[], object]]:
        """What may happen next; a thing named twice is twice as likely."""
        today = self._store.today()
        waiting = sum(c.status is Status.waiting for c in today)
        called = [c for c in today if c.status is Status.called]
        taken = {c.room for c in today if c.status in (Status.called, Status.in_service)}
        free = [room for room in self._rooms if room not in taken]
        call = [lambda: self._call(self._random.choice(free))] if free and waiting else []
        if waiting < FEWEST_WAITING:
            return [self._arrive]
        if call and not called:
            return [*call]
        happenings: list[Callable[[], object]] = [*call, *call]
        if waiting < MOST_WAITING:
            happenings.append(self._arrive)
        if self._ours(Status.called):
            happenings += [self._begin_oldest] * 3
            happenings.append(self._miss_oldest if self._random.random() < 0.3 else self._recall)
        if self._ours(Status.in_service):
            happenings += [self._complete_oldest] * 2
        return happenings

    def _ours(self, status: Status) -> list[CheckIn]:
        """Those we called who are in this status now, the longest called first."""
        ours = [c for c in self._store.today() if c.id in self._called and c.status is status]
        return sorted(ours, key=lambda c: (c.called_at or c.arrived_at, c.number))

    def _arrive(self) -> None:
        self._store.check_in(self._arrival(), allow_same_phone=True)

    def _call(self, room: str) -> None:
        check_in = self._store.call_next(room, STAFF)
        if check_in is not None:
            self._called.add(check_in.id)

    def _recall(self) -> None:
        self._store.recall(self._ours(Status.called)[0].id, STAFF)

    def _begin_oldest(self) -> None:
        self._store.begin(self._ours(Status.called)[0].id, STAFF)

    def _complete_oldest(self) -> None:
        self._store.complete(self._ours(Status.in_service)[0].id, STAFF)

    def _miss_oldest(self) -> None:
        self._store.no_show(self._ours(Status.called)[0].id, STAFF)

    def _arrival(self) -> Arrival:
        random = self._random
        tag = random.choice(["zh-Hans", "zh-Hans", "en"])
        name = self._name(tag)
        is_child = name.endswith("小朋友")
        has_phone = random.random() < 0.7
        has_appointment = random.random() < 0.3
        return Arrival(
            name=name,
            phone=_PHONE[tag].format(random.randrange(1000)) if has_phone else "",
            service=self._next_service(),
            language=tag,
            appointment=has_appointment,
            appointment_time=self._quarter_hour() if has_appointment else None,
            first_visit=random.random() < 0.3,
            whom="child" if is_child else "self",
            guardian=is_child,
            consent=self._clinic.consent_version,
        )

    def _name(self, tag: str) -> str:
        random = self._random
        if random.random() < 0.1:
            return ""
        if tag == "en":
            return f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}"
        return random.choice(list(self._clinic.surnames) or ["王"]) + random.choice(_TITLES)

    def _next_service(self) -> str:
        """Each of the clinic's services, and "not sure", once before any comes again."""
        if not self._services:
            self._services = ["", *(service.slug for service in self._clinic.services)]
            self._random.shuffle(self._services)
        return self._services.pop()

    def _quarter_hour(self) -> str:
        now = self._clock().astimezone(self._clinic.zone)
        return f"{now.hour:02d}:{now.minute // 15 * 15:02d}"
