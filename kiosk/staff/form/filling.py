"""From somebody to the form and back: what stands in it, and what the store is told of it; pure."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from db import CheckIn, Person, Whom
from kiosk.intake.names import clean_name, spoken_by
from kiosk.intake.phones import Judged, Verdict, judge
from kiosk.languages import typed
from kiosk.staff.form.form_fields import NO, NO_TIME, YES, Field, Filled
from kiosk.staff.seen.snapshot import Snapshot

_ASIDE = str.maketrans("", "", " -./()\N{NO-BREAK SPACE}\N{EN DASH}")
"""What people write between the digits of a phone number."""
_FLAGS = {True: YES, False: NO, None: ""}


def filled_with(check_in: CheckIn, person: Person | None, snapshot: Snapshot) -> Filled:
    """What the form says of somebody; `person` None: what is theirs is not to be seen."""
    first = snapshot.by_id.get(check_in.party or "")
    return Filled(
        name=person.name if person else "",
        service=check_in.service,
        phone=person.phone if person else "",
        time=(check_in.appointment_time or NO_TIME) if check_in.appointment else "",
        practitioner=check_in.practitioner or "",
        whom=check_in.whom,
        party=first.ticket if first and first.id != check_in.id else "",
        urgent=_FLAGS[check_in.urgent],
        first_visit=_FLAGS[check_in.first_visit],
        language=check_in.language,
    )


def language_of(filled: Filled, tags: Sequence[str]) -> str:
    """What somebody is called in: what was said, else what their name tells."""
    return filled.language or spoken_by(clean_name(filled.name), tags)


def judged(phone: str, region: str, area: str) -> Judged:
    """What can be said of a phone number as it was typed."""
    number = typed.plain(phone).translate(_ASIDE)
    if not number:
        return Judged(Verdict.EMPTY)
    if number.lstrip("+").strip(typed.DIGITS) or "+" in number[1:]:
        return Judged(Verdict.WRONG)
    return judge(number, region, area)


def phone_kept(phone: str, region: str, area: str) -> str:
    """A number as it is kept: whole as E.164, else as it was typed."""
    return judged(phone, region, area).e164 or clean_name(phone)


def time_of(filled: Filled) -> str | None:
    """The appointment's time as HH:MM, None where there is none or nobody knows it."""
    text = typed.plain(filled.time)
    return typed.clock(text) if text and text != NO_TIME else None


def ticket_of(text: str, today: Sequence[CheckIn]) -> CheckIn | None:
    """The one check-in of the day whose ticket was typed: 12, a12 or A012."""
    asked = typed.ticket(text)
    if asked is None:
        return None
    found = [
        one
        for one in today
        if (own := typed.ticket(one.ticket)) and own[1] == asked[1] and asked[0] in ("", own[0])
    ]
    return found[0] if len(found) == 1 else None


class Said(dict[str, Any]):
    """What fields say, by the names of the store; it is not printed."""

    def __repr__(self) -> str:
        return "Said(…)"


def said_in(
    fields: Sequence[Field],
    filled: Filled,
    today: Sequence[CheckIn],
    *,
    tags: Sequence[str],
    region: str,
    area: str,
) -> Said:
    """What these fields say, as the store takes it; raises ValueError for what is no time."""
    said = Said()
    for field in fields:
        said.update(_said(field, filled, today, tags, region, area))
    return said


def _said(
    field: Field,
    filled: Filled,
    today: Sequence[CheckIn],
    tags: Sequence[str],
    region: str,
    area: str,
) -> Mapping[str, object]:
    match field:
        case Field.NAME:
            return {"name": clean_name(filled.name)}
        case Field.SERVICE:
            return {"service": filled.service}
        case Field.PHONE:
            return {"phone": phone_kept(filled.phone, region, area)}
        case Field.TIME:
            has_one = bool(typed.plain(filled.time))
            return {"appointment": has_one, "appointment_time": time_of(filled)}
        case Field.PRACTITIONER:
            return {"practitioner": filled.practitioner or None}
        case Field.WHOM:
            return {"whom": filled.whom, "guardian": filled.whom == Whom.child}
        case Field.PARTY:
            first = ticket_of(filled.party, today)
            return {"party": (first.party or first.id) if first else None}
        case Field.URGENT:
            return {"urgent": filled.urgent == YES}
        case Field.FIRST_VISIT:
            return {"first_visit": filled.first_visit == YES if filled.first_visit else None}
        case Field.LANGUAGE:
            return {"language": language_of(filled, tags)}
        case Field.CAME | Field.PRINT:  # no words of theirs: a moment, and a slip
            return {}
    assert_never(field)
