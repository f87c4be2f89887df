"""Reading: shelves, the reader and its ways on, with keys, a keypad alone and a finger alone."""

import re
from pathlib import Path

import pytest
from lobby_driver import CLINIC, Lobby
from lobby_tour import TO_LARGER
from siblings import siblings
from test_together import PAGES
from textual import events

from db import Arrival, CheckIn, ReceptionState
from kiosk.intake.draft import Step, following
from kiosk.lobby.reading.came_for import came_for
from kiosk.lobby.reading.reading_order import articles, next_text, related, services
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.prose import Prose
from kiosk.widgets.qr_code import QrCode


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


def page(lobby: Lobby) -> tuple[int, int]:
    """The number of the page that is shown, and of how many."""
    here, pages = re.findall(r"Page (\d+) of (\d+)", lobby.text)[0]
    return int(here), int(pages)


def reading(lobby: Lobby) -> str:
    """The text lines on the glass, without frame and cards."""
    return " ".join(" ".join(line.split()) for line in lobby.text.split("\n")[4:18])


async def called(lobby: Lobby, ticket: CheckIn, room: str) -> None:
    """Call a ticket, and wait until the lobby has heard of it through the operating system."""
    lobby.store.call(ticket.id, room=room, by="Lin")
    await lobby.until(lambda: ticket.ticket in [c.ticket for c in lobby.app.queue_state.called])
    await lobby.settle()


async def test_enter_alone_leads_through_a_text_and_on_to_the_next(lobby: Lobby) -> None:
    first, second = articles(CLINIC)[:2]
    async with lobby.open():
        await lobby.press("2", "1")
        assert "Not yet checked by the clinic" in lobby.words
        seen, (here, pages) = reading(lobby), page(lobby)
        assert here == 1
        for number in range(2, pages + 1):
            await lobby.press("enter")
            assert page(lobby) == (number, pages)
            seen += " " + reading(lobby)
        for paragraph in first.body["en"].split("\n"):
            assert " ".join(paragraph.lstrip("#- ").split()[:6]) in seen
        assert "General information, not a diagnosis" in seen
        assert "Read on" in lobby.cards
        await lobby.press("enter", "enter")
        assert second.title["en"] in lobby.text
        assert page(lobby)[0] == 1
        await lobby.press("minus")
        assert first.title["en"] in lobby.text


async def test_pages_turn_back_on_a_keypad_on_a_keyboard_and_with_a_finger(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "1")
        assert "Page back" not in lobby.cards
        beginning = reading(lobby)
        await lobby.press("enter", "enter", "2")
        assert page(lobby)[0] == 2
        await lobby.press("2")
        assert reading(lobby) == beginning
        await lobby.press("right", "pagedown", "left", "space", "pageup", "down")
        assert page(lobby)[0] == 2
        await lobby.press("backspace")  # from within a page to its beginning
        await lobby.press("backspace")
        assert reading(lobby) == beginning
        await lobby.press("end")
        assert page(lobby)[0] == page(lobby)[1]
        await lobby.press("home")
        for _ in range(2):
            await lobby.tap("Next page")
        await lobby.tap("Page back")
        assert page(lobby)[0] == 2


async def test_another_language_or_size_keeps_the_place_in_the_text(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "1", "end")
        await lobby.press("plus", "1")
        assert "医疗按摩，还是放松按摩？" in lobby.text
        here, pages = re.findall(r"第 (\d+) 页，共 (\d+) 页", lobby.text)[0]
        assert int(here) >= int(pages) - 1
        await lobby.press("plus")
        await lobby.pilot.resize_terminal(120, 36)
        await lobby.settle()
        assert page(lobby)[0] >= page(lobby)[1] - 1


async def test_a_text_that_is_not_written_in_ones_language_is_offered_in_another_and_says_so(
    tmp_path: Path,
) -> None:
    lobby = Lobby(tmp_path, "de")
    async with lobby.open():
        await lobby.press("2")
        assert "English" in lobby.text
        await lobby.press("1")
        assert "Which massage is for you?" in lobby.text
        assert "Diesen Text gibt es nicht auf Deutsch." in lobby.words
        await lobby.press("minus", "minus", "3", "1")  # a service is written in all of them
        assert "nicht auf Deutsch" not in lobby.words


async def test_reading_never_blocks_checking_in_and_back_leads_to_the_text(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "1", "enter", "1")
        assert lobby.screen == "CheckInScreen"
        await lobby.press("minus")
        assert page(lobby)[0] == 2
        await lobby.tap("Check in here")
        await lobby.press("1", "9", "1", "3", "enter", "1")
        assert lobby.screen == "TicketScreen"
        await lobby.press("enter")
        assert lobby.screen == "HomeScreen"


async def test_a_service_is_checked_in_for_after_the_safety_question(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("3", "2")
        await lobby.tap("Check in for this")
        assert "Is any of this happening NOW" in lobby.words
        await lobby.press("1")
        assert "Is this the first visit" in lobby.words
        assert "You come for: Acupuncture" in lobby.words
        await lobby.press("minus", "1", "1", "3", "enter", "1")
        assert [check_in.service for check_in in lobby.today()] == ["acupuncture"]


async def test_closed_reception_takes_nobody_from_the_reader_either(lobby: Lobby) -> None:
    lobby.store.mark_present("Lin")
    lobby.store.set_reception_state("closed", by="Lin")
    async with lobby.open():
        await lobby.press("3", "1", "1")
        assert "Check-in is closed" in lobby.words
        await lobby.press("minus")
        assert lobby.screen == "ReaderScreen"


async def test_a_call_changes_nothing_on_the_glass_but_the_strip(lobby: Lobby) -> None:
    first, second = (lobby.store.check_in(Arrival(service="cupping")) for _ in range(2))
    async with lobby.open():
        await lobby.press("2", "1", "enter")
        before = lobby.lines
        assert "2 people waiting" in before[3]
        await called(lobby, first, "2")
        await called(lobby, second, "3")
        changed = [row for row, line in enumerate(lobby.lines) if line != before[row]]
        assert changed == [lobby.app.screen.query_one(CalledStrip).region.y]
        assert lobby.lines[changed[0]].index("A002 > Room 3") < lobby.lines[changed[0]].index(
            "A001"
        )
        await lobby.press("minus")
        assert "A002 > Room 3" in lobby.text


async def test_a_service_leads_to_its_articles_a_booking_code_and_the_clinics_page(
    lobby: Lobby,
) -> None:
    service = CLINIC.service("acupuncture")
    assert service
    async with lobby.open():
        await lobby.press("3", "2", "end")
        assert "pacemaker" in lobby.words
        assert "Prices, insurance: ask at the desk" in lobby.words
        await lobby.press("3", "2")
        assert "Book an appointment: Acupuncture" in lobby.words
        code = lobby.app.screen.query_one(QrCode)
        assert code.link == CLINIC.booking_link("downtown", "acupuncture")
        assert code.region.bottom <= lobby.app.size.height
        await lobby.tap("Back")
        await lobby.press("3")
        assert "The clinic's page (English)" in lobby.words
        assert lobby.app.screen.query_one(QrCode).link == service.source_url
        await lobby.press("minus")
        for slug in service.articles:
            article = CLINIC.article(slug)
            assert article
            assert article.title["en"] in lobby.cards
        await lobby.press("4")
        assert related(service, CLINIC)[0].title["en"] in lobby.text
        await lobby.press("minus", "minus")
        assert lobby.screen == "ServicesScreen"


async def test_all_texts_can_be_reached_by_digits_and_by_a_finger(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("3")
        seen = lobby.cards
        for _ in range(2):
            await lobby.press("9")
            seen += lobby.cards
        assert all(service.title["en"] in seen for service in CLINIC.services)
        await lobby.press("7")
        last = lobby.cards
        await lobby.tap("9")
        await lobby.tap("Page back")
        assert lobby.cards == last
        await lobby.press("minus", "2", "9")
        await lobby.press("1", "minus")
        assert "Next page 2/3" in lobby.cards


async def test_a_word_finds_while_it_is_typed_and_digits_choose(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "8")
        assert "Open 1" not in lobby.cards
        await lobby.type("zj")
        assert "Acupuncture" in lobby.cards
        await lobby.press("1")
        assert lobby.screen == "ReaderScreen"
        await lobby.press("minus", "full_stop", "backspace")
        assert "Treatments explained" in lobby.cards
        await lobby.type([*"back", "space", *"pain"])
        assert "back pain_" in lobby.text
        assert "Back pain at a desk" in lobby.cards
        await lobby.press("plus", "1")
        assert "腰" in lobby.cards
        await lobby.press("enter")
        assert lobby.screen == "ReaderScreen"
        await lobby.press("minus", *["backspace"] * 9)
        await lobby.type([*"[x]qq"])
        assert "没有找到" in lobby.words
        lobby.app.post_message(events.Paste("x" * 99))
        await lobby.settle()
        assert lobby.screen == "SearchScreen"


async def test_a_finger_or_a_keypad_alone_finds_by_topic_and_turns_pages(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.tap("Our services")
        await lobby.tap("Search")
        await lobby.tap("Chinese medicine")
        first = lobby.cards
        await lobby.tap("9")
        assert lobby.cards != first
        await lobby.press("7")
        assert lobby.cards == first
        await lobby.press("2")
        assert lobby.screen == "ReaderScreen"
        await lobby.press("minus", "minus")
        assert lobby.screen == "ServicesScreen"


async def test_enter_never_presses_what_only_took_the_place_of_the_focused_card(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("3", *["tab"] * 6)
        assert lobby.app.focused is lobby.app.screen.query_one("#place-6")
        await lobby.press("9", "9")
        await lobby.press("enter")
        assert services(CLINIC)[-1].title["en"] in lobby.cards
        await lobby.press("1", "enter", *["tab"] * 2)
        assert lobby.app.focused is lobby.app.screen.query_one("#page-back")
        await lobby.press("enter", "enter")
        assert page(lobby)[0] == 2


@siblings(2, "size", PAGES)
@pytest.mark.parametrize("larger", [False, True])
async def test_a_page_has_the_rows_that_texts_are_tried_with(
    lobby: Lobby, size: tuple[int, int], larger: bool
) -> None:
    async with lobby.open(size):
        await lobby.press(*[*TO_LARGER, "2"] if larger else [], "2", "1")
        prose = lobby.app.screen.query_one(Prose)
        assert (prose.size.width, prose.page_height) == PAGES[size]


def test_what_one_came_for_is_still_asked_while_only_appointments_get_a_number() -> None:
    service = CLINIC.services[0]
    assert came_for(CLINIC.articles[0], ReceptionState.open) is None
    assert came_for(service, ReceptionState.full) is None
    draft = came_for(service, ReceptionState.away)
    assert draft
    assert draft.service == service.slug
    assert following(Step.SAFETY, draft, CLINIC) is Step.FIRST_VISIT


def test_every_word_of_every_text_stands_on_one_of_its_pages() -> None:
    for text in (*CLINIC.articles, *CLINIC.services):
        for body in text.body.values():
            for width, height in ((72, 13), (72, 25), (40, 13)):
                lines = Prose(body).lines(width, height)
                assert len(lines) % height == 0
                told = "".join("".join(line.text.split()) for line in lines).replace("-", "")
                assert told == "".join(re.sub("[#-]", "", body.replace("```", "")).split())


def test_every_text_leads_on_through_its_whole_shelf() -> None:
    for shelf in (articles(CLINIC), services(CLINIC)):
        seen, text = [], shelf[0]
        for _ in shelf:
            seen.append(text)
            text = next_text(text, CLINIC)
        assert seen == list(shelf)
        assert text == shelf[0]


def test_a_text_belongs_with_others_and_never_with_itself() -> None:
    for text in (*CLINIC.articles, *CLINIC.services):
        slugs = [(type(other), other.slug) for other in related(text, CLINIC)]
        assert slugs
        assert (type(text), text.slug) not in slugs
        assert len(set(slugs)) == len(slugs)
