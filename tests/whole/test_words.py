"""Words that must be right: what is agreed to, whom to call, and nothing that nobody promised."""

import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from lobby_driver import CLINIC, Lobby
from lobby_tour import SCREENS
from vocabulary import _catalogue

from kiosk.content.phone_text import phone_text
from kiosk.languages.language import OWN_NAMES, language
from kiosk.lobby.checkin.agree import NOTICE
from kiosk.lobby.checkin.view import after_days
from kiosk.printing.slip import slip
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.words import Words

AGREED_TO = {"2026-12": "c0ab06d7957d81b5"}
"""The versions of the text that patients agree to, each with what tells it from any other."""
EXTENSIONS = ("223", "225")
HELP, CLOSED = ("slash",), ("1",)

QUICK = ("en",)
LANGUAGES = [
    tag if tag in QUICK else pytest.param(tag, marks=pytest.mark.wide) for tag in OWN_NAMES
]
"""One of them with every run of the tests, the others in the wide ones."""


def notice(lobby: Lobby) -> str:
    return lobby.app.screen.query_one(".notice", Words).text


def test_another_text_to_agree_to_is_another_version() -> None:
    texts = [language(tag)._catalogue.gettext(NOTICE) for tag in OWN_NAMES]
    told = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    assert AGREED_TO.get(CLINIC.consent_version) == told, "set another consent_version"


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_what_is_agreed_to_says_when_names_go_and_when_the_rest_does(
    tmp_path: Path, tag: str
) -> None:
    for names, rest, told in ((7, 30, ("7", "30")), (40, 1, ("1", "1"))):
        days = {"person_days": names, "retention_days": rest}
        lobby = Lobby(tmp_path / str(rest), tag, **days)
        async with lobby.open():
            await lobby.press(*SCREENS["agree"])
            _ = lobby.app.language
            for number in told:
                assert after_days(int(number), _) in notice(lobby)
            assert "40" not in notice(lobby), "no name outlasts the record it belongs to"
            assert phone_text(CLINIC.locations[0], _) in notice(lobby)
            assert lobby.cut_off() == []


def test_one_day_is_not_days() -> None:
    assert [after_days(1, language(tag)) for tag in ("en", "de", "fr", "es")] == [
        "after 1 day",
        "nach 1 Tag",
        "après 1 jour",
        "después de 1 día",
    ]


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_wherever_the_desks_number_stands_its_extensions_do(tmp_path: Path, tag: str) -> None:
    lobby = Lobby(tmp_path, tag)
    place, number = CLINIC.locations[0], "6345 5101"
    async with lobby.open():
        for name in ("help", "agree", "ticket", "find-us", "call", "contact", "book"):
            await lobby.press("f10")
            if lobby.screen != "HomeScreen":
                await lobby.press("enter")
            await lobby.press(*SCREENS[name])
            words = lobby.words
            assert number in words or "6461 6550" in words, name
            assert all(one in words for one in EXTENSIONS) or "219" in words, lobby.text
            assert lobby.cut_off() == [], name
    printed = slip("A012", "", CLINIC, place, lobby.now(), language(tag))
    assert all(one in printed for one in EXTENSIONS)


def test_nobody_promises_what_staff_will_do() -> None:
    """What a person may ask for can be said; what somebody else does then, nobody knows."""
    ours = re.compile(r"\b(reception|staff|we|they|practitioner|desk)\b[^.]*\b(will|ring you)\b")
    allowed = ("We will not call your number any more.", "So that we can ring you")
    for text in _catalogue("en"):
        assert not ours.search(text.lower()) or text.startswith(allowed), text
        assert "form for you" not in text


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant"])
def test_not_to_wait_is_an_order_where_it_is_urgent(tag: str) -> None:
    said = language(tag)("Do not wait for your number.")
    assert said.startswith("不要等")
    assert "不用" not in said


def test_the_desks_sentence_has_room_for_another_beside_it() -> None:
    for tag in OWN_NAMES:
        said = language(tag)("You can always check in at the desk")
        assert (said == "You can always check in at the desk") is (tag == "en")


async def test_a_code_as_large_as_may_be_leaves_room_for_the_number_beneath(
    tmp_path: Path,
) -> None:
    link = "https://clinic.example/" + "x" * 39  # 62 bytes
    clinic = msgspec.structs.replace(CLINIC, booking_url=link)
    lobby = Lobby(tmp_path, clinic=clinic)
    async with lobby.open():
        await lobby.press(*SCREENS["ticket"])
        assert lobby.cut_off() == []
        assert phone_text(clinic.locations[0], lobby.app.language) in lobby.words
        assert lobby.app.screen.query_one(QrCode).fit(lobby.app.screen.query_one(QrCode).size)
