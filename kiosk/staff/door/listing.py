"""Who may sign in at this terminal, as far as that is known."""

from collections.abc import Sequence

import msgspec

from db import Account, StoreError


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
