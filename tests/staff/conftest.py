"""Screens are driven here."""

from pathlib import Path

import pytest
from screen_fixtures import no_company, written_over  # noqa: F401 - fixtures
from staff_driver import Desk
from store_fixtures import clock, open_here, store  # noqa: F401 - fixtures

from kiosk.settings import Room


@pytest.fixture
def practice(tmp_path: Path) -> Desk:
    """A desk with one room."""
    desk = Desk(tmp_path, rooms=(Room("1"),))
    desk.hire()
    return desk
