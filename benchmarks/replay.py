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


def replay(data: Path) -> dict[str, Any]:
    """Read every journal below a folder; figures as `stats --json` names them, and `ends`."""
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
    waits = sorted(
        (first_call[number] - moment(row["arrived_at"])).total_seconds()
        for number, row in here.items()
        if number in first_call
    )
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
