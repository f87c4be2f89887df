"""Having a PIN checked, in a thread, by a screen that knows nothing of it from then on."""

import asyncio
from collections.abc import Mapping, Sequence

from textual.message import Message

from db import Account, StoreError
from kiosk.staff.door.terminal_name import terminal_name
from kiosk.staff.screen import StaffScreen


class Verifier:
    """Tells its screen by Checked what came of a PIN."""

    class Checked(Message):
        """The PIN of an account was right, or was refused."""

        def __init__(
            self,
            account: Account,
            refused: StoreError | None,
            occupied: Mapping[str, Sequence[str]],
            stamp: str | None = None,
        ) -> None:
            """`occupied`: who is in which room. `stamp`: the account's, as it was then."""
            super().__init__()
            self.stamp = stamp
            self.account = account
            self.refused = refused
            self.occupied = occupied

    def __init__(self, screen: StaffScreen[None]) -> None:
        self._screen = screen

    def verify(self, account: Account, pin: str) -> None:
        """Have a PIN checked."""
        # Not a @work method: those put their arguments into the worker's description.
        self._screen.run_worker(self._verify(account, pin), group="verify", exclusive=True)

    async def _verify(self, account: Account, pin: str) -> None:
        try:
            stamp = await asyncio.to_thread(self._verified, account.name, pin)
        except StoreError as refused:
            # The frames of a traceback would keep the PIN for as long as the message lives.
            self._screen.post_message(self.Checked(account, refused.with_traceback(None), {}))
        else:
            occupied = await asyncio.to_thread(self._who_is_where)
            self._screen.post_message(self.Checked(account, None, occupied, stamp))

    def _verified(self, name: str, pin: str) -> str | None:
        kiosk = self._screen.kiosk
        accounts, at = kiosk.accounts(), terminal_name(kiosk.settings.device)
        stamp = accounts.stamp(name)  # before the PIN: one that changes meanwhile ends the session
        # On the patients' kiosk all accounts share the tries: nobody there is shut out elsewhere.
        if self._screen.borrowed:
            accounts.verify(name, pin, f"{at} lobby", everybody=True)
        else:
            accounts.verify(name, pin, at)
        return stamp

    def _who_is_where(self) -> Mapping[str, Sequence[str]]:
        try:
            return self._screen.kiosk.store().occupied()
        except StoreError:
            return {}
