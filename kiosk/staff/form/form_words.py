"""The form in words: what its fields are called, what stands in them, what may be typed; pure."""

from kiosk.languages.language import Language
from kiosk.staff.form.answers import answers, word_of
from kiosk.staff.form.filling import language_of
from kiosk.staff.form.form_fields import WRITTEN, Field, Filled, Form
from kiosk.staff.form.form_line import Shown
from kiosk.staff.form.judging import NOTHING, note_on
from kiosk.staff.form.pen import Pen
from kiosk.staff.seen.masked_phone import masked, spaced
from kiosk.staff.seen.rows import View
from kiosk.staff.seen.snapshot import Snapshot

ONLY_WHEN_DONE = (Field.TIME, Field.PARTY, Field.CAME)
"""Fields of which it is wrong to say that they are wrong while they are typed."""


def label_of(field: Field, lang: Language) -> str:
    """What a field is called."""
    words = {
        Field.NAME: lang("Name"),
        Field.SERVICE: lang("Service"),
        Field.PHONE: lang("Phone"),
        Field.TIME: lang("Appointment time"),
        Field.PRACTITIONER: lang("Practitioner"),
        Field.WHOM: lang("Who it is for"),
        Field.PARTY: lang("Came with ticket"),
        Field.URGENT: lang("Urgent"),
        Field.FIRST_VISIT: lang("First visit here"),
        Field.LANGUAGE: lang("Speaks"),
        Field.PRINT: lang("Print a slip"),
        Field.CAME: lang("Came at"),
    }
    return words[field]


def hint_of(field: Field, form: Form, view: View) -> str:
    """What may be typed into a field; "" where its answers say so."""
    lang, one = view.lang, form.check_in
    came = lang.clock(one.arrived_at.astimezone(view.now.tzinfo)) if one else ""
    words = {
        Field.NAME: lang("As they give it; every field may stay empty"),
        Field.PHONE: lang("Foreign numbers begin with + or 00"),
        Field.TIME: lang("Such as 10:30; ? where nobody knows the time; empty: none"),
        Field.PARTY: lang("The ticket of the one they came with, such as 12"),
        Field.CAME: lang("When they truly came, such as 9:05; noted so far: {time}", time=came),
    }
    return words.get(field, "")


def value_of(field: Field, filled: Filled, view: View) -> str:
    """The value of an answer that is chosen, or would be."""
    if field is Field.LANGUAGE:
        return language_of(filled, view.clinic.languages)
    return filled.of(field)


def shown_of(
    field: Field, pen: Pen, view: View, snapshot: Snapshot, area: str, *, refused: bool
) -> Shown:
    """A field as it is seen."""
    form, filled, here = pen.form, pen.filled, field is pen.field
    text, label = filled.of(field), label_of(field, view.lang)
    note = note_on(field, filled, form, view, snapshot, area)
    if here and not refused and field in ONLY_WHEN_DONE and note.wrong:
        note = NOTHING
    if field not in WRITTEN:
        chosen = filled.but(field, value_of(field, filled, view))
        word = word_of(field, chosen, answers(field, form, view, snapshot))
        return Shown(field=field, label=label, value=word, quiet=not text, note=note)
    if not text and field in form.covered:
        return Shown(field=field, label=label, value=form.covered[field], quiet=True, note=note)
    if field is Field.PHONE and not here and text == form.given.phone:
        text = masked(spaced(text, view.clinic.region))
    return Shown(field=field, label=label, value=text, note=note)
