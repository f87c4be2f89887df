"""Past days of a clinic as their figures tell of them, and people of now, for the expected wait."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from db import Cell, CheckIn, Figures, RoomFigures, ServiceFigures, Span, Status, Stay, Times
from kiosk.queue.wait.history import History, history_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = 600.0
"""NOW in Shanghai: ten o'clock."""
ALL_DAY = (Span(480, 1200),)


def past_day(n: int = 1, *, people: int = 20, mean: float = 20.0, **more: Any) -> Figures:
    """A day on which two rooms were open from eight and most visits took about 20 minutes."""
    worked = list(more.pop("worked", ALL_DAY))
    rooms = {room: RoomFigures(people=10, pace=1.0, worked=worked) for room in ("1", "2")}
    visits = Times(people, mean, 0.4)
    more = {"waited": Times(people, 40.0, 0.5)} | more
    return Figures(
        day=date(2026, 11, n),
        arrivals=people,
        by_hour=[Cell(9, 17, people)],
        waits=[],
        by_service={
            "cupping": ServiceFigures(arrivals=people, waits=[], in_service=[], visits=visits)
        },
        rooms=rooms,
        **more,
    )


def past(days: int = 10, **more: Any) -> History:
    history = history_of([past_day(n + 1, **more) for n in range(days)])
    assert history is not None
    return history


def someone(n: int, ago: float = 0, **more: Any) -> CheckIn:
    return CheckIn(
        number=n,
        id=f"id-{n}",
        ticket=f"A{n:03d}",
        location="downtown",
        day=NOW.date(),
        arrived_at=NOW - timedelta(minutes=ago),
        device="kiosk",
        has_name=False,
        has_phone=False,
        same_phone_as=None,
        **({"service": "cupping"} | more),
    )


def stay(n: int, room: str, ago: float, took: float | None = None) -> Stay:
    """Somebody in a room since `ago` minutes, or who was there for `took`."""
    called = NOW - timedelta(minutes=ago)
    ended = None if took is None else called + timedelta(minutes=took)
    outcome = None if took is None else Status.done
    return Stay(number=n, service="cupping", room=room, called=called, ended=ended, outcome=outcome)
