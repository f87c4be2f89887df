"""What the store asks of the file system: private folders, synced replacement, refusals."""

import contextlib
import errno
import os
import pwd
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import StoreError, StoreFull, StoreUnavailable
from db.mounts import is_local, kind_of

MOUNTS = Path("/proc/self/mountinfo")

NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems say that have no hard links, as on USB sticks."""

LEFT_BEHIND = 3600.0
"""Seconds after which the draft of a new file is one that a killed run has left."""


@contextmanager
def refusing() -> Iterator[None]:
    """Raise StoreFull or StoreUnavailable where the block raises OSError."""
    try:
        yield
    except OSError as error:
        raise refusal(error) from error


def refusal(error: OSError) -> StoreError:
    """Turn an operating system's error into the refusal that people read, without a path."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull()
    why = (error.strerror or "unknown error").lower()
    return StoreUnavailable(f"The check-in data cannot be reached: {why}.")


def refuse_network(folder: Path) -> None:
    """Raise StoreUnavailable if `folder` lies on a network file system, as far as is known."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = kind_of(folder.resolve(), folder.stat().st_dev, mounts)
    if kind is not None and not is_local(kind):
        sentence = f"The check-in data must lie on a disk of this machine, not on {kind}."
        raise StoreUnavailable(sentence)


def refuse_foreign(path: Path) -> None:
    """Raise StoreUnavailable if `path`, or the folder it would be made in, is another account's.

    What one account writes the other can no longer; root may only read. Raises OSError.
    """
    place, is_there = path, path.exists()
    while not place.exists():
        place = place.parent
    owner = place.stat().st_uid
    if owner != os.geteuid() and (is_there or owner):
        raise StoreUnavailable(
            f"The check-in data belongs to the account {_account(owner)}. Run this as that account."
        )


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def make_private(folder: Path) -> None:
    """Make `folder` and what is missing above it, 0700, and sync the folders that hold them."""
    if folder.is_dir():
        return
    make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the folder's entries to disk: a new or renamed file is not durable before that."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_fully(handle: int, size: int, start: int) -> bytes | None:
    """Read `size` bytes from `start`; None if the file ends before. Raises OSError.

    Linux gives what stands before a bad sector, and the error only when it is asked for the rest.
    """
    parts = []
    while size > 0:
        part = os.pread(handle, size, start)
        if not part:
            if os.fstat(handle).st_size >= start + size:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return None
        parts.append(part)
        size -= len(part)
        start += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_whole(path: Path) -> bytes:
    """Read a regular file to its end; raises OSError, also for a folder or a pipe in its place."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        there = os.fstat(handle)
        if not stat.S_ISREG(there.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        data = read_fully(handle, there.st_size, 0)
        if data is None:
            raise OSError(errno.EAGAIN, "changed while it was read")
        return data
    finally:
        os.close(handle)


def append_synced(path: Path, data: bytes) -> None:
    """Append to a file, 0600, made if need be; on disk on return, its entry too."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data`; a nearly full disk takes a part and refuses the rest."""
    while data:
        data = data[os.write(handle, data) :]


def make_once(path: Path, data: bytes) -> None:
    """Write a new file, 0600 and synced; raises FileExistsError rather than touch an old one.

    After a power cut it is there as a whole or not at all.
    """
    _sweep(path.parent, seconds=LEFT_BEHIND)
    with _draft(path, data) as draft:
        try:
            os.link(draft, path)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            draft.replace(path)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Replace a file as a whole: after a power cut it holds the old bytes or the new.

    To be called under a lock: drafts of this file are left by runs that were killed, and go.
    """
    _sweep(path.parent, path.name)
    with _draft(path, data) as draft:
        draft.replace(path)
    sync_folder(path.parent)


@contextmanager
def _draft(path: Path, data: bytes) -> Iterator[Path]:
    """Give a synced file beside `path`, 0600, which is gone after the block."""
    draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _sweep(folder: Path, name: str = "", seconds: float = 0) -> None:
    """Remove the drafts of `name` (of any) that nobody touched for so long, as far as can be."""
    with contextlib.suppress(OSError):
        for file in list(os.scandir(folder)):
            if not re.fullmatch(rf"{re.escape(name) or '.+'}\.[0-9a-f]+\.new", file.name):
                continue
            with contextlib.suppress(OSError):
                age = time.time() - file.stat(follow_symlinks=False).st_mtime
                if abs(age) >= seconds:
                    Path(file).unlink()


def default_keys_dir() -> Path:
    """Give the user's folder for keys, apart from the data."""
    from platformdirs import user_config_path

    return user_config_path("clinic-kiosk") / "keys"
