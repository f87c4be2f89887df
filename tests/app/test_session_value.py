"""A session is one value: whatever is added to it ends with it."""

from pathlib import Path
from typing import Any

from lobby_driver import Lobby

from db import Account, Role
from kiosk.app.app import KioskApp
from kiosk.app.held import Held
from kiosk.app.session import Session
from kiosk.languages.language import language
from kiosk.settings import Mode

OTHER: dict[str, Any] = {
    "language": language("fr"),
    "language_chosen": True,
    "larger": True,
    "theme": "dark",
    "signed_in": Account(name="Mei", role=Role.reception),
    "stamp": "a stamp",
    "account_changed": True,
    "last_input": 7.0,
}
"""What no session begins with; a new field gets a value here."""


def first(app: KioskApp) -> Session:
    return Session.first(app.settings, app.first_language, app.monotonic())


async def test_when_a_session_is_over_all_of_it_is_as_at_the_first_one(tmp_path: Path) -> None:
    assert set(Session.__struct_fields__) == set(OTHER)
    lobby = Lobby(tmp_path)
    async with lobby.open():
        lobby.passed = 60
        for name, value in OTHER.items():
            assert getattr(first(lobby.app), name) != value
        lobby.app.session = Session(**OTHER)
        lobby.app.end_session()
        await lobby.settle()
        assert lobby.app.session == first(lobby.app)
        assert lobby.app.theme == lobby.app.settings.theme


async def test_what_screens_set_is_set_in_the_session(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        for name, value in OTHER.items():
            if name != "stamp":
                setattr(lobby.app, name, value)
                assert getattr(lobby.app, name) == getattr(lobby.app.session, name) == value
        assert lobby.app.language == lobby.app.pair[0]
        before = lobby.app.session
        lobby.app.larger = False
        assert before.larger, "who keeps a session has it as it was"


async def test_only_who_was_signed_out_hears_that_an_account_was_changed(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, staff_on_kiosk=True)
    async with lobby.open():
        lobby.app.account_changed = True
        await lobby.app.renew(Mode.staff)
        assert lobby.app.account_changed
        await lobby.app.renew(Mode.lobby)
        assert not lobby.app.account_changed


def test_a_name_of_a_value_is_itself_where_nobody_has_the_value() -> None:
    assert isinstance(KioskApp.language, Held)
