"""A patient checks in: by keypad, by touch, by keyboard, in either language."""

from pathlib import Path

from lobby_driver import CLINIC, Lobby
from siblings import siblings

from db import Status
from kiosk.lobby.checkin.first_visit import FirstVisitView
from kiosk.lobby.checkin.purpose import PurposeView, ServiceView
from kiosk.widgets.words import Words

TO_NAME = ("1", "1", "9", "1")
"""Keys from Home to the question for a name: check in, none of these, not sure, first visit."""


async def test_nine_keys_of_a_keypad_lead_to_a_ticket_for_a_service(tmp_path: Path) -> None:
    keys = ["9", "1", "1", "2", "2", "1", "3", "enter", "1"]
    assert len(keys) <= 9
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        await lobby.press(*keys)
        assert lobby.screen == "TicketScreen"
        assert "You are checked in" in lobby.text
        (check_in,) = lobby.today()
        assert check_in.ticket == "A001"
        assert check_in.service == "acupuncture"
        assert check_in.status is Status.waiting
        assert not check_in.has_name
        assert not check_in.has_phone


async def test_nine_taps_lead_to_a_ticket(lobby: Lobby) -> None:
    taps = ["English", "Check in", "None of these", "Chinese medicine", "Cupping"]
    taps += ["No, I have been here before", "No name", "No phone, go on"]
    taps += ["I agree to this use of my health information"]
    assert len(taps) <= 9
    async with lobby.open():
        for label in taps:
            await lobby.tap(label)
        assert lobby.screen == "TicketScreen"
        (check_in,) = lobby.today()
        assert (check_in.service, check_in.first_visit) == ("cupping", False)


async def test_a_check_in_with_everything_reaches_the_store_as_it_was_given(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "1", *"1030", "enter", "9", "4", "1", "2")
        await lobby.press("2")
        await lobby.type("Zoë")
        await lobby.press("enter", *"13812345678", "enter")
        assert "Zoë" in lobby.text
        assert "138 1234 5678" in lobby.text
        assert "Booked 10:30" in lobby.cards
        await lobby.press("1")
        (check_in,) = lobby.today()
        assert check_in.appointment
        assert check_in.appointment_time == "10:30"
        assert check_in.service == "orthopaedics"
        assert check_in.first_visit is False
        assert check_in.consent == CLINIC.consent_version
        assert check_in.language == "en"
        person = lobby.store.person(check_in)
        assert (person.name, person.phone) == ("Zoë", "+8613812345678")


async def test_whoever_gives_one_service_only_answers_the_question_for_it(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "1", "enter", "1")
        assert lobby.app.screen.query(FirstVisitView)
        await lobby.press("1", "3", "enter", "1")
        (check_in,) = lobby.today()
        assert check_in.practitioner == "Matthew Stevens"
        assert check_in.service == "medical-massage"


async def test_a_surname_and_a_title_make_a_chinese_form_of_address(tmp_path: Path) -> None:
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        await lobby.press(*TO_NAME, "1", "1", "2", "enter", "1")
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "王女士"


async def test_nine_turns_to_more_surnames(tmp_path: Path) -> None:
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        await lobby.press(*TO_NAME, "1", "9", "2", "1", "enter", "1")
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "周先生"


async def test_a_parent_agrees_for_a_child(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "5", "3", "enter")
        assert "I am the guardian" in lobby.text
        await lobby.press("1")
        (check_in,) = lobby.today()
        assert (check_in.whom, check_in.guardian) == ("child", True)


@siblings(
    2,
    ("typed", "said"),
    [
        ("1381234567", "1 digit to go"),
        ("13812345678", "This number is complete."),
        ("63455101", "This number is complete."),
        ("004930123456789", "This number is complete."),
        ("139999999999999", "Please check this number"),
    ],
)
async def test_a_phone_says_what_is_missing_while_it_is_typed(
    lobby: Lobby, typed: str, said: str
) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", *typed)
        assert said in lobby.words


async def test_half_a_phone_number_goes_no_further_and_is_not_lost(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", *"1381234", "enter")
        assert "This number is not complete" in lobby.words
        assert "138 1234" in lobby.text
        await lobby.press(*["full_stop"] * 7, "enter")
        assert "Is this right?" in lobby.text


async def test_the_same_name_and_phone_are_asked_about_and_may_be_another_person(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        for _ in range(2):
            await lobby.press(*TO_NAME, "2")
            await lobby.type("Li Na")
            await lobby.press("enter", *"13812345678", "enter", "1")
            if lobby.screen == "TicketScreen":
                await lobby.press("enter")
        assert "You may already have a number" in lobby.text
        assert "A001" not in lobby.text
        await lobby.press("1")
        assert [c.ticket for c in lobby.today()] == ["A001", "A002"]
        assert lobby.today()[1].same_phone_as == "A001"


@siblings(
    1,
    ("change", "answers", "shown"),
    [
        ("3", ["4", "1", "2"], "Orthopaedics"),
        ("4", ["1", "2", "1"], "Mr Li"),
        ("5", [*"13912345678", "enter"], "139 1234 5678"),
    ],
)
async def test_each_line_can_be_changed_before_agreeing(
    lobby: Lobby, change: str, answers: list[str], shown: str
) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", "enter")
        await lobby.press(change, *answers)
        assert "Is this right?" in lobby.text
        assert shown in lobby.cards
        await lobby.press("1")
        assert len(lobby.today()) == 1


async def test_whoever_does_not_agree_is_sent_to_the_desk_and_nothing_is_kept(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", "enter", "2")
        assert "Please go to the desk" in lobby.text
        await lobby.press("enter")
        assert lobby.screen == "HomeScreen"
        assert lobby.today() == []


async def test_a_bare_enter_does_not_answer_the_safety_question(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "enter", "enter")
        assert "Chest pain" in lobby.text
        assert "胸痛" in lobby.text


async def test_yes_to_the_safety_question_makes_an_urgent_nameless_ticket(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "2")
        assert "Tell staff now" in lobby.words
        assert "请马上告诉工作人员" in lobby.text
        assert "120" in lobby.text
        (check_in,) = lobby.today()
        assert check_in.urgent
        assert not check_in.has_name


async def test_pressed_by_mistake_leads_on_to_a_check_in_and_leaves_the_urgent_one_to_staff(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("1", "2", "1")
        assert "No harm done" in lobby.words
        await lobby.wait(1)
        await lobby.press("1", "1", "9", "1", "3", "enter", "1")
        assert [c.urgent for c in lobby.today()] == [True, False]


async def test_going_back_keeps_what_was_answered(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", *"138", "minus", "3")
        assert "138_" in lobby.text
        await lobby.press(*["escape"] * 4)
        assert lobby.screen == "CheckInScreen"
        await lobby.press("escape")
        assert lobby.screen == "HomeScreen"


async def test_changing_the_language_keeps_everything_typed(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2")
        await lobby.type("Zoë")
        await lobby.tap("中文 +")
        await lobby.tap("中文")
        assert "请输入姓名" in lobby.text
        assert "Zoë" in lobby.text
        for name in ("English", "中文 +", "繁體中文"):
            await lobby.tap(name)
        assert lobby.app.language.tag == "zh-Hant"
        assert "Zoë" in lobby.text
        await lobby.press("enter", *"138")
        await lobby.tap("中文")
        await lobby.tap("English")
        assert "Your phone number?" in lobby.text
        assert "138_" in lobby.text


async def test_keys_typed_ahead_answer_the_questions_in_order(lobby: Lobby) -> None:
    async with lobby.open():
        lobby.send("1", "1", "2", "3", "2", "3", "enter", "1")
        await lobby.settle()
        await lobby.settle()
        (check_in,) = lobby.today()
        assert (check_in.service, check_in.first_visit) == ("cupping", False)


async def test_someone_with_me_shares_phone_and_party_and_nothing_else(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2")
        await lobby.type("Li Na")
        await lobby.press("enter", *"13812345678", "enter", "1", "1")
        assert lobby.screen == "TicketScreen", "the key that agreed was only held too long"
        await lobby.wait(1)
        await lobby.press("1", "1", "9", "2", "3")
        assert "As before" in lobby.text
        assert "138" not in lobby.text
        await lobby.press("enter", "1")
        first, second = lobby.today()
        assert f"With you: {first.ticket}." in lobby.app.screen.query_one("#advice", Words).text
        assert second.party == first.id
        assert second.whom == "companion"
        assert second.same_phone_as == first.ticket
        assert not second.has_name


async def test_questions_come_from_the_clinics_content(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1")
        assert lobby.app.screen.query(PurposeView)
        for group in lobby.app.clinic.groups:
            assert group.title["en"] in lobby.cards
        await lobby.press(lobby.app.clinic.groups[0].key)
        assert lobby.app.screen.query(ServiceView)
        for service in lobby.app.clinic.services_of(lobby.app.clinic.groups[0].slug):
            assert service.title["en"] in lobby.cards


@siblings(1, "typed", ["99", "2460", "930"])
async def test_only_times_can_be_typed_as_a_time(lobby: Lobby, typed: str) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "1", *typed)
        assert "24:" not in lobby.text
        assert ":6" not in lobby.text
        assert ("09:30" in lobby.text) is (typed == "930")


async def test_half_a_time_is_asked_for_again(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "1", "1", "0", "enter")
        assert "all four digits" in lobby.words
