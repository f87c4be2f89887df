"""What is said beside a field: what is wrong with it, and what is worth knowing; pure."""

import msgspec

from db import OPEN, CheckIn
from kiosk.intake.names import clean_name
from kiosk.intake.phones import Verdict
from kiosk.languages import typed
from kiosk.staff.form.filling import judged, phone_kept, ticket_of, time_of
from kiosk.staff.form.form_fields import NO_TIME, Field, Filled, Form
from kiosk.staff.seen.rows import View, name_text
from kiosk.staff.seen.snapshot import Snapshot

LONGEST = 80
"""Characters of a text, as the store has it."""
TO_GO = 4
"""Digits to go from which it is worth saying so."""


class Note(msgspec.Struct, frozen=True):
    """A few words; `wrong` where the form cannot be saved with what stands there."""

    words: str = ""
    wrong: bool = False
    alarming: bool = False
    """Whether staff should see it all the same."""


NOTHING = Note()


def note_on(
    field: Field, filled: Filled, form: Form, view: View, snapshot: Snapshot, area: str
) -> Note:
    """What is to be said of what stands in a field."""
    lang, text = view.lang, filled.of(field)
    if field in form.covered and not text:
        return Note(lang("empty: stays as it is"))
    match field:
        case Field.NAME | Field.PHONE if len(clean_name(text)) > LONGEST:
            n = len(clean_name(text))
            return Note(lang("Too long: {n} of {most} letters", n=n, most=LONGEST), wrong=True)
        case Field.PHONE:
            return _of_phone(text, form, view, snapshot, area)
        case Field.TIME | Field.CAME:
            return _of_time(field, filled, form, view)
        case Field.PARTY if text.strip():
            return _of_party(text, form, view, snapshot)
        case Field.PRACTITIONER if text in snapshot.moment.away:
            return Note(lang("{name} is away", name=text), alarming=True)
    return NOTHING


def _of_phone(text: str, form: Form, view: View, snapshot: Snapshot, area: str) -> Note:
    lang, region = view.lang, view.clinic.region
    if text == form.given.phone:
        return NOTHING
    if has := _who_has(phone_kept(text, region, area), form, view, snapshot):
        return Note(lang("{ticket} has this phone: m merges", ticket=has.ticket), alarming=True)
    said = judged(text, region, area)
    match said.verdict:
        case Verdict.SHORT if said.to_go is not None and said.to_go <= TO_GO:
            return Note(lang.plural("{n} digit to go", "{n} digits to go", said.to_go))
        case Verdict.SHORT | Verdict.WRONG:
            return Note(lang("looks wrong: kept as typed"), alarming=True)
    return NOTHING


def _who_has(phone: str, form: Form, view: View, snapshot: Snapshot) -> CheckIn | None:
    """Whoever is here and has this phone; nobody while names are hidden: they are not guessed."""
    if not phone or view.names_hidden:
        return None
    own = form.check_in.id if form.check_in else ""
    for one in snapshot.today:
        person = snapshot.people.get(one.id)
        if one.id != own and one.status in OPEN and person and person.phone == phone:
            return one
    return None


def _of_time(field: Field, filled: Filled, form: Form, view: View) -> Note:
    lang, text = view.lang, typed.plain(filled.of(field))
    if not text:
        return NOTHING
    if text == NO_TIME and field is Field.TIME:
        return Note(lang("has one, time not known"))
    try:
        typed.clock(text)
    except ValueError:
        return Note(lang("A time looks like 10:30"), wrong=True)
    if field is Field.CAME:
        return NOTHING
    one = form.check_in
    if text == form.given.time and one and not one.due_at:
        return Note(lang("as they said, not confirmed"))
    return Note(lang("confirmed: {time}", time=time_of(filled)))


def _of_party(text: str, form: Form, view: View, snapshot: Snapshot) -> Note:
    lang, found = view.lang, ticket_of(text, snapshot.today)
    if found is None:
        return Note(lang("There is no such ticket"), wrong=True)
    if form.check_in and found.id == form.check_in.id:
        return Note(lang("That is this ticket"), wrong=True)
    return Note(f"{found.ticket} {name_text(snapshot.people.get(found.id), view)}")


def first_wrong(
    filled: Filled, form: Form, view: View, snapshot: Snapshot, area: str
) -> Field | None:
    """The first field with which the form cannot be saved; what nobody touched is not looked at."""
    for field in form.changed(filled):
        if note_on(field, filled, form, view, snapshot, area).wrong:
            return field
    return None
