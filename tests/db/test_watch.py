"""Word of changes, from this process and from others."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, Change, CheckInStore, ReceptionState

Beside = Callable[[str], subprocess.Popen[str]]


async def following(changes: AsyncIterator[Change]) -> Change:
    async with asyncio.timeout(5):
        return await anext(changes)


async def settled(changes: AsyncIterator[Change], until: Callable[[], bool]) -> None:
    while not until():
        await following(changes)


async def test_it_yields_at_once_and_after_each_change(store: CheckInStore) -> None:
    changes = store.watch()
    assert await following(changes) == Change(store.day, 0)
    check_in = await asyncio.to_thread(store.check_in, Arrival())
    await settled(changes, lambda: store.queue() == [check_in])
    await asyncio.to_thread(store.call_next, "1", "lin")
    last = await following(changes)
    assert last.events == 2


async def test_it_hears_of_another_process(store: CheckInStore, beside: Beside) -> None:
    changes = store.watch()
    await following(changes)
    other = beside("sys.stdin.readline(); store.check_in(Arrival()); sys.stdin.readline()")
    assert other.stdin is not None
    other.stdin.write("go\n")
    other.stdin.flush()
    await settled(changes, lambda: len(store.queue()) == 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.call_for_help("kiosk 1"),
        lambda store: store.set_reception_state(ReceptionState.full, "lin"),
        lambda store: store.mark_present("lin"),
    ],
)
async def test_it_hears_of_the_desk(
    store: CheckInStore, act: Callable[[CheckInStore], Any]
) -> None:
    changes = store.watch()
    store.check_in(Arrival())
    await following(changes)
    act(store)
    await following(changes)


async def test_a_heartbeat_wakes_nobody(store: CheckInStore, clock: Any) -> None:
    store.check_in(Arrival())
    store.mark_present("lin")
    changes = store.watch()
    await following(changes)
    pending = asyncio.ensure_future(anext(changes))
    for _ in range(5):
        clock.move(minutes=1)
        store.mark_present("lin")
        await asyncio.sleep(0)
    assert not pending.done()
    store.check_in(Arrival())
    assert (await pending).events == 2


async def test_a_folder_that_goes_and_comes_back_is_news(
    store: CheckInStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 0.02)
    store.check_in(Arrival())
    changes = store.watch()
    await following(changes)
    (tmp_path / "data").rename(tmp_path / "unplugged")
    await following(changes)
    (tmp_path / "unplugged").rename(tmp_path / "data")
    await following(changes)
    store.check_in(Arrival())
    assert (await following(changes)).events == 2


async def test_the_first_folder_ever_is_news_at_once(
    store: CheckInStore, open_here: Callable[..., CheckInStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 60)
    changes = store.watch()
    await following(changes)
    open_here().check_in(Arrival())
    await settled(changes, lambda: len(store.queue()) == 1)


async def test_without_inotify_it_looks_by_itself(
    store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.watch._inotify", lambda: -1)
    monkeypatch.setattr("db.watch.LOOK_AGAIN_DEAF", 0.01)
    changes = store.watch()
    await following(changes)
    store.check_in(Arrival())
    await settled(changes, lambda: len(store.queue()) == 1)


async def test_a_watch_that_ends_gives_its_handle_back(store: CheckInStore) -> None:
    def handles() -> int:
        links = (link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
        return sum("inotify" in str(link) for link in links)

    before = handles()
    changes = store.watch()
    await following(changes)
    assert handles() == before + 1
    await changes.aclose()
    assert handles() == before


async def test_it_goes_on_when_the_folder_could_not_be_read_for_a_while(
    store: CheckInStore, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    changes = store.watch()
    await following(changes)

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("db.today.days_on_disk", fails)
        clock.move(days=1)
        store.which_day.look_again()
        (store.folder / "figures").mkdir(exist_ok=True)  # something is heard
        await following(changes)
    check_in = await asyncio.to_thread(store.check_in, Arrival())
    await settled(changes, lambda: store.queue() == [check_in])
