"""Who works here is in the session; who was sent away is a stranger, whose keys count again."""

from __future__ import annotations

from types import SimpleNamespace

from staff_driver import PIN, Desk

from db import Account, Role
from kiosk.app.session import Session
from kiosk.app.signing_in import SigningIn
from kiosk.languages.language import language
from kiosk.settings import Mode, Settings

OTHER = "908172"
LIN = Account("Lin", Role.reception)


async def test_who_was_signed_out_signs_in_again_with_what_is_right_now(desk: Desk) -> None:
    async with desk.open():
        await desk.press("1", *PIN, "enter")
        assert desk.app.signed_in == LIN
        desk.accounts.set_pin("Lin", OTHER)
        await desk.press("down")
        await desk.sees("Your account was changed.")
        assert desk.app.account_changed
        await desk.press("1", *OTHER, "enter")
        assert desk.screen == "QueueScreen"
        assert desk.app.signed_in == LIN
        assert not desk.app.account_changed


class Kiosk:
    """An app without screens."""

    def __init__(self) -> None:
        self.now = 0.0
        self.session = Session.first(Settings(), language("en"), 0.0)
        self.stamp: str | None = "as it was"
        self.opened: list[Mode] = []
        self.left: list[str] = []
        self.forgotten = 0
        self.type_ahead = SimpleNamespace(forget=self.forget)

    @property
    def signed_in(self) -> Account | None:
        return self.session.signed_in

    def monotonic(self) -> float:
        return self.now

    def accounts(self) -> object:
        return SimpleNamespace(stamp=lambda name: self.stamp)

    def store(self) -> object:
        return SimpleNamespace(leave_desk=self.left.append)

    def open_mode(self, mode: Mode) -> None:
        self.opened.append(mode)

    def forget(self) -> None:
        self.forgotten += 1


async def test_a_session_begins_anew_for_whoever_signs_in_and_ends_for_who_may_not_any_more() -> (
    None
):
    kiosk = Kiosk()
    signing_in = SigningIn(kiosk)
    assert not signing_in.sends_away(), "there is nobody to be sent away"
    kiosk.now = 7.0
    signing_in.sign_in(LIN, "as it was")
    assert kiosk.session.last_input == 7.0, "what a PIN took to be looked at is no idling"
    assert not signing_in.sends_away()
    kiosk.stamp = "another"
    assert signing_in.sends_away()
    assert (kiosk.signed_in, kiosk.session.account_changed) == (None, True)
    assert (kiosk.opened, kiosk.forgotten) == ([Mode.staff], 1), "with what was typed ahead"
    assert signing_in.sends_away(), "until other screens are there"
    assert kiosk.opened == [Mode.staff]
    signing_in.has_sent_away()
    assert not signing_in.sends_away()
    signing_in.sign_in(LIN, "another")
    assert not kiosk.session.account_changed
