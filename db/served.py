"""Which data folders a folder of keys has served: one that is missing may just not be mounted."""

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from db.errors import StoreUnavailable
from db.files import make_private, read_whole, refusing, replace

log = logging.getLogger("clinic.store")

PLACE = ".place"
"""The file in a data folder that holds its id."""

MISSING = (
    "The folder with the check-in data is not where this machine had it. "
    "Perhaps its disk is not mounted."
)
ANOTHER = (
    "The folder with the check-in data is not the one this machine had. Perhaps its disk is not "
    "mounted. If it was put there on purpose, remove the file .place in it."
)


class Folder(Struct, frozen=True):
    """A data folder that was served: where it was, and its random id."""

    path: str
    id: str


class Served:
    """What is remembered of one data folder, in it and in the folder of keys."""

    def __init__(self, keys: Path, folder: Path) -> None:
        """Touches no disk."""
        self._keys = keys
        self._folder = folder
        self.id = ""
        """The data folder's, once it was settled by a writer."""

    def check(self) -> None:
        """Raise StoreUnavailable if the folder was served before and is not there, or another."""
        known = self._known()
        if known is None:
            return
        if not self._folder.is_dir():
            raise StoreUnavailable(MISSING)
        if self.here() not in (None, known):
            raise StoreUnavailable(ANOTHER)

    def settle(self) -> None:
        """Give the folder an id if it has none, and remember it. Raises OSError."""
        here = self.here()
        if here is None:
            replace(self._folder / PLACE, (self._known() or os.urandom(8).hex()).encode())
            here = self.here() or ""
        if self._known() != here:
            try:
                make_private(self._keys)
                replace(self._note, msgspec.json.encode(Folder(str(self._resolved), here)))
            except OSError as error:  # tickets can be given without keys
                log.warning("the folder of keys cannot be written: %s", error.strerror)
        self.id = here

    def place(self) -> str:
        """Give the id of the data folder, settled if need be; the lock is held."""
        if not self.id:
            with refusing():
                self.settle()
        return self.id

    @property
    def _resolved(self) -> Path:
        return self._folder.absolute()

    @property
    def _note(self) -> Path:
        name = hashlib.sha256(os.fsencode(self._resolved)).hexdigest()[:16]
        return self._keys / f"{self._folder.name}-{name}.folder"

    def others(self) -> list[str]:
        """Give the ids of the other data folders that the folder of keys has served."""
        found = []
        with suppress(OSError):
            for note in self._keys.glob("*.folder"):
                with suppress(OSError, msgspec.MsgspecError):
                    found.append(msgspec.json.decode(read_whole(note), type=Folder).id)
        return [one for one in found if one != (self.id or self.here())]

    def _known(self) -> str | None:
        try:
            note = msgspec.json.decode(read_whole(self._note), type=Folder)
        except (OSError, msgspec.MsgspecError):
            return None  # never served, or the keys are not here: a board runs without
        return note.id

    def here(self) -> str | None:
        """Give the id that the data folder has, None if it has none."""
        try:
            told = read_whole(self._folder / PLACE).decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        return told or None
