"""`queue` and `stats`: today's tickets and figures in plain text or JSON, never a name."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from db import OPEN, CheckIn, CheckInStore, Status
from kiosk.commands.figures import DayFigures, day_figures
from kiosk.content import Clinic
from kiosk.i18n import SOURCE, Language, language
from kiosk.settings import Settings


class QueueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in as `queue --json` gives it: nothing that tells who it is. Times are UTC."""

    ticket: str
    status: Status
    service: str
    """Slug; empty: not sure."""
    room: str | None
    urgent: bool
    priority: int
    appointment: bool
    language: str
    calls: int
    """Calls and recalls since it last joined the queue."""
    arrived_at: datetime
    called_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    wait_minutes: int | None
    """Whole minutes from arrival to the latest call, to now for those who wait; else None."""


def run(
    command: str,
    as_json: bool,
    settings: Settings,
    clinic: Clinic,
    *,
    store: CheckInStore | None = None,
    now: datetime | None = None,
) -> int:
    """Print today's `queue` or `stats` and return 0; raises StoreError.

    `queue` lists who is still here, in calling order; with `as_json` everybody of today, in
    order of arrival. Where nothing was ever recorded nothing is created.
    """
    from kiosk.start import open_clinic_store

    store = store or open_clinic_store(settings, clinic)
    now = now or datetime.now(clinic.zone)
    today = store.today()
    if command == "stats":
        events = store.events() if today else []
        figures = day_figures(store.day, today, events, clinic.zone)
        print(_json(figures) if as_json else _figures_text(figures, settings, clinic))
    elif as_json:
        print(_json([_row(check_in, now) for check_in in today]))
    else:
        print(_queue_text(in_calling_order(today, store), settings, clinic, now))
    return 0


def in_calling_order(today: Sequence[CheckIn], store: CheckInStore) -> list[CheckIn]:
    """Those still here: the queue as it will be called, then those inside, then those away."""
    queue = store.queue() if today else []
    inside = [c for c in today if c.status is Status.in_service]
    away = [c for c in today if c.status is Status.parked]
    return [c for c in (*queue, *inside, *away) if c.status in OPEN]


def wait_minutes(check_in: CheckIn, now: datetime) -> int | None:
    """Whole minutes from arrival to the latest call, or to `now` for those who wait."""
    until = now if check_in.status is Status.waiting else check_in.called_at
    if until is None:
        return None
    return max(0, int((until - check_in.arrived_at).total_seconds()) // 60)


def _row(check_in: CheckIn, now: datetime) -> QueueRow:
    fields = QueueRow.__struct_fields__
    values = {field: getattr(check_in, field) for field in fields if field != "wait_minutes"}
    return QueueRow(**values, wait_minutes=wait_minutes(check_in, now))


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _queue_text(
    check_ins: Sequence[CheckIn], settings: Settings, clinic: Clinic, now: datetime
) -> str:
    if not check_ins:
        return "Nobody is waiting."
    rows = [("Ticket", "Status", "Room", "Service", "Arrived", "Called", "Waited")]
    for check_in in check_ins:
        minutes = wait_minutes(check_in, now)
        status = check_in.status.replace("_", " ")
        rows.append(
            (
                check_in.ticket,
                f"{status}, urgent" if check_in.urgent else status,
                check_in.room or "",
                _title(check_in.service, settings, clinic),
                _clock(check_in.arrived_at, clinic),
                _clock(check_in.called_at, clinic),
                "" if minutes is None else f"{minutes} min",
            )
        )
    return _table(rows)


def _figures_text(figures: DayFigures, settings: Settings, clinic: Clinic) -> str:
    name = clinic.location(settings.location).name
    lines = [f"{figures.day:%A %d %B %Y}, {_language(settings).pick(name)}", ""]
    if not figures.arrivals:
        return "\n".join([*lines, "Nobody has checked in today."])
    lines += [f"{figures.arrivals} arrivals"]
    lines += [f"  {status.replace('_', ' '):<11}{n:>4}" for status, n in figures.by_status.items()]
    lines += ["", "Arrivals by hour"]
    lines += [f"  {hour}:00 {n:>9}" for hour, n in figures.by_hour.items()]
    if figures.wait is not None:
        wait = figures.wait
        lines += ["", "Wait from arrival to call"]
        lines += [f"  mean {wait.mean_minutes:g} min, nine in ten at most {wait.p90_minutes} min"]
    lines += ["", "By service"]
    rows = [("Service", "Arrivals", "Mean wait")]
    for slug, service in figures.by_service.items():
        mean = "" if service.wait is None else f"{service.wait.mean_minutes:g} min"
        rows.append((_title(slug, settings, clinic), str(service.arrivals), mean))
    lines += ["  " + line for line in _table(rows).splitlines()]
    return "\n".join(lines)


def _language(settings: Settings) -> Language:
    return language(settings.language or SOURCE)


def _title(slug: str, settings: Settings, clinic: Clinic) -> str:
    service = clinic.service(slug)
    if service is None:
        return slug or "(not sure)"
    return _language(settings).pick(service.title)


def _clock(moment: datetime | None, clinic: Clinic) -> str:
    return "" if moment is None else f"{moment.astimezone(clinic.zone):%H:%M}"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, in terminal cells."""
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
