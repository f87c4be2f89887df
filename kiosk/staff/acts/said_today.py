"""What staff say of today: of a room, a practitioner, or to everybody; and the sentence for it."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import msgspec

from db import Break, Notice
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text


class Goes(msgspec.Struct, frozen=True):
    """A room goes on after its break."""

    room: str


class Practitioner(msgspec.Struct, frozen=True):
    """Whether a practitioner is away today."""

    name: str
    away: bool


class NoNotice(msgspec.Struct, frozen=True):
    """There is no line for everybody any more."""


SaidToday = Break | Goes | Practitioner | Notice | NoNotice


def sentence(who: str, said: SaidToday, lang: Language, zone: ZoneInfo) -> str:
    """What `who` just said."""
    match said:
        case Break():
            time = until(said.until, lang, zone)
            room = room_text(said.room, lang)
            return lang("{who}: {room} has a break until {time}", who=who, room=room, time=time)
        case Goes():
            return lang("{who}: {room} goes on", who=who, room=room_text(said.room, lang))
        case Practitioner(away=True):
            return lang("{who}: {name} is away today", who=who, name=said.name)
        case Practitioner():
            return lang("{who}: {name} is here today", who=who, name=said.name)
        case Notice():
            time = until(said.until, lang, zone)
            return lang("{who}: everybody reads the notice until {time}", who=who, time=time)
        case NoNotice():
            return lang("{who}: the notice is taken down", who=who)
    assert_never(said)


def until(moment: datetime, lang: Language, zone: ZoneInfo) -> str:
    """A moment as the clock of the clinic shows it."""
    return lang.clock(moment.astimezone(zone))
