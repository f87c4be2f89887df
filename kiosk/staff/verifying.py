"""Having a PIN checked, in a thread, by a screen that knows nothing of it from then on."""

import asyncio
from collections.abc import Mapping, Sequence

from textual.message import Message

from db import Account, StoreError
from kiosk.staff.locked import LockedScreen


class VerifyingScreen(LockedScreen):
    """A locked screen that is told by Checked what came of a PIN."""

    class Checked(Message):
        """The PIN of an account was right, or was refused."""

        def __init__(
            self,
            account: Account,
            refused: StoreError | None,
            occupied: Mapping[str, Sequence[str]],
        ) -> None:
            """`occupied`: who is in which room."""
            super().__init__()
            self.account = account
            self.refused = refused
            self.occupied = occupied

    def verify(self, account: Account, pin: str) -> None:
        """Have a PIN checked."""
        # Not a @work method: those put their arguments into the worker's description.
        self.run_worker(self._verify(account, pin), group="verify", exclusive=True)

    async def _verify(self, account: Account, pin: str) -> None:
        device = self.kiosk.settings.device
        try:
            await asyncio.to_thread(lambda: self.kiosk.accounts().verify(account.name, pin, device))
        except StoreError as refused:
            # The frames of a traceback would keep the PIN for as long as the message lives.
            self.post_message(self.Checked(account, refused.with_traceback(None), {}))
        else:
            occupied = await asyncio.to_thread(self._who_is_where)
            self.post_message(self.Checked(account, None, occupied))

    def _who_is_where(self) -> Mapping[str, Sequence[str]]:
        try:
            return self.kiosk.store().occupied()
        except StoreError:
            return {}
