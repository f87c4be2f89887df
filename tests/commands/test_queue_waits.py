"""How long people waited, as `queue` says it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lobby_driver import CLINIC

from db import Arrival, open_store
from kiosk.commands.queue import print_queue
from kiosk.settings import Settings


def test_time_at_the_laboratory_is_no_waiting_in_the_queue_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began, minutes = datetime(2026, 11, 23, 2, 0, tzinfo=UTC), [0]

    def clock() -> datetime:
        return began + timedelta(minutes=minutes[0])

    store = open_store(tmp_path / "data", "downtown", keys_dir=tmp_path / "keys", clock=clock)
    one, away = store.check_in(Arrival()), store.check_in(Arrival())
    minutes[0] = 5
    store.park(one.id, "lin")
    store.park(away.id, "lin")
    minutes[0] = 45
    store.return_to_queue(one.id, "lin")
    minutes[0] = 48
    print_queue(True, Settings(), CLINIC, store=store, now=clock())
    rows = json.loads(capsys.readouterr().out)
    assert [row["wait_minutes"] for row in rows] == [8, None]
