"""Opened: the store, the accounts and what is told from them, opened when first asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import Accounts, CheckInStore
    from kiosk.queue.wait import ExpectedWaits


class Opened:
    """What of the clinic's data this terminal has opened; usable from any thread."""

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], datetime],
        open_store: "Callable[[], CheckInStore] | None",
        open_accounts: "Callable[[], Accounts] | None",
    ) -> None:
        self._settings = settings
        self._now = now
        self.open_store = open_store
        """How the store is opened; None: there is none."""
        self._open_accounts = open_accounts
        self._store: CheckInStore | None = None
        self._accounts: Accounts | None = None
        self._waits: ExpectedWaits | None = None

    def store(self) -> "CheckInStore":
        """The check-in store; raises StoreError."""
        if self._store is None:
            if self.open_store is None:
                from db import StoreUnavailable

                raise StoreUnavailable("This kiosk was started without a store.")
            self._store = self.open_store()
        return self._store

    def accounts(self) -> "Accounts":
        """The staff's accounts."""
        if self._accounts is None:
            assert self._open_accounts is not None
            self._accounts = self._open_accounts()
        return self._accounts

    def waits(self) -> "ExpectedWaits":
        """What tells how long until somebody is called; raises StoreError."""
        if self._waits is None:
            from kiosk.queue.wait import ExpectedWaits

            rooms = {room.name: room.services for room in self._settings.rooms}
            self._waits = ExpectedWaits(self.store(), rooms, self._now)
        return self._waits
