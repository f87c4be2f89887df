"""Word of changes in folders, through inotify: a few calls of libc instead of a dependency."""

import asyncio
import ctypes
import os
from collections.abc import AsyncGenerator, Callable, Iterable
from functools import cache
from pathlib import Path

LOOK_AGAIN = 2.0
"""Seconds between looks when nothing is heard: for what inotify cannot tell (time passing)."""

LOOK_AGAIN_DEAF = 0.25
"""The same where the system has no inotify handle left to give."""

# linux/inotify.h. No IN_ATTRIB: a heartbeat that touches a file must wake nobody.
IN_MODIFY, IN_MOVED_TO, IN_CREATE, IN_DELETE, IN_DELETE_SELF = 0x2, 0x80, 0x100, 0x200, 0x400
NEWS = IN_MODIFY | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF


async def changes(
    folders: Iterable[Path], look: Callable[[], object]
) -> AsyncGenerator[None, None]:
    """Yield at once, and whenever what `look` gives has changed.

    `look` is called on the event loop after every sign of life from `folders` and every two
    seconds, so it must be quick. Folders may come and go.
    """
    handle = _inotify()
    heard = asyncio.Event()
    loop = asyncio.get_running_loop()
    if handle >= 0:
        loop.add_reader(handle, _drain, handle, heard)
    last: object = changes  # equal to nothing that `look` can give
    try:
        while True:
            heard.clear()
            if handle >= 0:
                _follow(handle, folders)
            now = look()
            if now != last:
                last = now
                yield
                continue
            try:
                async with asyncio.timeout(LOOK_AGAIN if handle >= 0 else LOOK_AGAIN_DEAF):
                    await heard.wait()
            except TimeoutError:
                pass
    finally:
        if handle >= 0:
            loop.remove_reader(handle)
            os.close(handle)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def _inotify() -> int:
    """Give an inotify handle, or -1 if there is none to be had."""
    return int(_libc().inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))


def _follow(handle: int, folders: Iterable[Path]) -> None:
    """Watch the folders, or what is there above them; none is watched twice."""
    for folder in folders:
        for place in (folder, *folder.parents):
            if _libc().inotify_add_watch(handle, os.fsencode(place), NEWS) >= 0:
                break


def _drain(handle: int, heard: asyncio.Event) -> None:
    try:
        os.read(handle, 65536)
    except BlockingIOError:
        return
    heard.set()
