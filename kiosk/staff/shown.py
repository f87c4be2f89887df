"""Which of the day's check-ins the table shows: a part of them, or what a search finds; pure."""

from collections.abc import Sequence

import msgspec

from db import CheckIn, Person, Status
from kiosk.i18n import Language
from kiosk.pinyin import fold, matches
from kiosk.rooms import room_text
from kiosk.settings import Room, Settings
from kiosk.staff.snapshot import Snapshot

HERE, GONE, ROOM = "here", "gone", "room:"
"""Everyone who is here; those who are not any more; `room:` and a name, whom that room can see."""
DIGITS = 3
"""Fewest digits that are looked for at the end of phone numbers: fewer would be a ticket's."""


class Shown(msgspec.Struct, frozen=True):
    """What is asked for: a part of the queue, or `typed`, which is looked for in the whole day."""

    part: str = HERE
    typed: str = ""

    @property
    def everybody(self) -> bool:
        """Whether nobody who is here is left out."""
        return self == Shown()


def shown(
    here: Sequence[CheckIn], snapshot: Snapshot, settings: Settings, wanted: Shown
) -> list[CheckIn]:
    """The check-ins to show, those who are `here`, in their order, before those who are gone."""
    if wanted.typed.strip():
        typed = fold(wanted.typed)
        everyone = (*here, *snapshot.gone)
        return [c for c in everyone if finds(c, snapshot.people.get(c.id), typed)]
    if wanted.part == GONE:
        return list(snapshot.gone)
    if wanted.part.startswith(ROOM):
        name = wanted.part.removeprefix(ROOM)
        services = next((r.services for r in settings.rooms if r.name == name), ())
        return [c for c in here if c.room == name or _suits(c, services)]
    return [c for c in here if wanted.part in (HERE, c.status)]


def finds(check_in: CheckIn, person: Person | None, typed: str) -> bool:
    """Whether `typed` is a ticket (12: A012), part of a name, pinyin, or a phone's last digits."""
    typed, ticket = typed.strip(), fold(check_in.ticket)
    digits = "".join(char for char in typed if char.isdigit())
    only_digits = bool(digits) and not typed.strip("0123456789 -+")
    if ticket.startswith(typed) or (only_digits and ticket.endswith(f"{int(digits):03d}")):
        return True
    if person is None:
        return False
    if only_digits:
        phone = "".join(char for char in person.phone if char.isdigit())
        return len(digits) >= DIGITS and phone.endswith(digits)
    name = fold(person.name)
    return typed in name or matches(person.name, typed)


def parts(lang: Language, rooms: Sequence[Room]) -> dict[str, str]:
    """The parts of the day that can be asked for, in words; the first is everyone who is here."""
    words = {
        HERE: lang("Everyone here"),
        str(Status.waiting): lang("Waiting"),
        str(Status.called): lang("Called"),
        str(Status.in_service): lang("With staff"),
        str(Status.parked): lang("At lab"),
        GONE: lang("Done and gone"),
    }
    for room in rooms:
        words[ROOM + room.name] = lang("For {room}", room=room_text(room.name, lang))
    return words


def _suits(check_in: CheckIn, services: Sequence[str]) -> bool:
    if check_in.status is not Status.waiting:
        return False
    return check_in.urgent or not services or check_in.service in services
