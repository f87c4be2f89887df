"""Who may sign in at this terminal, as far as that is known."""

import asyncio
from collections.abc import Sequence

import msgspec
from textual.message import Message

from db import Account, StoreError
from kiosk.staff.screen import StaffScreen

LOOK_AGAIN_SECONDS = 2.0


class Listing(msgspec.Struct, frozen=True):
    """What was read of the accounts."""

    accounts: tuple[Account, ...] | None = None
    """None until they were read, empty where they cannot be."""
    trouble: StoreError | None = None
    """Why they could not be read."""
    is_gone: bool = False
    """Whether the only account that can sign in here is not there any more."""

    @property
    def nobody(self) -> bool:
        """Whether there is only something to say in place of names."""
        return self.accounts is None or self.trouble is not None or self.is_gone

    def says_what(self, other: "Listing") -> bool:
        """Whether the screen would say the same of another one."""
        return (self.accounts, str(self.trouble), self.is_gone) == (
            other.accounts,
            str(other.trouble),
            other.is_gone,
        )


def listing(outcome: Sequence[Account] | StoreError, only: str | None) -> Listing:
    """What comes of reading the accounts; `only`: the one that can sign in here, if not all can."""
    if isinstance(outcome, StoreError):
        return Listing((), outcome)
    found = tuple(one for one in outcome if only in (None, one.name))
    return Listing(found, is_gone=bool(outcome) and not found)


class Lister:
    """Tells its screen by Listed who may sign in."""

    class Listed(Message):
        """The accounts were read, or could not be."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

    def __init__(self, screen: StaffScreen[None]) -> None:
        self._screen = screen
        self._again_at = 0.0

    def is_due(self) -> bool:
        """Whether it is time to look again."""
        return self._screen.kiosk.monotonic() >= self._again_at

    def read(self) -> None:
        """Have the accounts read, in a thread."""
        self._screen.run_worker(self._read(), group="accounts", exclusive=True)

    async def _read(self) -> None:
        kiosk = self._screen.kiosk
        outcome: Sequence[Account] | StoreError
        try:
            outcome = await asyncio.to_thread(lambda: kiosk.accounts().all())
        except StoreError as refused:
            outcome = refused
        self._again_at = kiosk.monotonic() + LOOK_AGAIN_SECONDS
        self._screen.post_message(self.Listed(listing(outcome, kiosk.only_account)))
