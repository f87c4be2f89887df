"""What the staff's screens say of things done and refused, each a sentence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db import (
    AccountLocked,
    CheckIn,
    ClockWrong,
    IllegalTransition,
    InvalidArrival,
    KeyMissing,
    NewerFormat,
    NothingToUndo,
    StaleCheckIn,
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    UnknownAccount,
    UnknownCheckIn,
    WrongPin,
)
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.staff.desk.rows import status_word


def done(action: str, who: str, check_in: CheckIn, service: str, lang: Language) -> str:
    """What `who` just did to a check-in; `service` is the name of the one it is for now."""
    said = {"who": who, "ticket": check_in.ticket}
    match action:
        case "add":
            return lang("{who} added {ticket}", **said)
        case "amend":
            return lang("{who} corrected {ticket}", **said)
        case "merge":
            return lang("{who} merged {ticket} into its other ticket", **said)
        case "erase":
            return lang("{who} erased name and phone of {ticket}", **said)
        case "void":
            return lang("{who}: {ticket} was a mistake and is void", **said)
        case "go":
            return lang("{who} is going to {ticket}", **said)
        case "call":
            room = room_text(check_in.room or "", lang)
            return lang("{who} called {ticket} to {room}", **said, room=room)
        case "recall":
            return lang("{who} called {ticket} again, {n}x", **said, n=check_in.calls)
        case "begin":
            return lang("{who}: {ticket} came in", **said)
        case "complete":
            return lang("{who}: {ticket} is done", **said)
        case "no_show":
            return lang("{who}: {ticket} did not come", **said)
        case "put_back":
            return lang("{who} put {ticket} back in the queue", **said)
        case "park":
            return lang("{who}: {ticket} has gone to the laboratory", **said)
        case "transfer":
            return lang("{who} moved {ticket} to {service}", **said, service=service)
        case "priority" if check_in.priority > 0:
            return lang("{who}: {ticket} goes before the others", **said)
        case "priority":
            return lang("{who}: {ticket} waits in turn again", **said)
    return happened(action, check_in, service, lang)


def happened(kind: str, check_in: CheckIn, service: str, lang: Language) -> str:
    """What an event of this kind did to a check-in, in few words and without who did it."""
    said = {"ticket": check_in.ticket}
    match kind:
        case "called":
            return lang("{ticket} called to Room {room}", **said, room=check_in.room or "")
        case "recalled":
            return lang("{ticket} called again", **said)
        case "began":
            return lang("{ticket} came in", **said)
        case "completed":
            return lang("{ticket} done", **said)
        case "no_show":
            return lang("{ticket} did not come", **said)
        case "returned":
            return lang("{ticket} put back", **said)
        case "parked":
            return lang("{ticket} to the laboratory", **said)
        case "transferred":
            return lang("{ticket} moved to {service}", **said, service=service)
        case "room_set":
            return lang("{ticket} moved to Room {room}", **said, room=check_in.room or "")
        case "priority_set":
            return lang("{ticket} given another turn", **said)
        case "amended":
            return lang("{ticket} corrected", **said)
        case "checked_in":
            return lang("{ticket} added", **said)
        case "merged" | "absorbed":
            return lang("{ticket} merged", **said)
        case "voided":
            return lang("{ticket} made void", **said)
        case "erased":
            return lang("{ticket}: name and phone erased", **said)
        case "left":
            return lang("{ticket} left", **said)
    return lang("{ticket} changed", **said)


def next_called(
    who: str, called: CheckIn | None, done: Sequence[CheckIn], room: str, lang: Language
) -> str:
    """What `call next` did: who was called, if anybody waits, and who is done with that."""
    if called:
        place = room_text(called.room or "", lang)
        text = lang("{who} called {ticket} to {room}", who=who, ticket=called.ticket, room=place)
    else:
        text = lang("Nobody is waiting for {room}", room=room_text(room, lang))
    if not done:
        return text
    tickets = " ".join(check_in.ticket for check_in in done)
    return lang.plural(
        "{text}; {tickets} is done",
        "{text}; {tickets} are done",
        len(done),
        text=text,
        tickets=tickets,
    )


def just_now(stale: StaleCheckIn, lang: Language) -> str:
    """What somebody else did to the check-in a moment before."""
    said = {"who": stale.by, "ticket": stale.ticket}
    match stale.kind:
        case "called":
            return lang("{who} just called {ticket}", **said)
        case "recalled":
            return lang("{who} just called {ticket} again", **said)
        case "began":
            return lang("{who} just noted that {ticket} came in", **said)
        case "completed":
            return lang("{who} just marked {ticket} as done", **said)
        case "no_show":
            return lang("{who} just marked {ticket} as a no-show", **said)
        case "returned":
            return lang("{who} just put {ticket} back in the queue", **said)
        case "parked":
            return lang("{who} just sent {ticket} to the laboratory", **said)
        case "transferred":
            return lang("{who} just moved {ticket} to another service", **said)
        case "amended":
            return lang("{who} just corrected {ticket}", **said)
        case "merged" | "voided":
            return lang("{who} just made {ticket} void", **said)
        case "answered":
            return lang("{who} is already going to {ticket}", **said)
        case "left":
            return lang("{ticket} has just left the queue", **said)
        case "undone":
            return lang("{who} just took back a step of {ticket}", **said)
    return lang("{who} just changed {ticket}", **said)


def not_possible(ticket: str, status: str, lang: Language) -> str:
    """Why a key does nothing for a check-in that stands where it stands."""
    word = status_word(status, lang)
    return lang("{ticket} is {status}: this key is not for that", ticket=ticket, status=word)


def _next_minute(moment: datetime) -> datetime:
    """The first full minute that is not before a moment: what is said to open then is open."""
    return moment + timedelta(seconds=-moment.timestamp() % 60)


def refusal(error: StoreError | InvalidArrival, lang: Language, zone: ZoneInfo) -> str:
    """What the store or the accounts refused, in the reader's language."""
    match error:
        case InvalidArrival(field="appointment_time"):
            return lang("A time looks like 10:30. Nothing was changed.")
        case InvalidArrival():
            return lang("That text cannot be saved. Nothing was changed.")
        case StaleCheckIn():
            return just_now(error, lang)
        case IllegalTransition():
            return not_possible(error.ticket, error.status, lang)
        case NothingToUndo():
            return lang("There is nothing of yours to take back")
        case UnknownCheckIn():
            return lang("That ticket is not of today")
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
