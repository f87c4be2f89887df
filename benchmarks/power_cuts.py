"""Simulated power cuts: what a disk may hold after one, and whether the store still keeps its word.

    python benchmarks/power_cuts.py [IMAGES]

A few hours of a clinic are recorded as the calls they make to the file system. For each image
the power goes at a random call: what was synced is on the disk; every later write is there,
absent, or torn at any byte, with nothing, zeros or garbage behind, and every later directory
entry there or absent, each by chance.
The controls cut the same hours as if fsync did nothing, for files or for folders: each must
lose something, or the simulation tests nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.machine import machine
from db import Arrival, CheckIn, CheckInStore, StoreError, open_store

BEGIN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class World:
    """A store on a clock of its own."""

    def __init__(self, folder: Path, now: datetime = BEGIN) -> None:
        self.now = now
        self.store: CheckInStore = open_store(
            folder / "data",
            "downtown",
            keys_dir=folder / "keys",
            time_zone="Asia/Shanghai",
            device="kiosk",
            phone_region="CN",
            clock=lambda: self.now,
        )


@dataclass
class Recording:
    """Calls in their order, as tuples that begin with what was called."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    acknowledged: list[tuple[int, CheckIn, str]] = field(default_factory=list)
    """After how many calls a check-in was given to somebody, as it was then, and its name."""


@contextmanager
def recording(root: Path) -> Iterator[Recording]:
    """Record what the block does to files under `root`."""
    made = Recording()
    add = made.calls.append
    files: dict[int, tuple[str, int]] = {}  # handle → path, identity
    identity: dict[str, int] = {}
    names = ("open", "write", "ftruncate", "mkdir", "unlink", "link", "replace", "close")
    real = {name: getattr(os, name) for name in names}

    def inside(path: Any) -> str | None:
        text = os.path.relpath(os.fspath(path), root)
        return None if text.startswith("..") else text

    def open_(path: Any, flags: int, *args: Any, **more: Any) -> int:
        known = Path(path).exists()
        handle: int = real["open"](path, flags, *args, **more)
        if (name := inside(path)) is not None:
            if not known:
                identity[name] = len(made.calls)
                add(("create", name, identity[name]))
            files[handle] = name, identity.get(name, -1)
        return handle

    def write(handle: int, data: bytes) -> int:
        count: int = real["write"](handle, data)
        if handle in files:
            add(("write", files[handle][1], bytes(data[:count])))
        return count

    def sync(handle: int) -> None:
        if handle in files:
            name, which = files[handle]
            add(("sync_folder", name) if which < 0 else ("sync", which))

    def ftruncate(handle: int, size: int) -> None:
        real["ftruncate"](handle, size)
        add(("truncate", files[handle][1], size))

    def mkdir(path: Any, *args: Any, **more: Any) -> None:
        real["mkdir"](path, *args, **more)
        add(("mkdir", inside(path)))

    def unlink(path: Any, *args: Any, **more: Any) -> None:
        real["unlink"](path, *args, **more)
        add(("unlink", inside(path)))

    def link(source: Any, target: Any, **more: Any) -> None:
        real["link"](source, target, **more)
        identity[inside(target) or ""] = identity[inside(source) or ""]
        add(("create", inside(target), identity[inside(target) or ""]))

    def replace(source: Any, target: Any) -> None:
        real["replace"](source, target)
        identity[inside(target) or ""] = identity[inside(source) or ""]
        add(("rename", inside(source), inside(target)))

    def close(handle: int) -> None:
        files.pop(handle, None)
        real["close"](handle)

    changed = {
        "open": open_,
        "write": write,
        "fsync": sync,
        "fdatasync": sync,
        "ftruncate": ftruncate,
        "mkdir": mkdir,
        "unlink": unlink,
        "link": link,
        "replace": replace,
        "close": close,
    }
    with patch.multiple(os, **changed):
        yield made


def some_hours(world: World, made: Recording) -> None:
    """Live through two service days: people come, are called, done, and a day is closed."""

    def note(check_in: CheckIn | None, name: str = "") -> None:
        assert check_in is not None
        made.acknowledged.append((len(made.calls), check_in, name))

    store = world.store
    for day in range(2):
        for turn in range(6):
            name = f"Zoë {day} {turn}"
            note(store.check_in(Arrival(name=name, service="cupping")), name)
            if turn % 2:
                note(called := store.call_next("1", "lin"))
                note(store.begin(called.id, "lin") if called else None)
            world.now += timedelta(minutes=5)
        world.now += timedelta(days=1)


def image(calls: list[tuple[Any, ...]], random: Random, root: Path) -> None:
    """Leave under `root` what the disk may hold when the power goes after `calls`."""
    synced_files = {}
    synced_folders = {}
    for at, (kind, *what) in enumerate(calls):
        if kind == "sync":
            synced_files[what[0]] = at
        elif kind == "sync_folder":
            synced_folders[what[0]] = at
    contents: dict[int, bytearray] = {}
    names: dict[str, int | None] = {".": None}
    lazy = random.choice([0.2, 0.5, 0.9])  # how much a disk does unasked
    for at, (kind, *what) in enumerate(calls):
        if kind in ("write", "truncate"):
            which = what[0]
            data = contents.setdefault(which, bytearray())
            durable = at < synced_files.get(which, -1)
            if kind == "truncate":
                if durable or random.random() < lazy:
                    del data[what[1] :]
            elif durable or random.random() < lazy:
                data += what[1]
            elif random.random() < 0.5:
                torn = random.randrange(len(what[1]) + 1)
                hole = random.random() < 0.3  # the length reached the disk, the bytes did not
                missing = len(what[1]) - torn
                filler = random.choice([bytes, random.randbytes])  # zeros, or what was there before
                data += what[1][:torn] + (filler(missing) if hole else b"")
        elif kind in ("create", "mkdir", "unlink", "rename"):
            folder = str(Path(what[0] if kind == "create" else what[-1]).parent)
            if at > synced_folders.get(folder, -1) and random.random() > lazy:
                continue
            if kind == "create":
                names[what[0]] = what[1]
            elif kind == "mkdir":
                names[what[0]] = None
            elif kind == "unlink":
                names.pop(what[0], None)
            elif what[0] in names:
                names[what[1]] = names.pop(what[0])
    for name, identity in sorted(names.items()):
        path = root / name
        if not path.parent.is_dir():
            continue  # the folder that held it never reached the disk
        if identity is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(contents.get(identity, b""))


def broken_promise(root: Path, cut: int, made: Recording) -> str | None:
    """Say what the store on an image has lost of what was acknowledged by call `cut`."""
    known = [one for one in made.acknowledged if one[0] <= cut]
    now = max((check_in.arrived_at for _, check_in, _ in known), default=BEGIN)
    store = World(root, now + timedelta(minutes=1)).store
    try:
        rows = {row["id"]: row for row in store.days.export(date.min, date.max, names=True)}
        for _, check_in, name in known:
            row = rows.get(check_in.id)
            if row is None or row["ticket"] != check_in.ticket:
                return f"{check_in.ticket} of {check_in.day} is lost"
            if row["revision"] < check_in.revision:
                return f"a change of {check_in.ticket} is lost"
            if name and row["name"] != name:
                return f"the name of {check_in.ticket} is lost"
        given = {check_in.ticket for _, check_in, _ in known if check_in.day == store.day}
        if store.check_in(Arrival()).ticket in given:
            return "a ticket was given twice"
        if any(store.days.verify(day).damaged_line for day in store.days.on_disk()):
            return "a file is damaged"
    except StoreError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        store.close()
    return None


def cut_the_power(images: int, without: Collection[str] = (), seed: int = 1) -> list[str]:
    """Make that many images and give what was broken, a sentence for each.

    `without`: the syncs that do nothing, of "sync" (a file) and "sync_folder".
    """
    random = Random(seed)
    broken = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "recorded"
        root.mkdir()
        with recording(root) as made:
            world = World(root)
            some_hours(world, made)
            world.store.close()
        # An ignored call stays in its place as one that does nothing.
        calls = [("ignored",) if call[0] in without else call for call in made.calls]
        for number in range(images):
            cut = random.randrange(len(calls) + 1)
            disk = Path(folder) / f"image-{number}"
            disk.mkdir()
            image(calls[:cut], random, disk)
            if found := broken_promise(disk, cut, made):
                broken.append(f"after {cut} of {len(calls)} calls: {found}")
    return broken


def main(images: int = 1000) -> int:
    """Print what broke with and without syncs; 1 if a promise was broken or a control held."""
    print(machine())
    real = cut_the_power(images)
    controls = {kind: cut_the_power(images, [kind]) for kind in ("sync", "sync_folder")}
    print(f"power cuts: {images} images, {len(real)} with a loss; bar 0")
    for kind, lost in controls.items():
        print(f"control without {kind}: {images} images, {len(lost)} with a loss; must not be 0")
    for sentence in real[:10]:
        print(f"  {sentence}")
    return 1 if real or not all(controls.values()) else 0


if __name__ == "__main__":
    import logging

    logging.disable()
    sys.exit(main(*map(int, sys.argv[1:2])))
