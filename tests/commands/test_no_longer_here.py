"""What `queue` and `stats` say of those who are gone: who left is neither done nor a no-show."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from lobby_driver import CLINIC

from db import Arrival, CheckInStore
from kiosk.commands.queue import print_queue
from kiosk.commands.stats import print_figures
from kiosk.settings import Settings

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def test_each_kind_is_counted_by_itself(
    store: CheckInStore,
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = [store.check_in(Arrival()) for _ in range(4)]
    for one in people[:2]:
        store.leave(one.id, "lin")
    store.complete(store.call(people[2].id, "1", "lin").id, "lin")
    store.no_show(store.call(people[3].id, "1", "lin").id, "lin")
    assert print_queue(False, Settings(), CLINIC, store=store, now=NOW) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Nobody is waiting.",
        "",
        "No longer here: 1 done, 2 left, 1 no-show.",
    ]
    assert print_figures(True, Settings(), CLINIC, store=store) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["by_status"] == {"done": 1, "no_show": 1, "left": 2}
