"""The handle that a journal's lines are appended with: what was refused leaves nothing behind."""

import logging
import os
from pathlib import Path

from db.errors import StoreUnavailable
from db.files import refuse_foreign, sync_folder, write_all

log = logging.getLogger("clinic.store")

Found = tuple[int, int]
"""Device and inode of a file."""


class Appending:
    """One file, opened when it is first written; the lock is held throughout."""

    def __init__(self) -> None:
        self._handle = -1

    def append(self, path: Path, data: bytes, end: int, read: Found) -> Found:
        """Append `data` at `end` to the file that was `read`; it is on disk on return.

        Gives what was written to. Raises OSError and StoreUnavailable, with nothing left of it
        as far as the disk lets itself be written.
        """
        found = self._open(path, end, read)
        try:
            write_all(self._handle, data)
            os.fdatasync(self._handle)
        except OSError:
            self._cut_off(path, end)
            raise
        if not os.fstat(self._handle).st_nlink:
            raise StoreUnavailable
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _open(self, path: Path, end: int, read: Found) -> Found:
        """Open the file if need be, by its path as it is now; raises StoreUnavailable."""
        found = self._as_read(end, read) if self._handle >= 0 else None
        if found is not None:
            return found
        self.close()
        refuse_foreign(path)
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        # Once a handle: whoever made the file may have died before its entry was synced.
        sync_folder(path.parent)
        sync_folder(path.parent.parent)
        found = self._as_read(end, read)
        if found is None:
            self.close()
            raise StoreUnavailable
        return found

    def _as_read(self, end: int, read: Found) -> Found | None:
        """Give what is written to, None if that is not what was read."""
        there = os.fstat(self._handle)
        found = there.st_dev, there.st_ino
        is_same = not end or found == read
        return found if is_same and there.st_nlink > 0 and there.st_size == end else None

    def _cut_off(self, path: Path, end: int) -> None:
        """Cut an unfinished line off."""
        try:
            os.ftruncate(self._handle, end)
            os.fsync(self._handle)
        except OSError:
            log.warning("a line that was refused may remain at the end of %s", path.name)
        self.close()
