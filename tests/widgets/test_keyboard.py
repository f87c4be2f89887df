"""The keyboard on the screen: a name by touch alone, and by a numeric keypad alone."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from lobby_driver import Lobby, anywhere
from rest import drain

from kiosk.app.type_ahead import PATIENCE
from kiosk.languages.language import language
from kiosk.lobby.checkin.typed_name import NameField
from kiosk.widgets.keyboard import LEAST, Keyboard
from kiosk.widgets.words import Words

TO_TYPED = ("1", "1", "9", "1", "2")
MOST_TAPS = 40


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


async def strike(lobby: Lobby, *labels: str) -> None:
    """Touch keys of the keyboard on the screen."""
    keyboard = lobby.app.screen.query_one(Keyboard)
    for label in labels:
        region = keyboard.region_of(label)
        assert region, f"there is no key {label!r} on\n{lobby.text}"
        middle = (region.x + region.width // 2, region.y + region.height // 2)
        await lobby.pilot.click(keyboard, offset=middle)
        await lobby.settle()


def name(lobby: Lobby) -> str:
    return lobby.app.screen.query_one(NameField).value


async def test_touch_alone_checks_in_with_a_chinese_name_in_few_taps(tmp_path: Path) -> None:
    lang = language("zh-Hans")
    before = ["签到取号", "None of these", "不确定", "是，第一次来", lang("Type it")]
    letters = [*"wang", "王", *"xiao", "小", *"ming", "明"]
    after = ["下一步", "不留电话，继续", lang("I agree to this use of my health information")]
    assert len(before) + len(letters) + len(after) <= MOST_TAPS
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        for label in before:
            await lobby.tap(label)
        for label in letters:
            await strike(lobby, label if label in "王小明" else _as_shown(lobby, label))
            assert isinstance(lobby.app.screen.focused, NameField), "keys leave the field its focus"
        assert name(lobby) == "王小明"
        for label in after:
            await lobby.tap(label)
        assert lobby.screen == "TicketScreen"
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "王小明"


def _as_shown(lobby: Lobby, letter: str) -> str:
    return letter.upper() if lobby.app.screen.query_one(Keyboard).capitals else letter


# A walk over the keys from the first one: w, and then 王 above it.
KEYPAD = [*"2", "6", "5", "8", "5"]
ARROWS = ["down", "right", "enter", "up", "enter"]


@pytest.mark.parametrize("walk", [KEYPAD, ARROWS], ids=["digits", "arrows"])
async def test_a_keypad_alone_checks_in_with_a_typed_name(tmp_path: Path, walk: list[str]) -> None:
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        await lobby.press(*TO_TYPED)
        assert "8 4 6 2" in lobby.text
        await lobby.press(*walk)
        assert name(lobby) in ("王", "吴")
        if walk is ARROWS:
            await lobby.press(*["down"] * 4)  # past the last row stands Next
        await lobby.press("enter")
        await lobby.press("enter", "1")
        assert lobby.screen == "TicketScreen"
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name in ("王", "吴")


async def test_a_keypad_deletes_what_it_wrote_and_goes_back(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPED, *"255")
        assert name(lobby) == "Qq"
        await lobby.press("full_stop")
        assert name(lobby) == "Q"
        await lobby.press("minus")
        assert "What may we call you?" in lobby.text


async def test_a_latin_name_stays_a_latin_name(tmp_path: Path) -> None:
    async with Lobby(tmp_path, "zh-Hans").open() as lobby:
        await lobby.press(*TO_TYPED)
        await lobby.type("Wang Li 3")
        assert name(lobby) == "Wang Li 3"
        await lobby.press("enter", "enter", "1")
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "Wang Li 3"


@pytest.mark.wide
async def test_accents_digits_and_a_real_keyboard_write_into_the_same_field(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPED)
        await strike(lobby, "Z")
        await lobby.type("oe")
        await strike(lobby, "ë", "space", "123", "2", "delete", "ABC", "拼音")
        await lobby.type("li")
        await strike(lobby, "李")
        assert name(lobby) == "Zoë 李"


async def test_more_characters_are_on_the_next_page(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPED)
        await strike(lobby, "拼音")
        await lobby.type("li")
        keyboard = lobby.app.screen.query_one(Keyboard)
        first = [cap.label for cap in keyboard.rows()[0]]
        await strike(lobby, ">")
        assert not set(first[:8]) & {cap.label for cap in keyboard.rows()[0]}
        await strike(lobby, "<")
        assert [cap.label for cap in keyboard.rows()[0]] == first


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_key_is_whole_and_high_enough_for_a_finger(
    lobby: Lobby, size: tuple[int, int]
) -> None:
    async with lobby.open(size):
        await lobby.press(*TO_TYPED)
        keyboard = lobby.app.screen.query_one(Keyboard)
        for label in ("Q", "P", "'", "Aa", "delete", "123", "space", "."):
            region = keyboard.region_of(label)
            assert region
            assert region.height >= LEAST
            assert region.bottom <= keyboard.size.height
            assert region.right <= keyboard.size.width
        assert lobby.cut_off() == []


@pytest.mark.wide
async def test_nothing_of_the_keyboard_or_its_offers_is_left_in_the_next_session(
    lobby: Lobby,
) -> None:
    marker = "Xylokeyboardw"
    async with lobby.open():
        await lobby.press(*TO_TYPED)
        await strike(lobby, "拼音")
        await lobby.type(marker)
        await strike(lobby, "123")
        assert anywhere(marker)
        await lobby.press("f10")
        assert await lobby.still_holding(marker) == []
        await lobby.press(*TO_TYPED)
        keyboard = lobby.app.screen.query_one(Keyboard)
        assert name(lobby) == ""
        assert keyboard.rows()[0] == []
        assert not keyboard.pinyin
        assert keyboard.region_of("123")


@pytest.mark.wide
async def test_search_is_written_by_touch_alone_and_what_it_finds_stands_above(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("2", "8")
        await lobby.tap("Keyboard")
        await strike(lobby, *"zhenk", "delete", "j")
        assert "Acupuncture" in lobby.cards
        assert lobby.cut_off() == []
        await lobby.app.screen.relanguage()
        await lobby.settle()
        await strike(lobby, "delete")
        await lobby.press("8")
        assert not lobby.app.screen.query_one(Keyboard).display
        await lobby.press("1")
        assert lobby.screen == "ReaderScreen"


async def test_arrows_reach_the_digits_too_and_a_digit_gives_enter_back(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("6", *["down"] * 20)
        for _ in range(40):
            if getattr(lobby.app.screen.focused, "id", "") == "key-1":
                break
            await lobby.press("up")
        await lobby.press("enter", "enter")
        assert "11_" in lobby.text
        await lobby.press("2", "enter")
        answer = lobby.app.screen.query_one("#answer", Words).text
        assert "No ticket of today has this number" in answer


async def test_keys_come_back_though_nobody_says_that_the_last_one_was_handled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        now = [1000.0]
        clock = SimpleNamespace(monotonic=lambda: now[0])
        monkeypatch.setattr("kiosk.app.type_ahead.time", clock)
        with monkeypatch.context() as lost:
            lost.setattr(lobby.app.type_ahead, "_follow", lambda node: None)
            lobby.send("f24")
            await drain(lobby.app, lobby.app.screen)
        lobby.send("2")
        await drain(lobby.app, lobby.app.screen)
        assert lobby.screen == "HomeScreen"
        now[0] += PATIENCE + 1
        lobby.send("3")
        for _ in range(400):
            if lobby.screen != "HomeScreen":
                break
            await asyncio.sleep(0.005)
        assert lobby.screen in ("ArticlesScreen", "ReaderScreen")
        await lobby.settle()
