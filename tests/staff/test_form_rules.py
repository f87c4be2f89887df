"""The form without a screen: what is typed, chosen, said of it, and told to the store."""

from typing import Any

import msgspec
import pytest
from lobby_driver import CLINIC, NOW
from rich.cells import cell_len

from db import Arrival, CheckIn, CheckInStore
from kiosk.languages.language import language
from kiosk.settings import Settings
from kiosk.staff.form.answers import answers, page_of
from kiosk.staff.form.filling import Said, filled_with, phone_kept, said_in
from kiosk.staff.form.form_fields import NO_TIME, WRITTEN, YES, Field, Filled, Form
from kiosk.staff.form.form_words import hint_of, label_of
from kiosk.staff.form.judging import first_wrong, note_on
from kiosk.staff.form.pen import Pen
from kiosk.staff.form.writing import Writing, shown, window
from kiosk.staff.seen.rows import View
from kiosk.staff.seen.snapshot import Snapshot, snapshot_of

FORM = Form(title="Walk-in", fields=tuple(Field))
AREA = "21"


@pytest.fixture
def view() -> View:
    now = NOW.astimezone(CLINIC.zone)
    return View(lang=language("en"), clinic=CLINIC, now=now, settings=Settings())


def seen(store: CheckInStore) -> Snapshot:
    moment = store.moment()
    return snapshot_of(moment, {one.id: store.person(one) for one in moment.check_ins})


def told(filled: Filled, *today: CheckIn, fields: tuple[Field, ...] = tuple(Field)) -> Said:
    return said_in(fields, filled, today, tags=CLINIC.languages, region=CLINIC.region, area=AREA)


# Typing


def test_a_text_is_edited_where_the_cursor_stands() -> None:
    text = Writing.at_end("Zo Ada")
    for key in ("home", "right", "delete"):
        text = text.edit(key)
    assert text.write("oë") == Writing("Zoë Ada", 3)
    assert text.write("oë").edit("end").edit("ctrl+w") == Writing("Zoë ", 4)
    assert text.write("oë").edit("ctrl+u") == Writing(" Ada", 0)
    assert Writing("", 0).edit("backspace") == Writing("", 0)
    assert Writing("Ada", 3).edit("right").edit("left").edit("left").edit("backspace").at == 0


@pytest.mark.parametrize("at", [0, 1, 5000, 9999, 10000])
@pytest.mark.parametrize("char", ["x", "王", "e\N{COMBINING ACUTE ACCENT}"])
def test_as_much_of_a_long_text_is_seen_as_fits(char: str, at: int) -> None:
    before, under, after = window(Writing(char * 10_000, at), 20)
    assert 18 <= cell_len(before + under + after) <= 20
    assert before + under + after.rstrip() in char * 10_000 + " "


def test_what_does_not_show_is_left_out_and_lines_become_one() -> None:
    assert shown("A\x1b[31m\u202eda\x00\n[/bold]\u200b") == "A[31mda [/bold]"
    assert shown("می\u200cخواهم") == "می\u200cخواهم", "needed inside a Persian name"


# Choosing


def test_digits_choose_and_nine_turns_the_page(view: View, store: CheckInStore) -> None:
    pen = Pen.on(FORM, Filled()).go_to(Field.SERVICE)
    services = answers(Field.SERVICE, FORM, view, seen(store))
    first = page_of(services, 0, view.lang)
    assert [digit for digit, _ in first] == list("0123456789")
    assert pen.digit("2", services, first).filled.service == CLINIC.services[1].slug
    turned = pen.digit("9", services, first)
    assert (turned.page, turned.filled.service) == (1, "")
    chosen = turned.digit("1", services, page_of(services, 1, view.lang))
    assert chosen.filled.service == CLINIC.services[8].slug
    assert chosen.digit("0", services, first).filled.service == ""
    assert chosen.go(1).go(-1).page == 0, "a digit means the same whatever is chosen"
    right = chosen.step("right", services, chosen.filled.service)
    assert right
    assert right.page == 1, "where what is chosen stands"


def test_space_and_arrows_go_through_the_answers_round_and_round(
    view: View, store: CheckInStore
) -> None:
    pen = Pen.on(FORM, Filled()).go_to(Field.WHOM)
    whom = answers(Field.WHOM, FORM, view, seen(store))
    for key, value in (("space", "child"), ("right", "companion"), ("right", "self")):
        pen = pen.step(key, whom, pen.filled.whom) or pen
        assert pen.filled.whom == value
    left = pen.step("left", whom, pen.filled.whom)
    assert left
    assert left.filled.whom == "companion"
    back = left.step("backspace", whom, "companion")
    assert back
    assert back.filled == Filled()


def test_a_service_that_the_clinic_has_no_more_stays_to_be_chosen(
    view: View, store: CheckInStore
) -> None:
    form = msgspec.structs.replace(FORM, given=Filled(service="leeches"))
    assert answers(Field.SERVICE, form, view, seen(store))[-1].value == "leeches"


@pytest.mark.parametrize("field", [one for one in Field if one not in WRITTEN])
def test_every_answer_has_words(view: View, store: CheckInStore, field: Field) -> None:
    assert all(one.label for one in answers(field, FORM, view, seen(store)))


def test_who_is_away_today_is_said_beside_them(view: View, store: CheckInStore) -> None:
    name = CLINIC.practitioners[0].name
    store.set_away(name, True, "Mei")
    words = [one.label for one in answers(Field.PRACTITIONER, FORM, view, seen(store))]
    assert words == ["Nobody in particular", f"{name}, away today"]
    note = note_on(Field.PRACTITIONER, Filled(practitioner=name), FORM, view, seen(store), AREA)
    assert note.alarming


# What is said of it


@pytest.mark.parametrize("field", Field)
def test_every_field_has_a_name_and_says_what_it_takes(
    view: View, store: CheckInStore, field: Field
) -> None:
    form = msgspec.structs.replace(FORM, check_in=store.check_in(Arrival()))
    assert label_of(field, view.lang)
    choice = answers(field, form, view, seen(store))
    assert bool(hint_of(field, form, view)) == (field in WRITTEN)
    assert field in WRITTEN or Filled().of(field) in [*(one.value for one in choice), ""]


@pytest.mark.parametrize(
    ("phone", "words", "kept"),
    [
        ("", "", ""),
        ("138 1234-5678", "", "+8613812345678"),
        ("１３８１２３４５６７８", "", "+8613812345678"),
        ("6345 5101", "", "+862163455101"),
        ("0049 30 901820", "", "+4930901820"),
        ("138123456", "2 digits to go", "138123456"),
        ("ask her sister", "looks wrong: kept as typed", "ask her sister"),
        ("1+1", "looks wrong: kept as typed", "1+1"),
    ],
)
def test_a_phone_is_looked_at_as_in_the_lobby_and_kept_as_it_is(
    view: View, store: CheckInStore, phone: str, words: str, kept: str
) -> None:
    note = note_on(Field.PHONE, Filled(phone=phone), FORM, view, seen(store), AREA)
    assert (note.words, note.wrong) == (words, False)
    assert phone_kept(phone, CLINIC.region, AREA) == kept


def test_whoever_is_here_with_this_phone_is_named_unless_names_are_hidden(
    view: View, store: CheckInStore
) -> None:
    one = store.check_in(Arrival(phone="13812345678"))
    typed = Filled(phone="138 1234 5678")
    note = note_on(Field.PHONE, typed, FORM, view, seen(store), AREA)
    assert note.words == f"{one.ticket} has this phone: m merges"
    assert not note.wrong, "it never stops anybody"
    hidden = msgspec.structs.replace(view, names_hidden=True)
    assert not note_on(Field.PHONE, typed, FORM, hidden, seen(store), AREA).words
    store.leave(one.id, "Mei")
    assert not note_on(Field.PHONE, typed, FORM, view, seen(store), AREA).words


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (Field.NAME, "x" * 81, "Too long: 81 of 80 letters"),
        (Field.NAME, "王" * 10_000, "Too long: 10,000 of 80 letters"),
        (Field.PHONE, "1" * 81, "Too long: 81 of 80 letters"),
        (Field.TIME, "25:00", "A time looks like 10:30"),
        (Field.TIME, "[/bold]", "A time looks like 10:30"),
        (Field.CAME, "?", "A time looks like 10:30"),
        (Field.PARTY, "12", "There is no such ticket"),
        (Field.PARTY, "1", "That is this ticket"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it(
    view: View, store: CheckInStore, field: Field, text: str, words: str
) -> None:
    own = store.check_in(Arrival())
    form = msgspec.structs.replace(FORM, check_in=own)
    filled = Filled().but(field, text)
    note = note_on(field, filled, form, view, seen(store), AREA)
    assert (note.words, note.wrong) == (words, True)
    assert first_wrong(filled, form, view, seen(store), AREA) is field
    untouched = msgspec.structs.replace(form, given=filled)
    assert first_wrong(filled, untouched, view, seen(store), AREA) is None


@pytest.mark.parametrize("text", ["1030", "10.30", "１０：３０", "10点30", " 10:30 "])
def test_a_time_is_read_as_people_type_it(view: View, store: CheckInStore, text: str) -> None:
    filled = Filled(time=text)
    assert note_on(Field.TIME, filled, FORM, view, seen(store), AREA).words == "confirmed: 10:30"
    assert told(filled)["appointment_time"] == "10:30"


# What the store is told


def test_an_empty_form_says_nothing_of_anybody() -> None:
    arrival = Arrival(**told(Filled()))
    assert arrival == Arrival(language="zh-Hans", service="")


@pytest.mark.parametrize(
    ("name", "tag"), [("", "zh-Hans"), ("Zoë", "en"), ("王小明", "zh-Hans"), ("Mia 王", "zh-Hans")]
)
def test_a_walk_in_is_called_in_the_language_of_their_name_unless_it_is_said(
    name: str, tag: str
) -> None:
    assert told(Filled(name=name))["language"] == tag
    assert told(Filled(name=name, language="ko"))["language"] == "ko"


def test_all_that_is_filled_in_is_told(store: CheckInStore) -> None:
    first = store.check_in(Arrival())
    second = store.check_in(Arrival(party=first.id))
    filled = Filled(
        name=" Ada  Ashdown ",
        service="tuina",
        phone="138 1234 5678",
        time=NO_TIME,
        practitioner="Matthew Stevens",
        whom="child",
        party="2",
        urgent=YES,
        first_visit="no",
        language="de",
    )
    assert Arrival(**told(filled, first, second)) == Arrival(
        name="Ada Ashdown",
        service="tuina",
        phone="+8613812345678",
        appointment=True,
        practitioner="Matthew Stevens",
        whom="child",
        guardian=True,
        party=first.id,
        urgent=True,
        first_visit=False,
        language="de",
    )


def test_what_is_known_of_somebody_is_what_the_form_begins_with(store: CheckInStore) -> None:
    first = store.check_in(Arrival())
    arrivals: list[dict[str, Any]] = [
        {"name": "Zoë", "phone": "+8613812345678", "service": "tuina", "first_visit": True},
        {"appointment": True, "appointment_time": "10:30", "practitioner": "Lin", "urgent": True},
        {"appointment": True, "whom": "child", "guardian": True, "party": first.id},
        {"first_visit": False, "language": "ko"},
    ]
    for said in arrivals:
        arrival = Arrival(**said)
        one = store.check_in(arrival)
        filled = filled_with(one, store.person(one), seen(store))
        assert Arrival(**told(filled, *store.today())) == arrival


def test_only_what_was_changed_is_told(store: CheckInStore) -> None:
    one = store.check_in(Arrival(name="Zoe", service="tuina"))
    given = filled_with(one, store.person(one), seen(store))
    form = msgspec.structs.replace(FORM, given=given, check_in=one)
    filled = given.but(Field.NAME, "Zoë")
    assert dict(told(filled, fields=tuple(form.changed(filled)))) == {"name": "Zoë"}


def test_nothing_of_anybody_is_printed() -> None:
    filled = Filled(name="Ada Ashdown", phone="13812345678")
    values = [filled, told(filled), Pen.on(FORM, filled), Pen.on(FORM, filled).writing]
    assert not [text for text in map(repr, values) if "Ada" in text or "138" in text]
