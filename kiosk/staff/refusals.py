"""What the staff's screens say when the store or the accounts refuse, each a sentence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db import (
    AccountLocked,
    ClockWrong,
    KeyMissing,
    NewerFormat,
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    UnknownAccount,
    WrongPin,
)
from kiosk.languages.language import Language


def refusal(error: StoreError, lang: Language, zone: ZoneInfo) -> str:
    """Why nothing was done, whatever it was, in the reader's language."""
    match error:
        case WrongPin(tries_left=0):
            return lang("That PIN is not right. Please wait a few minutes.")
        case WrongPin():
            return lang.plural(
                "That PIN is not right. {n} try left.",
                "That PIN is not right. {n} tries left.",
                error.tries_left,
            )
        case AccountLocked():
            until = lang.clock(_next_minute(error.until).astimezone(zone))
            return lang("Too many wrong PINs. Locked until {time}.", time=until)
        case UnknownAccount():
            return lang("This account is no longer there")
        case KeyMissing():
            return lang("The key for this is not on this machine")
        case StoreBusy():
            return lang("Another terminal is busy with the queue. Please try again.")
        case StoreFull():
            return lang("The disk is full: nothing was saved")
        case ClockWrong(day=None):
            return lang("This machine's clock cannot be right. Please have it set.")
        case ClockWrong():
            return lang(
                "This machine's clock cannot be right: {day} has begun. Please have it set.",
                day=str(error.day),
            )
        case NewerFormat():
            return lang("This day was written by a newer version: update this machine")
        case StoreCorrupt():
            return lang("{file} is damaged at line {n}", file=error.file.name, n=error.line)
    return lang("The check-in data cannot be used just now: nothing was saved")


def _next_minute(moment: datetime) -> datetime:
    """The first full minute that is not before a moment: what is said to open then is open."""
    return moment + timedelta(seconds=-moment.timestamp() % 60)
