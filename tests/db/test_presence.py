"""Who is present is told by small files that may be lost at any time, and then by none."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, ReceptionState

Open = Callable[..., CheckInStore]
Damage = Callable[[Path], object]


def a_folder(file: Path) -> None:
    file.unlink()
    (file / "deeper").mkdir(parents=True)


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def a_loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


DAMAGE: dict[str, Damage] = {
    "garbled": lambda file: file.write_bytes(b"\xff\xfe\x9clin\n"),
    "zeroed": lambda file: file.write_bytes(bytes(3)),
    "partly zeroed": lambda file: file.write_bytes(b"li\0"),
    "emptied": lambda file: file.write_bytes(b""),
    "without a name": lambda file: file.write_bytes(b"\n2"),
    "with a blank for a name": lambda file: file.write_bytes(b" \n2"),
    "with a control character": lambda file: file.write_bytes(b"lin\x1b[2J"),
    "with a tab in the room": lambda file: file.write_bytes(b"lin\n2\t"),
    "with a line too many": lambda file: file.write_bytes(b"lin\n2\nx"),
    "with a line separator": lambda file: file.write_bytes("lin\u2028".encode()),
    "grown": lambda file: file.write_bytes(b"x" * 1_000_000),
    "unreadable bytes at the end": lambda file: file.write_bytes("林".encode()[:-1]),
    "a folder": a_folder,
    "a pipe": a_pipe,
    "a link to itself": a_loop,
}


@pytest.fixture
def lobby(open_here: Open) -> CheckInStore:
    return open_here(device="lobby")


@pytest.fixture
def mine(store: CheckInStore) -> Path:
    """The presence file of a terminal at which lin is signed in."""
    store.mark_present("lin", "2")
    [file] = (store.folder / "present").iterdir()
    return file


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_file_is_nobody_and_no_error(
    store: CheckInStore, lobby: CheckInStore, mine: Path, damage: Damage, clock: Any
) -> None:
    damage(mine)
    moment = clock.now.timestamp()
    os.utime(mine, (moment, moment), follow_symlinks=False)
    assert lobby.present() == []
    assert lobby.occupied() == {}
    assert lobby.reception_state().state is ReceptionState.away
    async with aclosing(lobby.watch()) as news:
        assert (await anext(news)).events == 0
        lobby.check_in(Arrival())
        assert (await anext(news)).events == 1
    store.leave_desk("lin")
    lobby.mark_present("mei")
    assert lobby.present() == ["mei"]
    store.mark_present("lin", "2")
    assert lobby.occupied() == {"": ["mei"], "2": ["lin"]}
    store.leave_desk("lin")
    assert lobby.present() == ["mei"]


def test_a_file_in_the_place_of_the_folder_is_nobody_and_no_error(
    store: CheckInStore, lobby: CheckInStore
) -> None:
    store.check_in(Arrival())
    (store.folder / "present").write_bytes(b"")
    assert lobby.present() == []
    store.leave_desk("lin")
    store.mark_present("lin")
    assert lobby.present() == ["lin"]


def test_damaged_files_of_others_are_swept_up_with_the_rest(
    store: CheckInStore, mine: Path, clock: Any
) -> None:
    other = mine.with_name("other.1")
    other.write_bytes(b"\xff")
    deep = mine.with_name("deep.1") / "deeper"
    deep.mkdir(parents=True)
    for path in (other, deep.parent):
        os.utime(path, (1, 1))
    store.mark_present("mei")
    assert not other.exists()
    assert store.present() == ["mei"]


@pytest.mark.parametrize(
    ("minutes", "there"), [(-11, False), (-9, True), (9, True), (10.1, False), (60 * 24, False)]
)
def test_nobody_is_present_whose_last_sign_of_life_lies_far_off_or_ahead(
    store: CheckInStore, lobby: CheckInStore, clock: Any, minutes: float, there: bool
) -> None:
    clock.move(minutes=minutes)
    store.mark_present("lin")
    clock.move(minutes=-minutes)
    assert lobby.present() == (["lin"] if there else [])
    state = ReceptionState.open if there else ReceptionState.away
    assert lobby.reception_state().state is state


def test_a_terminal_that_saw_the_future_is_swept_up_too(
    store: CheckInStore, lobby: CheckInStore, clock: Any
) -> None:
    store.mark_present("lin")
    clock.move(days=-2)
    lobby.mark_present("mei")
    assert len(list((store.folder / "present").iterdir())) == 1


def test_a_heartbeat_writes_nothing(store: CheckInStore, mine: Path, clock: Any) -> None:
    mine.chmod(0o400)
    clock.move(minutes=5)
    before = mine.stat().st_ctime_ns, mine.read_bytes()
    store.mark_present("lin", "2")
    assert mine.read_bytes() == before[1]
    assert mine.stat().st_mode & 0o777 == 0o400  # what is written is made 0600
    store.mark_present("lin", "3")
    assert mine.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["林", "Zoë Müller", "O'Neill", "王\u3000小明", "Anne\u00a0Marie"])
def test_people_have_all_kinds_of_names(store: CheckInStore, name: str) -> None:
    store.mark_present(name, f"Salle\u00a0{name}")
    assert store.occupied() == {f"Salle\u00a0{name}": [name]}
