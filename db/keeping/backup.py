"""What a backup says of itself."""

from datetime import date, datetime

from msgspec import Struct

from db.keeping.trouble import Trouble

NOTE = "backup.json"


class Backup(Struct, frozen=True, kw_only=True):
    """What a backup holds; written last, so that a backup without it is not one."""

    location: str
    made_at: datetime
    days: list[date]
    files: dict[str, str] | None = None
    """Every file and its SHA-256 in hex digits; None in backups of older versions."""
    troubles: list[Trouble] = []
    """The days that are damaged, copied as they are, and those that could not be read."""
