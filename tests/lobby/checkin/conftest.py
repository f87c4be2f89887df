"""The lobby in which a patient checks in."""

from pathlib import Path

import pytest
from lobby_driver import Lobby


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)
