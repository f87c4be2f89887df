"""The demonstration: a lively morning of invented people, and nothing left of it afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from store_fixtures import Clock

from db import CheckIn, CheckInStore, Status, StoreBusy, open_store
from kiosk.app import start
from kiosk.content.texts import load_clinic
from kiosk.demo import run as demo
from kiosk.demo.simulation import MOST_WAITING, PAUSE, Simulation
from kiosk.settings import CHECKOUT, Settings

CLINIC = load_clinic(CHECKOUT / "content")
ROOMS = ("1", "2", "3")


@pytest.fixture
def clock() -> Clock:
    """Stands at 10:42 in Shanghai until it is moved."""
    clock = Clock()
    clock.move(minutes=42)
    return clock


Simulated = Callable[..., Simulation]


@pytest.fixture
def simulated(store: CheckInStore, clock: Clock) -> Simulated:
    """Make a simulation on the store."""

    def make(seed: int = 1) -> Simulation:
        return Simulation(store, CLINIC, Random(seed), rooms=ROOMS, clock=clock)

    return make


def standing(check_ins: list[CheckIn], status: Status) -> int:
    return sum(check_in.status is status for check_in in check_ins)


def test_it_begins_with_five_waiting_and_two_called(
    store: CheckInStore, simulated: Simulated
) -> None:
    simulated().begin()
    today = store.today()
    assert standing(today, Status.waiting) == 5
    assert standing(today, Status.called) == 2
    assert standing(today, Status.in_service) == 1
    assert {c.room for c in today if c.status in (Status.called, Status.in_service)} == set(ROOMS)


def test_one_step_is_one_thing_that_happens_every_8_to_20_seconds(
    store: CheckInStore, simulated: Simulated
) -> None:
    simulation = simulated()
    simulation.begin()
    for _ in range(20):
        before = len(store.events())
        assert PAUSE[0] <= simulation.step() <= PAUSE[1]
        assert len(store.events()) - before <= 1


def test_the_queue_stays_alive_and_never_grows_beyond_the_screen(
    store: CheckInStore, clock: Clock, simulated: Simulated
) -> None:
    simulation = simulated()
    simulation.begin()
    kinds = set()
    for _ in range(150):
        clock.now += timedelta(seconds=simulation.step())
        today = store.today()
        assert 1 <= standing(today, Status.waiting) <= MOST_WAITING
        taken = [c.room for c in today if c.status in (Status.called, Status.in_service)]
        assert len(taken) == len(set(taken)) <= len(ROOMS)
        kinds = {event.kind for event in store.events()}
    assert kinds >= {"checked_in", "called", "began", "completed"}


def test_people_come_for_every_service_and_in_both_languages(
    store: CheckInStore, simulated: Simulated
) -> None:
    simulation = simulated()
    simulation.begin()
    for _ in range(100):
        simulation.step()
    today = store.today()
    assert {c.service for c in today} == {"", *(service.slug for service in CLINIC.services)}
    assert {c.language for c in today} == {"en", "zh-Hans"}


def test_the_same_seed_gives_the_same_morning(tmp_path: Path, clock: Clock) -> None:
    mornings = []
    for folder in ("one", "two"):
        store = open_store(
            tmp_path / folder / "data", "downtown", keys_dir=tmp_path / folder, clock=clock
        )
        simulation = Simulation(store, CLINIC, Random(7), rooms=ROOMS, clock=clock)
        simulation.begin()
        for _ in range(10):
            simulation.step()
        mornings.append(
            [(c.ticket, c.status, c.service, c.room, store.person(c).name) for c in store.today()]
        )
    assert mornings[0] == mornings[1]


def test_a_patient_whom_somebody_else_called_is_left_to_them(
    store: CheckInStore, simulated: Simulated
) -> None:
    simulation = simulated()
    simulation.begin()
    theirs = store.call(store.queue()[-1].id, "garden", by="visitor")
    for _ in range(60):
        simulation.step()
    assert store.get(theirs.id) == theirs


def test_a_busy_store_only_makes_it_wait(
    store: CheckInStore, simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulation = simulated()
    simulation.begin()

    def busy() -> list[CheckIn]:
        raise StoreBusy

    monkeypatch.setattr(store, "today", busy)
    assert PAUSE[0] <= simulation.step() <= PAUSE[1]


def test_the_demonstration_looks_back_on_a_morning(tmp_path: Path, clock: Clock) -> None:
    app = demo.demo_app(Settings(), CLINIC, tmp_path, clock=clock)
    waits = [clock.now - c.arrived_at for c in app.store().queue()]
    assert max(waits) > timedelta(minutes=20)
    assert min(waits) >= timedelta(0)
    assert app.store().present()


def test_at_the_very_start_of_a_day_everybody_has_just_come(tmp_path: Path, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 22, 20, 10, tzinfo=UTC)  # 04:10 in Shanghai: a new service day
    app = demo.demo_app(Settings(), CLINIC, tmp_path, clock=clock)
    assert len(app.store().queue()) == 7


def test_the_account_of_the_hint_can_sign_in(tmp_path: Path, clock: Clock) -> None:
    app = demo.demo_app(Settings(), CLINIC, tmp_path, clock=clock)
    assert app.accounts().verify(demo.ACCOUNT, demo.PIN, "demo").name == "Demo"
    assert demo.PIN in app.demo_hint
    assert app.settings.staff_on_kiosk
    assert [room.name for room in app.settings.rooms] == ["1", "2", "3"]


async def test_the_lobby_is_alive_and_ctrl_q_leaves(tmp_path: Path, clock: Clock) -> None:
    app = demo.demo_app(Settings(), CLINIC, tmp_path, clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        for _attempt in range(100):
            await pilot.pause()
            if app.queue_state.known:
                break
        assert app.screen.query("#demo")
        assert app.queue_state.waiting >= 5
        assert app.queue_state.called
        assert app.queue_state.reception == "open"
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_value == 0


def test_nothing_of_it_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = []

    def stand_in(app: object) -> int:
        seen.extend(tmp_path.iterdir())
        return 0

    monkeypatch.setattr(start, "run_until_signalled", stand_in)
    assert demo.run(Settings(), CLINIC) == 0
    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []
