"""The end of a service day: nobody stays open, and the day is written out as plain TinyDB."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import msgspec

from db.checkin import OPEN, Status
from db.day import CHECK_INS, Day
from db.files import refusing, replace
from db.line import Entry

REASON = "day-closed"
"""Statistics leave out what ended for this reason: nobody knows when these people went."""


def is_closed(folder: Path, day: date) -> bool:
    """Say whether the day was closed and written out."""
    return (folder / f"{day}.json").exists()


def close_day(day: Day, now: datetime, device: str) -> None:
    """End what is still open and write the day as TinyDB JSON; the lock must be held."""
    day.journal.refresh(repair=True)
    if not day.journal.closed:
        at = now if day.journal.at is None else max(now, day.journal.at)
        put, events = {}, []
        for check_in in day.check_ins.values():
            if check_in.status not in OPEN:
                continue
            done = check_in.status is Status.in_service
            document = day.document(check_in.number)
            before = {name: document[name] for name in ("status", "room", "priority", "service")}
            document["status"] = Status.done if done else Status.left
            document["ended_at"] = at
            document["revision"] += 1
            put[str(check_in.number)] = document
            events.append(
                Entry(
                    id=os.urandom(8).hex(),
                    kind="completed" if done else "left",
                    by="system",
                    device=device,
                    check_in=check_in.number,
                    before=before,
                    reason=REASON,
                )
            )
        day.journal.append(at, {CHECK_INS: put} if put else None, events=events, closed=True)
    with refusing():
        replace(day.journal.path.with_suffix(".json"), msgspec.json.encode(day.journal.tables))
