"""What was freed is written over: memory keeps what somebody typed until it is used again."""

import asyncio
import ctypes
import gc

M_PERTURB = -6
"""glibc's option for a byte that freed blocks are filled with: mallopt(3)."""
FILLING = 0xA5
SHARED_OUT = range(64, 512 + 1, 16)
"""Sizes of the blocks that Python shares out itself, as far as a name fits in; it gives none of
them back to the system while one of its neighbours is in use."""
SMALL, OF_SMALL, OF_OTHERS = 96, 3 << 20, 1 << 18
"""Bytes that are written over of blocks of each size up to `SMALL`, and of each that is larger:
more than lie free in a kiosk of a day. Most of what somebody types is small; and what is held at
once costs memory for good where others take some of it meanwhile."""
KEPT, OF_KEPT = range(512 + 16, 1040 + 1, 16), 8
"""Sizes of which glibc keeps seven for each thread without filling them (tcache)."""
AFTER = (0.5, 10.0)
"""Seconds until then, in which what was taken away is let go of; and until once more, since a block
that somebody used meanwhile keeps the end of what stood in it before."""
_HEAD = b"".__sizeof__()


def fill_when_freed() -> None:
    """Have the system fill what it is given back from now on."""
    ctypes.CDLL(None).mallopt(M_PERTURB, FILLING)


def write_over_soon() -> None:
    """Write over what is freed by then, in a thread: it takes longer than a key may wait."""
    for seconds in AFTER:
        asyncio.get_running_loop().call_later(seconds, _begin)


def _begin() -> None:
    gc.collect()
    _write_over_kept()
    asyncio.get_running_loop().run_in_executor(None, write_over)


def write_over() -> None:
    """Write over what was freed and is not in use again."""
    _write_over_kept()
    # All at once: a block that was let go of would be the next one that is asked for.
    held = [_blocks_of(size, OF_SMALL if size <= SMALL else OF_OTHERS) for size in SHARED_OUT]
    held.clear()


def _write_over_kept() -> None:
    held = [_blocks_of(size, size * OF_KEPT) for size in KEPT]
    held.clear()


def _blocks_of(size: int, together: int) -> list[bytes]:
    # Not bytes(size), which asks for zeros, and glibc takes those from elsewhere.
    return [b" " * (size - _HEAD) for _ in range(together // size)]
