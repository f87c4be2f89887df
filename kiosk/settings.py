"""kiosk.toml, the environment and the command line, read into one frozen Settings."""

import difflib
import os
import re
import socket
from collections.abc import Iterable, Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
import tomli

from kiosk.languages import typed

APP = "clinic-kiosk"
ENVIRONMENT_PREFIX = "CLINIC_KIOSK_"
LONGEST_PLACE = 20
"""Characters of a place's name: it stands in the table and in a question."""
_MINUTES_A_DAY = 24 * 60
THEMES = ("light", "dark", "contrast")
QR = ("auto", "half", "full")
CHECKOUT = Path(__file__).resolve().parent.parent
"""Where the program lies; of an installed package, the folder that all packages lie in."""
_IS_INSTALLED = not (CHECKOUT / "run_kiosk.py").is_file()
PROGRAM = "clinic-kiosk" if _IS_INSTALLED else "run_kiosk.py"
"""What is typed to start it."""
CONTENT = CHECKOUT / ("kiosk/published" if _IS_INSTALLED else "content")
"""What is published where nobody says otherwise; pyproject.toml puts it into the package."""


class SettingsError(Exception):
    """A setting is unknown or has a value that cannot be used; the text says which and why."""


class Mode(StrEnum):
    """What a terminal is used as, by the name of its command and of its first screen."""

    lobby = "lobby"
    staff = "staff"
    board = "board"


class Room(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A treatment room: its number or name as called, and the services it offers (none: all)."""

    name: str
    services: tuple[str, ...] = ()


def _rooms() -> tuple[Room, ...]:
    return (Room("1"),)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a clinic may set. Times of day are "HH:MM" in the clinic's time zone."""

    location: str | None = None
    """Slug of the location this machine stands in; None is the first one in clinic.toml."""
    language: str | None = None
    """Language tag to begin with; None is the clinic's first."""
    languages: tuple[str, ...] = ()
    """Language tags offered here; empty is all of the clinic's."""
    hours: str | None = None
    """Opening hours of this location, in place of those in its file (OpenStreetMap's syntax)."""
    data_dir: Path = msgspec.field(default_factory=lambda: default_data_dir())
    content_dir: Path = CONTENT
    keys_dir: Path = msgspec.field(default_factory=lambda: default_keys_dir())
    backup_dir: Path | None = None
    """Where a backup is made each day; None makes none."""
    device: str = msgspec.field(default_factory=socket.gethostname)
    ticket_series: str = "A"
    day_starts: str = "04:00"
    person_days: int = 7
    """Days after which names and phones become unreadable."""
    retention_days: int = 30
    """Days after which nameless records are removed."""
    audit_days: int = 365
    """Days for which it is kept who signed in, saw and changed what."""
    idle_seconds: int = 60
    """Seconds without a key or touch before the kiosk asks whether anyone is there."""
    patience: float = 1.0
    """How many times as long a patient has for everything: 1 to 5."""
    seen_after: float = 0.4
    """Seconds that a choice must have been on the glass before a key or a touch can choose it."""
    seen_after_grave: float = 0.7
    """The same for the safety question and for consent."""
    staff_on_kiosk: bool = False
    """Whether F12 in the lobby leads to the staff's PIN."""
    staff_idle_minutes: int = 10
    """Minutes without a key or touch after which a staff terminal locks itself."""
    appointments_dir: Path | None = None
    """A folder with the calendar's files, from which today's list is read; None reads none."""
    missing_minutes: int = 30
    """Minutes after an appointment from which who has not come is missing, and not just late."""
    early_minutes: int = 0
    """Minutes before the opening hours from which people may check in."""
    rooms: tuple[Room, ...] = msgspec.field(default_factory=_rooms)
    places: tuple[str, ...] = ("laboratory",)
    """Where people are sent and come back from: laboratory, cashier, herbs, or other names."""
    wait_alarm_minutes: int = 30
    """Minutes after which a wait is marked in the staff's table."""
    wait_alarms: dict[str, int] = {}
    """The same for single services, by slug."""
    recall_limit: int = 3
    practitioner_figures: bool = False
    """Whether figures and reports tell practitioners apart by name."""
    quiet_hours: str | None = None
    """When the board makes no sound: "21:00-08:00", or several with commas between."""
    theme: str = "light"
    qr: str = "auto"
    """Whether a QR code's modules may be half a cell high: "half", "full" cells, or as known."""
    printer: str | None = None
    """A CUPS queue for slips with the ticket's number; None prints nothing."""

    def __post_init__(self) -> None:
        """Refuse what no field type can: raises ValueError with a sentence."""
        series = self.ticket_series
        if not (len(series) == 1 and series.isascii() and series.isupper()):
            raise ValueError(f"ticket_series is one letter from A to Z, not {series!r}")
        if self.idle_seconds < 10:
            raise ValueError("idle_seconds is at least 10: people need time to read")
        if not 1 <= self.patience <= 5:
            raise ValueError("patience is 1 to 5: how many times as long a patient has")
        if min(self.person_days, self.retention_days, self.audit_days) < 1:
            raise ValueError("person_days, retention_days and audit_days are at least 1")
        if self.staff_idle_minutes < 1:
            raise ValueError("staff_idle_minutes is at least 1")
        if not (0 <= self.seen_after <= 5 and 0 <= self.seen_after_grave <= 5):
            raise ValueError("seen_after and seen_after_grave are 0 to 5 seconds")
        if self.theme not in THEMES:
            raise ValueError(f"theme is one of {', '.join(THEMES)}, not {self.theme!r}")
        if self.qr not in QR:
            raise ValueError(f"qr is one of {', '.join(QR)}, not {self.qr!r}")
        if min(self.wait_alarm_minutes, *self.wait_alarms.values(), 1) < 1:
            raise ValueError("wait_alarm_minutes and wait_alarms are at least 1 minute")
        if self.missing_minutes < 1:
            raise ValueError("missing_minutes is at least 1")
        if not 0 <= self.early_minutes < _MINUTES_A_DAY:
            raise ValueError("early_minutes is 0 to 1439")
        if self.recall_limit < 0:
            raise ValueError("recall_limit is at least 0")
        if self.printer is not None and not re.fullmatch(r"[^\s/#-][^\s/#]*", self.printer):
            raise ValueError(f"printer is the name of a CUPS queue, not {self.printer!r}")
        if not self.rooms:
            raise ValueError("rooms needs at least one room to call patients to")
        names = {room.name.strip() for room in self.rooms}
        if "" in names or len(names) < len(self.rooms):
            raise ValueError("each of rooms has a name of its own")
        places = {place.strip() for place in self.places}
        if not places or "" in places or len(places) < len(self.places):
            raise ValueError("places needs a place, each with a name of its own")
        if any(len(place) > LONGEST_PLACE or not place.isprintable() for place in places):
            raise ValueError(f"each of places is plain text of {LONGEST_PLACE} characters at most")
        try:
            msgspec.structs.force_setattr(self, "day_starts", typed.clock(self.day_starts))
        except ValueError:
            sentence = f'day_starts is a time such as "04:00", not {self.day_starts!r}'
            raise ValueError(sentence) from None
        spans(self.quiet_hours or "")

    @property
    def names_days(self) -> int:
        """Days after which names and phones are gone: they never outlast the whole record."""
        return min(self.person_days, self.retention_days)

    @property
    def lab_only(self) -> bool:
        """Whether people are sent to the laboratory and nowhere else."""
        return self.places == ("laboratory",)

    @property
    def idle(self) -> float:
        """Seconds without a key or touch until the kiosk asks, with its patience reckoned in."""
        return self.idle_seconds * self.patience


def default_data_dir() -> Path:
    """Where check-ins are kept: systemd's state folder when there is one, else the user's own."""
    state = os.environ.get("STATE_DIRECTORY")
    return Path(state) if state else platformdirs.user_data_path(APP)


def default_keys_dir() -> Path:
    """Where the keys to names and phones are kept: apart from the data, never backed up."""
    return platformdirs.user_config_path(APP) / "keys"


def load_settings(
    flags: Mapping[str, Any] | None = None,
    config: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Merge defaults, the settings file, the environment and flags; the later ones win.

    `flags` holds what the command line said; None values are ignored. `config` is the file named
    on the command line, which must exist; else `$CLINIC_KIOSK_CONFIG`, else the user's own
    kiosk.toml where there is one. Raises SettingsError with a sentence to show.
    """
    merged: dict[str, Any] = {}
    named = config or (Path(v) if (v := environ.get(ENVIRONMENT_PREFIX + "CONFIG")) else None)
    path = named or platformdirs.user_config_path(APP) / "kiosk.toml"
    if named or path.is_file():
        merged |= _read(path)
    fields = Settings.__struct_fields__
    for field in fields:
        value = environ.get(ENVIRONMENT_PREFIX + field.upper())
        if value is not None:
            merged[field] = _from_environment(field, value)
    merged |= {key: value for key, value in (flags or {}).items() if value is not None}
    for key in merged:
        if key not in fields:
            raise SettingsError(f"{path}: unknown setting {key!r}{did_you_mean(key, fields)}.")
    try:
        return msgspec.convert(merged, Settings, strict=False, dec_hook=_decode)
    except (msgspec.ValidationError, ValueError) as error:
        raise SettingsError(f"A setting cannot be used: {error}.") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from None
    for key in ("data_dir", "content_dir", "keys_dir", "backup_dir", "appointments_dir"):
        if isinstance(values.get(key), str):
            # A relative folder is meant from the file that names it, not from wherever one stands.
            values[key] = path.parent / Path(values[key]).expanduser()
    return values


def _from_environment(field: str, value: str) -> Any:
    """Lists and tables in a variable are written as a TOML value; plain words as they are."""
    if field in ("languages", "places"):
        return [tag.strip() for tag in value.split(",") if tag.strip()]
    if field == "rooms":
        return [{"name": name.strip()} for name in value.split(",") if name.strip()]
    return value


def _decode(kind: type, value: Any) -> Any:
    """Paths, which msgspec does not know."""
    return Path(value).expanduser() if kind is Path else value


def did_you_mean(key: str, fields: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the known one it may be meant for, if any."""
    close = difflib.get_close_matches(key, list(fields), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def is_quiet(quiet_hours: str | None, now: time) -> bool:
    """Whether a time of the clinic's day lies in the quiet hours; raises ValueError as `spans`."""
    minute = now.hour * 60 + now.minute
    return any(
        start <= minute < end if start < end else minute >= start or minute < end
        for start, end in spans(quiet_hours or "")
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Minutes of the day from and until; "12:00-13:30, 21:00-08:00" may go over midnight.

    Raises ValueError with a sentence.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        start, dash, end = part.partition("-")
        span = _minutes(start), _minutes(end)
        if not dash or None in span or span[0] == span[1]:
            raise ValueError(f'quiet_hours are written like "21:00-08:00", not {part!r}')
        found.append((span[0] or 0, span[1] or 0))
    return found


def _minutes(text: str) -> int | None:
    if typed.plain(text) == "24:00":
        return _MINUTES_A_DAY
    try:
        hour, minute = typed.clock(text).split(":")
    except ValueError:
        return None
    return int(hour) * 60 + int(minute)
