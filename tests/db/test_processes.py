"""Several processes, and several threads, on one folder."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable

import pytest

from db import Arrival, CheckInStore, Status, StoreBusy

Open = Callable[..., CheckInStore]
Beside = Callable[[str], subprocess.Popen[str]]

RACE = """
sys.stdin.readline()
for turn in range(40):
    print("in", store.check_in(Arrival(name=f"Zoë {turn}")).ticket)
    called = store.call_next("1", "lin")
    if called is not None:
        print("called", called.ticket)
"""

HOLD = """
with store.writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


def words(output: str, word: str) -> list[str]:
    return [line.split()[1] for line in output.splitlines() if line.startswith(word)]


def test_processes_that_race_lose_nothing_and_share_nothing(
    open_here: Open, beside: Beside
) -> None:
    racers = [beside(RACE) for _ in range(3)]
    outputs = [racer.communicate("go\n")[0] for racer in racers]
    everything = "".join(outputs)
    tickets = sorted(words(everything, "in"))
    assert tickets == [f"A{n:03d}" for n in range(1, 121)]
    called = words(everything, "called")
    assert len(called) == len(set(called)) == 120
    store = open_here()
    assert [one.ticket for one in store.today()] == tickets
    assert {one.status for one in store.today()} == {Status.called}
    assert [event.n for event in store.events()] == list(range(1, 241))


def test_a_stopped_holder_stops_writers_with_a_sentence_and_readers_not_at_all(
    open_here: Open, beside: Beside
) -> None:
    store = open_here(lock_timeout=0.05)
    first = store.check_in(Arrival())
    holder = beside(HOLD)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    for _ in range(3):
        with pytest.raises(StoreBusy, match="Try again"):
            store.check_in(Arrival())
    assert store.queue() == [first]
    assert threading.active_count() < 10
    holder.communicate("enough\n")
    assert open_here().check_in(Arrival()).ticket == "A002"


def test_a_killed_holder_costs_nothing(open_here: Open, beside: Beside) -> None:
    store = open_here()
    holder = beside(HOLD)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    assert store.check_in(Arrival()).ticket == "A001"


def test_a_writer_waits_its_turn(open_here: Open, beside: Beside) -> None:
    store = open_here(lock_timeout=20)
    holder = beside(HOLD)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    done: list[str] = []
    writer = threading.Thread(target=lambda: done.append(store.check_in(Arrival()).ticket))
    writer.start()
    assert store.queue() == []
    holder.stdin.write("enough\n")
    holder.stdin.flush()
    writer.join()
    assert done == ["A001"]


def test_reading_goes_on_while_a_thread_of_ours_waits_for_the_disk(
    store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.check_in(Arrival())
    syncing, release = threading.Event(), threading.Event()
    sync = os.fdatasync

    def slow(handle: int) -> None:
        syncing.set()
        release.wait(10)
        sync(handle)

    monkeypatch.setattr(os, "fdatasync", slow)
    writer = threading.Thread(target=store.check_in, args=(Arrival(),))
    writer.start()
    assert syncing.wait(10)
    assert store.get(first.id) == first
    assert store.find_ticket("1") == first
    assert store.ahead(first) == 0
    assert store.queue()[0] == first
    release.set()
    writer.join()
    assert [one.ticket for one in store.queue()] == ["A001", "A002"]


def test_threads_of_one_process_share_a_store(store: CheckInStore) -> None:
    def work() -> None:
        for _ in range(15):
            store.check_in(Arrival(name="Zoë"))
            store.queue()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.ticket for one in store.today()] == [f"A{n:03d}" for n in range(1, 61)]
    assert len(store.queue()) == 60
