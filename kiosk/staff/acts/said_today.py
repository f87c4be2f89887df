"""What staff say of today: of a room, a practitioner, or to everybody; and the sentence for it."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import msgspec

from db import Break, Moment, Notice
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


class SaidHere:
    """What was said at this desk, until it is read: the next key may come before the news of it."""

    def __init__(self) -> None:
        self._said: dict[str, SaidToday] = {}
        self._written: dict[str, int] = {}
        """By what it is about, how many events there were once it was on disk."""

    def say(self, about: str, now: SaidToday) -> None:
        """Know what is said, and not on disk yet."""
        self._said[about] = now
        self._written.pop(about, None)

    def is_written(self, about: str, events: int) -> None:
        """Know that it is on disk, as one of so many events."""
        self._written[about] = events

    def forget(self, about: str) -> None:
        """It was refused."""
        self._said.pop(about, None)

    def unread(self, about: str, moment: Moment | None) -> SaidToday | None:
        """What was said of it, unless a moment tells of that or of what came later."""
        written = self._written.get(about)
        if written is not None and moment and len(moment.events) >= written:
            self.forget(about)
        return self._said.get(about)


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
