"""When the last of the daily backups was made, and what is wrong with that."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from kiosk.commands import backups
from kiosk.commands.machine.found import Finding
from kiosk.content.clinic import Clinic
from kiosk.settings import PROGRAM, Settings

TOO_OLD = timedelta(days=2)


def findings(settings: Settings, clinic: Clinic) -> Iterable[Finding]:
    """For `check`: when the last backup was made, and what is wrong with that."""
    top = settings.backup_dir
    if top is None:
        yield Finding("backups: none are made; backup_dir in kiosk.toml says where to")
        return
    try:
        if not top.is_dir():
            yield Finding(f"backups: {top} is not there; is its disk mounted?", wrong=True)
            return
        names = backups.kept(top / clinic.location(settings.location).slug)
        last = backups.made_at(names[-1]).replace(tzinfo=clinic.zone) if names else None
    except OSError as error:
        yield Finding(f"backups: {top}: {error.strerror}", wrong=True)
        return
    except ValueError:
        yield Finding(f"backups: {names[-1]} in {top} is named by no day there is", wrong=True)
        return
    if last is None:
        yield Finding(f"backups: none yet in {top}; `{PROGRAM} backup` makes one", wrong=True)
        return
    is_old = datetime.now(UTC) - last > TOO_OLD
    advice = f"; `{PROGRAM} backup` says what is in the way" if is_old else ""
    yield Finding(f"backups: {len(names)}, the last of {last:%Y-%m-%d %H:%M}{advice}", is_old)
