"""Whether reception takes people, in sentences, for every screen of the lobby that says so."""

from datetime import datetime
from typing import assert_never

from db import ReceptionState
from kiosk.content.clinic import Location
from kiosk.content.phone_text import phone_text
from kiosk.languages.language import Language
from kiosk.queue.public import QueueState


def reception_sentence(state: QueueState, location: Location, now: datetime, _: Language) -> str:
    """How reception stands and what that means for somebody who comes in at `now` (clinic time)."""
    until = still_to_come(state.reception_until, now)
    match state.reception:
        case ReceptionState.open:
            return _("Reception is open")
        case ReceptionState.away:
            return away_sentence(until, _)
        case ReceptionState.full:
            return _("No more walk-in numbers today. Please ask at the desk.")
        case ReceptionState.closed:
            phone = phone_text(location, _)
            if until:
                return _("Check-in is closed until {time}. Phone {phone}", time=until, phone=phone)
            return _("Check-in is closed. Phone {phone}", phone=phone)
        case _:
            assert_never(state.reception)


def away_sentence(until: str | None, _: Language) -> str:
    """That nobody is at the desk, and that this costs nobody their place."""
    if until:
        return _(
            "Reception is away (back at {time}). Take a number; your place is kept.", time=until
        )
    return _("Reception is away. Take a number; your place is kept.")


def still_to_come(until: str | None, now: datetime) -> str | None:
    """`until` ("HH:MM" of today), unless it is past: nobody is back at an hour that has gone."""
    return until if until and until > f"{now:%H:%M}" else None
