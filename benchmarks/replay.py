"""A day's figures counted anew from the lines of its journal, without the program's own code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FEWEST = 5
"""People of whom a closed day's figures speak at least."""


def replay(data: Path) -> dict[str, Any]:
    """Read every journal below a folder; figures as `stats --json` names them, and `ends`.

    Besides `waits`, in seconds, and who gave up or went out of turn: what a closed day's figures
    are made of.
    """
    documents: dict[str, dict[str, Any]] = {}
    first_call: dict[int, datetime] = {}
    events: list[tuple[datetime, dict[str, Any]]] = []
    for journal in data.rglob("*.jsonl"):
        for line in journal.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line.split(" ", 1)[1])
            documents |= entry.get("put", {}).get("checkins", {})
            events += [(moment(entry["at"]), event) for event in entry.get("events", [])]
    undone = {event.get("undoes") for _, event in events}
    for at, event in events:
        if event["kind"] == "called" and event["id"] not in undone:
            first_call.setdefault(event["check_in"], at)
    rows = {int(number): document for number, document in documents.items()}
    here = {number: row for number, row in rows.items() if row["status"] != "void"}
    waited = {
        number: (first_call[number] - moment(row["arrived_at"])).total_seconds()
        for number, row in here.items()
        if number in first_call
    }
    waits = sorted(waited.values())
    return {
        "arrivals": len(here),
        "by_status": dict(Counter(row["status"] for row in rows.values())),
        "by_hour": dict(
            Counter(f"{moment(row['arrived_at']).astimezone(ZONE):%H}" for row in here.values())
        ),
        "by_service": dict(Counter(row["service"] for row in here.values())),
        "people_called": len(waits),
        "mean_minutes": round(sum(waits) / len(waits) / 60, 1) if waits else None,
        "p90_minutes": ceil(waits[ceil(0.9 * len(waits)) - 1] / 60) if waits else None,
        "waits": waits,
        "gave_up": sum(row["status"] == "left" and n not in waited for n, row in here.items()),
        "out_of_turn": sum(row["urgent"] or row["priority"] > 0 for row in here.values()),
        "ends": {row["ticket"]: row["status"] for row in rows.values()},
    }


def moment(text: str) -> datetime:
    """A moment as the journal writes it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def differences(data: Path, printed: str, ended: Mapping[str, str]) -> list[str]:
    """What differs between what `stats --json` printed, a replay, and the ends that were seen."""
    stats, counted = json.loads(printed), replay(data)
    wait = stats["wait"] or {}
    pairs = {
        "arrivals": (stats["arrivals"], counted["arrivals"]),
        "by status": (stats["by_status"], counted["by_status"]),
        "by hour": (stats["by_hour"], counted["by_hour"]),
        "by service": (
            {slug: figures["arrivals"] for slug, figures in stats["by_service"].items()},
            counted["by_service"],
        ),
        "people called": (wait.get("people", 0), counted["people_called"]),
        "mean wait": (wait.get("mean_minutes"), counted["mean_minutes"]),
        "90th percentile": (wait.get("p90_minutes"), counted["p90_minutes"]),
        "how visits ended": (dict(ended), counted["ends"]),
    }
    return [f"{name}: {a} and {b}" for name, (a, b) in pairs.items() if a != b]


def differences_of_closed(data: Path) -> list[str]:
    """What differs between the file that closing a day wrote and a replay of the journal.

    Fewer people than FEWEST are in no cell of their own; whatever cells there are must hold whom
    the journal has between their bounds, and all of them together must hold everybody.
    """
    (file,) = data.rglob("figures/*.json")
    kept, counted = json.loads(file.read_text(encoding="utf-8")), replay(data)
    hours = {int(hour): people for hour, people in counted["by_hour"].items()}
    minutes = Counter(int(max(0.0, seconds) // 60) for seconds in counted["waits"])
    services: Counter[str] = Counter()
    for slug, people in counted["by_service"].items():
        services[slug if people >= FEWEST else "other"] += people
    called = len(counted["waits"])
    waited = (
        {"people": called, "mean": round(sum(counted["waits"]) / 60 / called, 2)}
        if called >= FEWEST
        else None
    )
    pairs = {
        "arrivals kept": (kept["arrivals"], counted["arrivals"]),
        "hours kept": (_cells(kept["by_hour"]), _between(kept["by_hour"], hours)),
        "waits kept": (_cells(kept["waits"]), _between(kept["waits"], minutes)),
        "services kept": (
            {slug: figures["arrivals"] for slug, figures in kept["by_service"].items()},
            {slug: people for slug, people in services.items() if people >= FEWEST},
        ),
        "wait kept": (
            kept["waited"] and {name: kept["waited"][name] for name in ("people", "mean")},
            waited,
        ),
        **{
            f"{name} kept": (kept[name], counted[name] if counted[name] >= FEWEST else None)
            for name in ("gave_up", "out_of_turn")
        },
    }
    for name, whole in (("by_hour", counted["arrivals"]), ("waits", called)):
        pairs[f"all in {name}"] = (
            sum(cell["people"] for cell in kept[name]),
            whole if whole >= FEWEST else 0,
        )
    return [f"{name}: {a} and {b}" for name, (a, b) in pairs.items() if a != b]


def _cells(cells: list[dict[str, int]]) -> list[int]:
    return [cell["people"] for cell in cells]


def _between(cells: list[dict[str, int]], counts: Mapping[int, int]) -> list[int]:
    """How many a replay has between the bounds of each cell."""
    return [
        sum(people for at, people in counts.items() if cell["start"] <= at < cell["end"])
        for cell in cells
    ]
