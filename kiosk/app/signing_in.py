"""SigningIn: who works at this terminal, and whether they still may."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from kiosk.settings import Mode

if TYPE_CHECKING:
    from db import Account
    from kiosk.app.app import KioskApp


class SigningIn:
    """Notes in the app's session who works here, and sends away who may not any more."""

    def __init__(self, kiosk: "KioskApp") -> None:
        self._kiosk = kiosk
        self._sends_away = False
        """Whether what is pressed is still meant for somebody who may not any more."""

    def sign_in(self, account: "Account", stamp: str | None) -> None:
        """Note who works here; `stamp` is what their account had when the PIN was right."""
        kiosk = self._kiosk
        kiosk.session = msgspec.structs.replace(
            kiosk.session,
            signed_in=account,
            stamp=stamp,
            account_changed=False,
            last_input=kiosk.monotonic(),
        )

    def sign_out_if_changed(self) -> bool:
        """Sign out whoever works here if their account is gone or has another role or PIN."""
        kiosk, account = self._kiosk, self._kiosk.signed_in
        if account is None:
            return False
        from db import StoreError

        try:
            if kiosk.accounts().stamp(account.name) == kiosk.session.stamp:
                return False
        except StoreError:
            return False  # nobody could sign in again: what cannot be read takes nothing away
        self._sends_away = True
        kiosk.session = msgspec.structs.replace(kiosk.session, signed_in=None, account_changed=True)
        kiosk.type_ahead.forget()
        asyncio.get_running_loop().run_in_executor(None, self._leave_desk, account.name)
        kiosk.open_mode(Mode.staff)
        return True

    def _leave_desk(self, name: str) -> None:
        from db import StoreError

        with suppress(StoreError):
            self._kiosk.store().leave_desk(name)

    def sends_away(self) -> bool:
        """Whether nothing that is pressed now is done."""
        return self._sends_away or self.sign_out_if_changed()

    def has_sent_away(self) -> None:
        """The screens are others now: whoever was sent away is a stranger here."""
        self._sends_away = False
