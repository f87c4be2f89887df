"""The form at the staff's screen: everything in one place, by Tab and digits, and nothing lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from lobby_driver import NOW
from staff_driver import Desk, Person, full_width
from textual import events

from db import Event, EventKind, KeyMissing, StoreFull

TAB = "tab"


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


# Adding


async def test_everything_about_a_walk_in_is_typed_on_one_screen(desk: Desk) -> None:
    first = desk.arrive("Ada")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Ada")
        await desk.press("a", *"Mia", TAB, "3", TAB, *"13812345678", TAB, *"1130")
        await desk.press(TAB, "1", TAB, "2", TAB, "1", TAB, "1", TAB, "1", TAB, "6")
        await desk.sees("Mia", "TCM consultation", "138 1234 5678"[:3], "confirmed: 11:30")
        await desk.sees("Matthew Stevens", "A child", "A001 Ada", "Deutsch")
        await desk.press("enter")
        await desk.sees("Lin added A002")
        assert desk.selected == "A002"
        one = desk.store.today()[1]
        assert desk.store.person(one) == Person("Mia", "+8613812345678")
        due = NOW + timedelta(minutes=48)
        assert (one.due_at, one.appointment_time, one.appointment) == (due, "11:30", True)
        assert (one.practitioner, one.whom, one.guardian) == ("Matthew Stevens", "child", True)
        assert (one.party, one.urgent, one.first_visit) == (first.id, True, True)
        assert (one.language, one.service) == ("de", desk.app.clinic.services[2].slug)
        assert kinds(desk.store.history(one.id)) == [EventKind.checked_in]


async def test_keys_lead_through_the_fields_both_ways_and_enter_saves_from_any(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        assert "> Name" in desk.text
        for key, label in (
            ("tab", "Service"),
            ("down", "Phone"),
            ("shift+tab", "Service"),
            ("up", "Name"),
            ("up", "Speaks"),
            ("tab", "Name"),
        ):
            await desk.press(key)
            assert f"> {label}" in desk.text
        await desk.press("up", "up", "up", full_width("1"), "enter")
        await desk.sees("Lin added A001", "URGENT")


async def test_digits_are_text_where_one_types_and_letters_choose_nothing(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", *"n2 1x", TAB, *"nqd")
        assert "n2 1x" in desk.text
        assert "Not sure" in desk.line_of("> Service")
        await desk.press("enter")
        await desk.sees("Lin added A001", "n2 1x")


async def test_what_is_chosen_can_be_touched(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        await desk.touch("First visit here")
        await desk.touch(" 1  Yes")
        assert "Yes" in desk.line_of("> First visit here")
        await desk.touch("next field")
        assert "> Speaks" in desk.text
        await desk.touch("save")
        await desk.sees("Lin added A001", "new")


async def test_a_scan_neither_saves_nor_chooses(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", TAB)
        await desk.arrive_keys(*"6901234567892", "enter")
        assert "Not sure" in desk.line_of("> Service")
        await desk.press("up")
        desk.passed += 1
        await desk.arrive_keys(*"A012", "enter")
        assert "A012" in desk.line_of("> Name"), "a field takes it, as elsewhere at the desk"
        assert not desk.store.today()


async def test_a_tab_leads_on_however_fast_the_text_before_it_came(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        await desk.arrive_keys(*"Ina Ferro")
        tab = events.Key("tab", "\t")  # as a terminal tells it
        tab.arrived = desk.passed
        desk.app.post_message(tab)
        await desk.settle()
        assert "> Service" in desk.text
        assert "Ina Ferro" in desk.text


async def test_a_tab_leads_on_though_the_form_before_ended_with_one(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        for _ in range(2):
            await desk.press("a")
            assert "> Name" in desk.text
            await desk.arrive_keys(TAB)
            assert "> Service" in desk.text
            await desk.press("escape")


async def test_escape_asks_only_where_something_would_be_lost(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", "escape")
        assert "call next" in desk.text
        await desk.press("a", TAB, "2", "escape")
        await desk.sees("What you typed is dropped:")
        await desk.press("enter")
        await desk.sees("What you typed is dropped:")
        await desk.press("escape")
        assert "Orthopaedics" in desk.line_of("> Service")
        await desk.press("escape", "1")
        assert "call next" in desk.text
        assert not desk.store.today()


# What cannot be kept


async def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", *"Ada", TAB, TAB, TAB, *"99:99", "enter")
        assert "A time looks like 10:30" in desk.line_of("> Appointment time")
        assert "Ada" in desk.line_of("Name")
        await desk.press("ctrl+u", *"25", TAB, "enter")
        assert "A time looks like 10:30" in desk.line_of("> Appointment time"), "Enter leads there"
        await desk.press("ctrl+u", *"11:00", TAB, TAB, TAB, *"77", "enter")
        assert "There is no such ticket" in desk.line_of("> Came with ticket")
        assert not desk.store.today()
        await desk.press("ctrl+u", "enter")
        await desk.sees("Lin added A001", "Ada", "11:00")


@pytest.mark.parametrize(
    ("text", "seen", "note"),
    [
        ("王" * 10_000, "王王王", "Too long: 10,000 of 80 letters"),
        ("\x1b[31mA\x00da\x07", "[31mAda", "What does not show was left out"),
        pytest.param(
            "[/bold]$x[@click=app.quit]", "[/bold]$x[@click=app.quit]", "", marks=pytest.mark.wide
        ),
        pytest.param(
            "\u202exA\u2066a", "xAa", "What does not show was left out", marks=pytest.mark.wide
        ),
        pytest.param("A\n\tb", "A  b", "", marks=pytest.mark.wide),
        pytest.param("\u0301\u0301e", "e", "", marks=pytest.mark.wide),
    ],
)
async def test_whatever_is_pasted_is_met_by_a_sentence(
    desk: Desk, text: str, seen: str, note: str
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        desk.app.post_message(events.Paste(text))
        await desk.sees(seen, note)
        await desk.press("enter")
        if "Too long" in note:
            await desk.sees(note, "Enter  save")
            await desk.press("ctrl+u", "A", "enter")
        await desk.sees("Lin added A001")


class Refusing:
    """A store that refuses once."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
        self.refusal: Exception | None = None
        store = desk.app.store()
        real: Callable[..., object] = getattr(store, operation)

        def once(*args: object, **more: object) -> object:
            refusal, self.refusal = self.refusal, None
            if refusal:
                raise refusal
            return real(*args, **more)

        monkeypatch.setattr(store, operation, once)


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (StoreFull(), "The disk is full: nothing was saved"),
        pytest.param(
            KeyMissing(), "The key for this is not on this machine", marks=pytest.mark.wide
        ),
    ],
)
async def test_what_the_store_refuses_stays_to_be_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, refusal: Exception, sentence: str
) -> None:
    async with desk.open():
        await desk.sign_in()
        Refusing(desk, monkeypatch, "check_in").refusal = refusal
        await desk.press("a", *"Ada", TAB, "2", "enter")
        await desk.sees(sentence, "Ada", "Orthopaedics", "Enter  save")
        await desk.press("enter")
        await desk.sees("Lin added A001", "Ada")


# Whose phone it is


async def test_who_has_the_same_phone_is_said_and_stops_nobody(desk: Desk) -> None:
    desk.arrive("Zoë", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("a", *"Zoe", TAB, TAB, *"1381234567")
        assert "1 digit to go" in desk.text
        await desk.press("8")
        assert "A001 has this phone: m merges" in desk.text
        await desk.press("enter")
        await desk.sees("Lin added A002", "=A001")
        await desk.press("m")
        await desk.sees("A002 is a duplicate. Ticket that stays:")


async def test_a_phone_stands_masked_and_who_looks_at_it_is_written_down(desk: Desk) -> None:
    one = desk.arrive("Zoë", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("c")
        assert "138 **** 5678" in desk.line_of("Phone")
        seen = [entry for entry in desk.accounts.audit.entries() if entry.kind == "phone_seen"]
        assert seen == []
        await desk.press(TAB, TAB)
        assert "+8613812345678" in desk.line_of("> Phone")
        await desk.press(TAB, "up", "escape")
        await desk.settle()
        seen = [entry for entry in desk.accounts.audit.entries() if entry.kind == "phone_seen"]
        assert [entry.by for entry in seen] == ["Lin"]
        assert desk.now_is(one) == one


async def test_who_is_selected_is_told_in_full_though_news_comes_before_the_form_has_made_room(
    desk: Desk,
) -> None:
    desk.arrive("Omar")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar  Cupping  came 10:42")
        await desk.press("c")
        await desk.misses("came 10:42")
        screen = desk.app.screen
        screen.form.close()
        screen.queue.read(screen.queue.snapshot)
        await desk.settle()
        assert "Omar  Cupping  came 10:42" in desk.text
