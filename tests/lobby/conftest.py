"""Screens are driven here."""

from pathlib import Path

import pytest
from screen_fixtures import no_company, written_over  # noqa: F401 - fixtures
from troubled_clinic import Clinic


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr("kiosk.app.queue_watch.RETRY_SECONDS", 0.05)
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 0.05)
    return Clinic(tmp_path)
