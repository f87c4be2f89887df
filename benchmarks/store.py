"""The check-in store beside what people would use instead, every bar of its design in one run.

    python benchmarks/store.py [--short] [--skip-proof] [--folder DIR]

Prints a table with the machine; exits 1 when a bar is missed. `--folder` chooses the disk (the
system's temporary folder may lie in memory, where a sync costs nothing). All competitors take
turns within one loop, so that a busy moment of the machine meets them all; SQLite normalises,
seals, tags and looks for duplicates as the store does, by the store's own functions.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from unittest.mock import patch

import msgspec
from tinydb import TinyDB, where

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import faults, many_processes, power_cuts
from benchmarks.machine import machine
from benchmarks.sqlite import Sqlite
from db import Arrival, CheckIn, CheckInStore, open_store

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
Row = tuple[str, str, str, bool | None]
"""What was measured, the figure, the bar, and whether it is met (None: for comparison)."""


def open_in(folder: Path, now: datetime = NOON) -> CheckInStore:
    """Open a store that keeps everything, on a clock that stands still."""
    return open_store(
        folder / "data",
        "downtown",
        keys_dir=folder / "keys",
        time_zone="Asia/Shanghai",
        phone_region="CN",
        retention_days=100_000,
        clock=lambda: now,
        lock_timeout=30,
    )


@contextmanager
def unsynced() -> Iterator[None]:
    """Fill a folder quickly: what is prepared need not survive a power cut."""
    with patch.object(os, "fdatasync", lambda _: None), patch.object(os, "fsync", lambda _: None):
        yield


def arrivals() -> Iterator[Arrival]:
    """Give invented people, each with a phone of their own."""
    for n in itertools.count():
        yield Arrival(name=f"王 {n}", phone=f"138{n:08d}", service="cupping", language="zh-Hans")


def commits(folder: Path, size: int, rounds: int) -> Iterator[Row]:
    """Check in `rounds` people around the `size`-th of the day, everywhere in turn."""
    folder.mkdir()
    store, lite, people = open_in(folder), Sqlite(folder), arrivals()
    stock = TinyDB(folder / "stock.json")
    before = size - rounds // 2
    with unsynced():
        documents = []
        for arrival in itertools.islice(people, before):
            store.check_in(arrival)
            lite.sync(False)
            lite.check_in(arrival)
            documents.append(msgspec.structs.asdict(arrival))
        stock.insert_multiple(documents)
    lite.sync(True)
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    line = b"x" * 1099 + b"\n"

    def append(_: Arrival) -> None:
        os.write(bare, line)
        os.fdatasync(bare)

    def insert(arrival: Arrival) -> None:
        stock.search(where("phone") == arrival.phone)
        stock.insert(msgspec.structs.asdict(arrival))

    ways: dict[str, Callable[[Arrival], object]] = {
        "store": store.check_in,
        "sqlite": lite.check_in,
        "bare": append,
        "tinydb": insert,
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn, arrival in enumerate(itertools.islice(people, rounds)):
        for way, act in ways.items():
            if way == "tinydb" and turn % 10:
                continue  # it takes long, and its figure is in no bar
            began = time.perf_counter()
            act(arrival)
            times[way].append(time.perf_counter() - began)
    store.close()
    p50 = {way: median(taken) for way, taken in times.items()}
    ratio = p50["store"] / p50["sqlite"]
    title = f"commit p50, {size:,} in the day"
    yield f"{title}: store", f"{_ms(p50['store'])} = {ratio:.2f} x", "<= 1.3 x SQLite", ratio <= 1.3
    yield "  SQLite (WAL, FULL), sealing too", _ms(p50["sqlite"]), "", None
    yield "  bare append and fdatasync", _ms(p50["bare"]), "", None
    yield "  stock TinyDB (syncs nothing)", _ms(p50["tinydb"]), "", None


def history(folder: Path, check_ins: int, rounds: int) -> Iterator[Row]:
    """Check in with a long history beside none, in turn."""
    (folder / "long").mkdir(parents=True)
    (folder / "none").mkdir()
    a_day = 300
    days = check_ins // a_day
    with unsynced():
        first = open_in(folder / "long", NOON - timedelta(days=days + 1))
        for arrival in itertools.islice(arrivals(), a_day):
            first.check_in(arrival)
        first.close()
        _repeat_day(folder / "long" / "data" / "downtown", first.day, days)
    stores = {name: open_in(folder / name) for name in ("long", "none")}
    times: dict[str, list[float]] = {name: [] for name in stores}
    for arrival in itertools.islice(arrivals(), rounds):
        for name, store in stores.items():
            began = time.perf_counter()
            store.check_in(arrival)
            times[name].append(time.perf_counter() - began)
    ratio = median(times["long"]) / median(times["none"])
    title = f"the same with {(days + 1) * a_day:,} of history"
    yield title, f"{ratio:.2f} x", "<= 1.1 x", ratio <= 1.1


def _repeat_day(folder: Path, day: date, times: int) -> None:
    """Write a day again as the following ones, closed, each with a chain of its own."""
    from db.line import HASH, digest, seed

    bodies = [line[HASH + 1 :] for line in (folder / f"{day}.jsonl").read_bytes().splitlines()]
    (folder / "figures").mkdir()
    for number in range(times + 1):
        name = f"{day + timedelta(days=number)}"
        head, lines = seed(f"{name}.jsonl"), []
        closing = b'{"n":%d,"at":"2026-11-23T04:00:00Z","closed":{"lines":%d,"hash":"%s"}}'
        for body in (*bodies, None):
            text = closing % (len(bodies) + 1, len(bodies), head) if body is None else body
            head = digest(head, text)
            lines.append(head + b" " + text + b"\n")
        (folder / f"{name}.jsonl").write_bytes(b"".join(lines))
        for written_out in (folder / f"{name}.json", folder / "figures" / f"{name}.json"):
            written_out.write_text("{}")


def opening(folder: Path, size: int, bar: float) -> Iterator[Row]:
    """Open a day of `size` check-ins, five events each, and ask for the queue."""
    with unsynced():
        store = open_in(folder)
        for turn, arrival in enumerate(itertools.islice(arrivals(), size)):
            one = store.check_in(arrival)
            for act in (store.transfer, store.call):
                act(one.id, "1", "lin")
            store.begin(one.id, "lin")
            (store.park if turn % 3 else store.complete)(one.id, "lin")
        store.close()
    taken = []
    for _ in range(7):
        store = open_in(folder)
        began = time.perf_counter()
        store.queue()
        taken.append(time.perf_counter() - began)
        store.close()
    title = f"open and first queue, {size:,} with 5 events each"
    yield title, _ms(median(taken)), f"<= {bar * 1e3:.0f} ms", median(taken) <= bar


def latency(folder: Path, changes: int) -> Iterator[Row]:
    """Check in from another process, and time how long until `watch` yields here."""
    store = open_in(folder)
    store.check_in(Arrival())

    def work(tell: Callable[[str], None]) -> None:
        writer = open_in(folder)
        time.sleep(0.2)
        for _ in range(changes):
            writer.check_in(Arrival())
            tell(f"{time.monotonic():.6f}")
            time.sleep(0.01)

    async def follow() -> dict[int, float]:
        seen: dict[int, float] = {}
        watching = store.watch()
        async with asyncio.timeout(60 + changes):
            async for change in watching:
                seen.setdefault(change.events, time.monotonic())
                if change.events > changes:
                    return seen
        return seen

    terminal = many_processes.start(work)
    seen = asyncio.run(follow())
    os.waitpid(terminal.process, 0)
    terminal.read()
    done = [float(line[0]) for line in terminal.lines()]
    late = []
    for number, at in enumerate(done, start=2):
        first = min((when for events, when in seen.items() if events >= number), default=at + 9)
        late.append(max(0.0, first - at))
    p99 = sorted(late)[int(0.99 * len(late))]
    store.close()
    yield "change seen by another process, p99", _ms(p99), "<= 20 ms", p99 <= 0.02


def flat(folder: Path, sizes: tuple[int, int], rounds: int) -> Iterator[Row]:
    """Do what staff do all day in a small day and in a large one, in turn."""
    stores, ones, tables = {}, {}, {}
    for size in sizes:
        (folder / f"{size}").mkdir(parents=True)
        with unsynced():
            store = open_in(folder / f"{size}")
            for arrival in itertools.islice(arrivals(), size):
                store.check_in(arrival)
                if store.call_next("2", "lin") is None:
                    raise AssertionError
                store.complete_and_call_next("2", "lin")
        stores[size] = store
        ones[size] = store.check_in(Arrival())
        tables[size] = store.database().table("checkins_seen")
    acts: dict[str, Callable[[CheckInStore, CheckIn, int], object]] = {
        "call_next": lambda store, one, size: store.call_next("1", "lin"),
        "complete_and_call_next": lambda store, one, size: store.complete_and_call_next("1", "lin"),
        "undo": lambda store, one, size: store.undo("lin"),
        "history": lambda store, one, size: store.history(one.id),
        "one TinyDB insert": lambda store, one, size: tables[size].insert({"seen": one.number}),
    }
    times: dict[tuple[str, int], list[float]] = {
        (name, size): [] for name in acts for size in sizes
    }
    for turn in range(rounds + 5):
        for size, store in stores.items():
            store.check_in(Arrival())
            called = store.check_in(Arrival())
            store.begin(store.call(called.id, "1", "lin").id, "lin")
            for name, act in acts.items():
                began = time.perf_counter()
                act(store, ones[size], size)
                if turn >= 5:
                    times[name, size].append(time.perf_counter() - began)
    for name in acts:
        small, large = (median(times[name, size]) for size in sizes)
        title = f"{name}, {sizes[1]:,} in the day against {sizes[0]}"
        figure = f"{_ms(large)} = {large / small:.2f} x"
        yield title, figure, "<= 1.5 x", large <= 1.5 * small
    for store in stores.values():
        store.close()


def verifying(folder: Path, sizes: tuple[int, int]) -> Iterator[Row]:
    """Verify a small day and a large one: what one entry takes."""
    taken = {}
    for size in sizes:
        (folder / f"{size}").mkdir(parents=True)
        with unsynced():
            store = open_in(folder / f"{size}")
            for arrival in itertools.islice(arrivals(), size):
                store.check_in(arrival)
            store.close()
        tries = []
        for _ in range(9 if size < 1000 else 3):
            began = time.perf_counter()
            assert store.verify(store.day).lines == size + 1
            tries.append(time.perf_counter() - began)
        taken[size] = min(tries) / size
    ratio = taken[sizes[1]] / taken[sizes[0]]
    title = f"verify an entry, {sizes[1]:,} against {sizes[0]}"
    yield title, f"{taken[sizes[1]] * 1e6:.1f} us = {ratio:.2f} x", "<= 1.5 x", ratio <= 1.5


def proof(short: bool) -> Iterator[Row]:
    """Race, kill, and cut the power."""
    problems = many_processes.race()
    yield "8 processes", "; ".join(problems) or "nothing lost, twice or missing", "", not problems
    killed = many_processes.kill_at_random(30 if short else 300)
    bad = len(killed.lost) + len(killed.unreadable)
    title = f"killed at random, {killed.kills} times"
    figure = (
        f"{len(killed.lost)} of {killed.acknowledged} lost, {len(killed.unreadable)} unreadable"
    )
    yield title, figure, "0 and 0", bad == 0
    images = 100 if short else 1000
    broken = power_cuts.cut_the_power(images)
    yield f"power cuts, {images} images", f"{len(broken)} with a loss", "0", not broken
    some = ["check in", "first of a day", "call next", "erase"] if short else faults.OPERATIONS
    count, wrong = faults.fail_everywhere(operations=some)
    title = f"a read, write or sync fails, {count} times in turn"
    yield title, wrong[0] if wrong else "nothing lost, no day closed", "0", not wrong
    for kind in ("sync", "sync_folder"):
        lost = power_cuts.cut_the_power(images, [kind])
        yield f"  control without {kind}", f"{len(lost)} with a loss", "not 0", bool(lost)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="The store's bars, measured.")
    parser.add_argument("--short", action="store_true", help="fewer rounds, under half a minute")
    parser.add_argument("--skip-proof", action="store_true", help="speed only")
    parser.add_argument("--folder", type=Path, help="on which disk to measure")
    args = parser.parse_args(argv)
    logging.disable()
    rounds = 100 if args.short else 300
    missed = 0
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name).resolve()
        print(machine(folder))
        tables: list[Iterator[Row]] = [
            commits(folder / "c300", 300, rounds),
            commits(folder / "c3000", 3000, rounds),
            history(folder / "h", 10_000 if args.short else 100_000, rounds * 2),
            opening(folder / "o300", 300, 0.03),
            opening(folder / "o3000", 3000, 0.2),
            latency(folder / "l", rounds),
            flat(folder / "f", (300, 3_000 if args.short else 30_000), 60 if args.short else 200),
            verifying(folder / "v", (300, 10_000 if args.short else 100_000)),
        ]
        if not args.skip_proof:
            tables.append(proof(args.short))
        for what, figure, bar, met in itertools.chain.from_iterable(tables):
            missed += met is False
            verdict = {True: "ok", False: "MISSED", None: ""}[met]
            print(f"{what:<46} {figure:<32} {bar:<16} {verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
