"""Which of the day's check-ins the table shows: a part of them, or what a search finds; pure."""

from collections.abc import Sequence

import msgspec

from db import CheckIn, Person, Status
from kiosk.languages import typed
from kiosk.languages.language import Language
from kiosk.languages.pinyin import bare, fold, matches
from kiosk.languages.place_names import place_text
from kiosk.languages.room_names import room_text
from kiosk.settings import Settings
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.staff.seen.staff_words import sent_on

HERE, GONE, ROOM, PLACE = "here", "gone", "room:", "place:"
"""Everyone who is here; those who are not any more; `room:` and a name, whom that room can see;
`place:` and its name, who was sent there."""
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
    here: Sequence[CheckIn],
    snapshot: Snapshot,
    settings: Settings,
    wanted: Shown,
    *,
    names: bool = True,
) -> list[CheckIn]:
    """The check-ins to show, those who are `here`, in their order, before those who are gone.

    Without `names` only tickets are looked for: what is hidden is not to be guessed either.
    """
    if wanted.typed.strip():
        everyone, people = (*here, *snapshot.gone), snapshot.people if names else {}
        return [c for c in everyone if finds(c, people.get(c.id), wanted.typed)]
    if wanted.part == GONE:
        return list(snapshot.gone)
    if wanted.part.startswith(ROOM):
        name = wanted.part.removeprefix(ROOM)
        services = next((r.services for r in settings.rooms if r.name == name), ())
        return [c for c in here if c.room == name or _suits(c, services)]
    if wanted.part.startswith(PLACE):
        place = wanted.part.removeprefix(PLACE)
        parked = (c for c in here if c.status is Status.parked)
        return [c for c in parked if snapshot.parked_to.get(c.number) == place]
    return [c for c in here if wanted.part in (HERE, c.status)]


def with_number(today: Sequence[CheckIn], digits: str) -> list[CheckIn]:
    """Whose ticket has this number, zeros before it or not."""
    return [one for one in today if _is_ticket(one.ticket, digits)]


def finds(check_in: CheckIn, person: Person | None, words: str) -> bool:
    """Whether `words` are a ticket (12, a12: A012), part of a name, pinyin, or a phone's end."""
    wanted, plain = fold(words).strip(), bare(words).strip()
    if not plain:  # accents without a letter
        return False
    if fold(check_in.ticket).startswith(wanted) or _is_ticket(check_in.ticket, wanted):
        return True
    return person is not None and is_found(person, words)


def is_found(person: Person, words: str) -> bool:
    """Whether `words` are part of somebody's name, pinyin, or their phone's end."""
    wanted, plain = fold(words).strip(), bare(words).strip()
    if not plain:
        return False
    digits = typed.digits(wanted)
    if digits and not wanted.strip(typed.DIGITS + " -+"):
        return len(digits) >= DIGITS and typed.digits(person.phone).endswith(digits)
    if plain in bare(person.name):
        return True
    return wanted in fold(person.name) or matches(person.name, wanted)


def _is_ticket(ticket: str, wanted: str) -> bool:
    own, asked = typed.ticket(ticket), typed.ticket(wanted)
    if own is None or asked is None:
        return False
    return own[1] == asked[1] and asked[0] in ("", own[0])


def parts(lang: Language, settings: Settings, own: str) -> dict[str, str]:
    """The parts of the day that can be asked for, in words; the first is everyone who is here.

    Rooms are among them where they do not all take the same people; one's `own` always is. So are
    the places that people are sent to, where there is more than one.
    """
    words = {
        HERE: lang("Everyone here"),
        str(Status.waiting): lang("Waiting"),
        str(Status.called): lang("Called"),
        str(Status.in_service): lang("With staff"),
        str(Status.parked): sent_on(lang, lab_only=settings.lab_only),
        GONE: lang("Done and gone"),
    }
    for room in [one for one in settings.rooms if one.services or one.name == own]:
        words[ROOM + room.name] = lang("For {room}", room=room_text(room.name, lang))
    for place in settings.places if len(settings.places) > 1 else ():
        words[PLACE + place] = lang("Sent to {place}", place=place_text(place, lang))
    return words


def _suits(check_in: CheckIn, services: Sequence[str]) -> bool:
    if check_in.status is not Status.waiting:
        return False
    return check_in.urgent or not services or check_in.service in services
