"""A report tells what there is to know of some days, and nothing of any one person."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
import pytest
from store_fixtures import Clock

from db import FEWEST, Arrival, CheckInStore
from kiosk.queue.few import put_together
from kiosk.queue.figures import read_figures
from kiosk.queue.report_of_days import Report, Share, days_before, read_report
from kiosk.queue.took import took

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def report(store: CheckInStore, clock: Clock) -> Callable[..., Report]:
    """Read the report of today, or of the days named."""

    def read(
        first: date | None = None, last: date | None = None, practitioners: Sequence[str] = ()
    ) -> Report:
        return read_report(
            store,
            first or store.day,
            last or first or store.day,
            SHANGHAI,
            {"1": ()},
            location="downtown",
            made_at=clock.now,
            practitioners=practitioners,
        )

    return read


def visit(
    store: CheckInStore,
    clock: Clock,
    *,
    service: str = "tuina",
    waits: float = 10,
    takes: float = 20,
    room: str = "1",
    by: str = "Wolf",
    **said: bool | None,
) -> None:
    """Somebody comes, waits and is seen."""
    one = store.check_in(Arrival(service=service, **said))
    clock.move(minutes=waits)
    store.call(one.id, room, by)
    clock.move(minutes=takes)
    store.complete(one.id, by)


# How long it took


def test_the_middle_nine_in_ten_and_from_what_to_what() -> None:
    found = took([(m, 1) for m in (3, 5, 8, 13, 21, 34, 55, 89, 144, 233)])
    assert found is not None
    assert (found.people, found.median_minutes, found.p90_minutes) == (10, 27.5, 144)
    assert (found.least_minutes, found.most_minutes) == (3, 233)


def test_shortest_and_longest_are_rounded_outward_where_nobody_is_to_be_recognised() -> None:
    found = took([(7.0, 3), (11.0, 1), (23.0, 1)], FEWEST)
    assert found is not None
    assert (found.median_minutes, found.least_minutes, found.most_minutes) == (7.0, 5, 25)
    assert took([(7.0, 3), (11.0, 1)], FEWEST) is None
    assert took([]) is None


@pytest.mark.parametrize(
    ("sizes", "alone"),
    [
        ({"a": 9, "b": 5, "c": 3, "d": 2}, {"a", "b"}),
        ({"a": 9, "b": 7, "c": 3}, {"a"}),
        ({"a": 9, "b": 7}, {"a", "b"}),
        ({"a": 3, "b": 1}, set()),
        ({"a": 9, "other": 2}, set()),
        ({"a": 9, "b": 6, "other": 2}, {"a"}),
        ({}, set()),
    ],
)
def test_groups_of_few_go_together_and_are_never_few_together(
    sizes: dict[str, int], alone: set[str]
) -> None:
    told = put_together(sizes, FEWEST)
    assert {name for name, under in told.items() if name == under != "other"} == alone


# The report


def test_arrivals_waits_and_visits_of_some_days_beside_those_of_the_days_before(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for _ in range(FEWEST):
        visit(store, clock, waits=30)
    clock.move(days=1)
    for waits in (5, 10, 15, 20, 45):
        visit(store, clock, waits=waits, takes=waits + 10)
    found = report()
    assert (found.now.arrivals, found.before.arrivals) == (5, 5)
    assert (found.now.first, found.before.first) == (date(2026, 11, 24), date(2026, 11, 23))
    wait = found.now.services["tuina"].wait
    assert wait is not None
    assert (wait.median_minutes, wait.p90_minutes, wait.least_minutes, wait.most_minutes) == (
        *(15.0, 45, 5),
        45,
    )
    assert found.now.rooms["1"].visit == found.now.visit
    assert [(c.start, c.end, c.people) for c in found.now.weekdays] == [(2, 3, 5)]
    assert list(found.now.weekday_hours) == ["2"]
    assert sum(cell.people for cell in found.now.hours) == 5


def test_the_days_before_are_as_many() -> None:
    assert days_before(date(2026, 11, 1), date(2026, 11, 15)) == (
        date(2026, 10, 17),
        date(2026, 10, 31),
    )


def test_nobody_stands_in_a_group_of_few(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for service, n, room in (("tuina", 7, "1"), ("cupping", 6, "2"), ("gua-sha", 2, "3")):
        for _ in range(n):
            visit(store, clock, service=service, room=room, by=f"Dr {room}", first_visit=True)
    found = report(practitioners=["Dr 1", "Dr 2", "Dr 3"])
    for groups in (found.now.services, found.now.rooms, found.now.practitioners):
        assert len(groups) == 2, groups
        assert "other" in groups
    assert found.now.services["other"].arrivals == 8
    assert found.now.first_visit is None  # nobody said otherwise: two could be told from it
    text = msgspec.json.encode(found).decode()
    assert "gua-sha" not in text
    assert "Dr 3" not in text


def test_a_day_of_few_people_tells_nothing(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for _ in range(FEWEST - 1):
        visit(store, clock)
    now = report().now
    assert (now.arrivals, now.wait, now.visit, now.no_show) == (None, None, None, None)
    for told in (now.hours, now.weekdays, now.services, now.rooms):
        assert not told


def test_who_did_not_come_and_who_left_are_counted_apart_and_nobody_whom_the_evening_found(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for _ in range(5):
        one = store.check_in(Arrival(first_visit=True))
        store.call(one.id, "1", "Lin")
        store.no_show(one.id, "Lin")
    for _ in range(6):
        store.leave(store.check_in(Arrival(first_visit=False)).id, "Lin")
    for _ in range(9):
        store.check_in(Arrival())
    store.days.close()
    now = report().now
    assert now.no_show is not None
    assert (now.no_show.people, now.no_show.of, now.no_show.percent) == (5, 20, 25.0)
    assert now.left is not None
    assert (now.left.people, now.left.of) == (6, 20)
    assert now.first_visit is not None
    assert (now.first_visit.people, now.first_visit.of) == (5, 11)


def test_practitioners_are_told_of_only_where_they_are_asked_for(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for _ in range(5):
        visit(store, clock, by="Wolf", takes=10)
    for _ in range(5):
        visit(store, clock, by="Lin", takes=30)  # at the desk: who was in the room?
    assert not report().now.practitioners
    (wolf,) = report(practitioners=["Wolf"]).now.practitioners.items()
    assert wolf[0] == "Wolf"
    assert wolf[1].people == 5
    assert wolf[1].visit is not None
    assert wolf[1].visit.median_minutes == 10.0


def test_a_visit_is_whose_work_it_was_at_last_and_nobodys_whose_call_was_taken_back(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    for _ in range(5):
        one = store.check_in(Arrival())
        store.call(one.id, "1", "Wolf")
        store.undo("Wolf")  # taken back: he was in no room
        clock.move(minutes=1)
        store.call(one.id, "1", "Berg")
        clock.move(minutes=1)
        store.return_to_queue(one.id, "Lin")  # nobody came to him
        clock.move(minutes=1)
        store.call(one.id, "2", "Lin")
        clock.move(minutes=1)
        store.begin(one.id, "Berg")
        store.undo("Berg")  # it was somebody else's
        clock.move(minutes=1)
        store.complete(one.id, "Lin")
    for _ in range(5):
        visit(store, clock, by="Wolf")
    assert list(report(practitioners=["Wolf", "Berg"]).now.practitioners) == ["Wolf"]


def test_how_many_did_not_come_is_left_out_where_they_were_few(
    store: CheckInStore, report: Callable[..., Report]
) -> None:
    for n in range(20):
        one = store.check_in(Arrival(first_visit=n < FEWEST - 1))
        if n < FEWEST - 1:
            store.call(one.id, "1", "Lin")
            store.no_show(one.id, "Lin")
    assert (report().now.no_show, report().now.first_visit) == (None, None)


def test_of_purged_days_there_are_waits_by_service_and_no_shares(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    first = store.day
    for _ in range(6):
        one = store.check_in(Arrival(service="tuina"))
        clock.move(minutes=12)
        store.call(one.id, "1", "Wolf")
        store.no_show(one.id, "Wolf")
    clock.move(days=40)
    store.check_in(Arrival())
    while store.days.purge().records:
        pass
    now = report(first).now
    assert (now.days, now.rough_days, now.arrivals, now.no_show) == (1, 1, 6, None)
    wait = now.services["tuina"].wait
    assert wait is not None
    assert wait.median_minutes == 12.5  # the middle of 10 to 15


def a_day_with_every_end(store: CheckInStore, clock: Clock, people: int) -> None:
    """Six no-shows, five who left, five whom the end of the day finds here; the others are done."""
    for n in range(people):
        one = store.check_in(Arrival(service="tuina"))
        clock.move(minutes=3)
        if n < 5:
            store.leave(one.id, "Wolf")
        elif n < 11:
            store.call(one.id, "1", "Wolf")
            store.no_show(one.id, "Wolf")
        elif n < people - 5:
            store.call(one.id, "1", "Wolf")
            store.complete(one.id, "Wolf")


def purge_all(store: CheckInStore) -> None:
    while store.days.purge().records:
        pass


@pytest.mark.parametrize(
    ("people", "no_show", "left"), [(24, Share(6, 24, 25.0), Share(5, 24, 20.8)), (19, None, None)]
)
def test_of_purged_days_with_many_people_it_is_known_how_they_ended(
    store: CheckInStore,
    clock: Clock,
    report: Callable[..., Report],
    people: int,
    no_show: Share | None,
    left: Share | None,
) -> None:
    first = store.day
    a_day_with_every_end(store, clock, people)
    clock.move(days=40)
    store.check_in(Arrival())
    purge_all(store)
    assert store.days.on_disk() == [store.day]
    now = report(first, first).now
    assert (now.arrivals, now.no_show, now.left) == (people, no_show, left)
    assert now.recorded == (people if no_show else 0)
    period = read_figures(store, first, first, SHANGHAI)
    ended = {"done": 8, "no_show": 6, "left": 10} if no_show else {}
    assert period.by_status == ended


def test_what_an_older_version_counted_is_counted_anew_while_there_are_records(
    store: CheckInStore, clock: Clock, report: Callable[..., Report]
) -> None:
    first = store.day
    a_day_with_every_end(store, clock, 24)
    store.days.close()
    file = store.folder / "figures" / f"{first}.json"
    older = json.loads(file.read_bytes())
    assert older.pop("ends")
    file.write_text(json.dumps(older))
    clock.move(days=40)
    purge_all(store)
    assert store.days.on_disk() == []
    assert report(first, first).now.no_show == Share(6, 24, 25.0)


def test_the_screen_tells_of_everybody(store: CheckInStore, clock: Clock) -> None:
    visit(store, clock, service="gua-sha")
    period = read_figures(store, store.day, store.day, SHANGHAI)
    assert period.by_service["gua-sha"].arrivals == 1
    assert period.by_weekday == {"1": {"10": 1}}
