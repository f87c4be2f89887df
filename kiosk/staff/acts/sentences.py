"""What the queue screen says of things done and refused, each a sentence."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from db import (
    CheckIn,
    EventKind,
    HasCome,
    IllegalTransition,
    ImpossibleArrival,
    InvalidArrival,
    NothingToUndo,
    StaleCheckIn,
    StoreError,
    UnknownCheckIn,
)
from kiosk.languages.language import Language
from kiosk.languages.place_names import place_text
from kiosk.languages.room_names import room_text
from kiosk.staff.acts.keys import TOLD
from kiosk.staff.acts.told import UNKNOWN, Told
from kiosk.staff.refusals import refusal
from kiosk.staff.seen.staff_words import status_word


def done(told: Told, who: str, check_in: CheckIn, service: str, lang: Language) -> str:
    """What `who` just did to a check-in; `service` is the name of the one it is for now."""
    return lang(
        told.here,
        who=who,
        ticket=check_in.ticket,
        room=room_text(check_in.room or "", lang),
        n=check_in.calls,
        service=service,
        place=place_text(told.place, lang),
    )


def happened(kind: EventKind, check_in: CheckIn, service: str, lang: Language) -> str:
    """What an event of this kind did to a check-in, in few words and without who did it."""
    briefly = TOLD.get(kind, UNKNOWN).briefly
    return lang(briefly, ticket=check_in.ticket, room=check_in.room or "", service=service)


def just_now(stale: StaleCheckIn, lang: Language) -> str:
    """What somebody else did to the check-in a moment before."""
    elsewhere = TOLD.get(EventKind.of(stale.kind), UNKNOWN).elsewhere
    return lang(elsewhere, who=stale.by, ticket=stale.ticket)


def next_called(
    who: str, called: CheckIn | None, done: Sequence[CheckIn], room: str, lang: Language
) -> str:
    """What `call next` did: who was called, if anybody waits, and who is done with that."""
    if called:
        place = room_text(called.room or "", lang)
        text = lang("{who} called {ticket} to {room}", who=who, ticket=called.ticket, room=place)
    else:
        text = lang("Nobody is waiting for {room}", room=room_text(room, lang))
    return and_done(text, done, lang)


def and_done(text: str, done: Sequence[CheckIn], lang: Language) -> str:
    """What was done, and whose visit is over with that."""
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


def refused(error: StoreError | InvalidArrival, lang: Language, zone: ZoneInfo) -> str:
    """Why the store did not do what a key asked of it."""
    match error:
        case InvalidArrival(field="appointment_time"):
            return lang("A time looks like 10:30. Nothing was changed.")
        case ImpossibleArrival():
            earliest, latest = (
                lang.clock(moment.astimezone(zone)) for moment in (error.earliest, error.latest)
            )
            return lang(
                "Type a time from {earliest} to {latest} (the ticket's). Nothing was changed.",
                earliest=earliest,
                latest=latest,
            )
        case InvalidArrival():
            return lang("That text cannot be saved. Nothing was changed.")
        case StaleCheckIn():
            return just_now(error, lang)
        case IllegalTransition():
            word = status_word(error.status, lang)
            return lang("{ticket} is {status}", ticket=error.ticket, status=word)
        case HasCome():
            return lang("They are here already, as {ticket}", ticket=error.ticket)
        case NothingToUndo():
            return lang("There is nothing of yours to take back")
        case UnknownCheckIn():
            return lang("That ticket is not of today")
    return refusal(error, lang, zone)
