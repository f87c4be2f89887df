"""Every screen of the lobby, in both languages: whole on the glass, and wholly translated."""

import re
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from contrast import blinking, faint
from lobby_driver import CLINIC, Lobby

from db import Arrival
from kiosk.widgets.qr_code import QrCode

TO_NAME = ("1", "1", "9", "1")
SCREENS: dict[str, tuple[str, ...]] = {
    "home": (),
    "safety": ("1",),
    "purpose": ("1", "1"),
    "appointment-time": ("1", "1", "1"),
    "appointment-with": ("1", "1", "1", "enter"),
    "appointment-group": ("1", "1", "1", "enter", "9"),
    "service": ("1", "1", "2"),
    "first-visit": ("1", "1", "9"),
    "name": TO_NAME,
    "surname": (*TO_NAME, "1"),
    "title": (*TO_NAME, "1", "1"),
    "typed-name": (*TO_NAME, "2"),
    "phone": (*TO_NAME, "3", *"1381234"),
    "phone-wrong": (*TO_NAME, "3", *"1381234", "enter"),
    "agree": (*TO_NAME, "1", "1", "2", *"13812345678", "enter"),
    "agree-guardian": (*TO_NAME, "5", "3", "enter"),
    "desk": (*TO_NAME, "3", "enter", "2"),
    "ticket": (*TO_NAME, "3", "enter", "1"),
    "urgent": ("1", "2"),
    "urgent-mistake": ("1", "2", "1"),
    "articles": ("2",),
    "more-articles": ("2", "9"),
    "reader": ("2", "1"),
    "search": ("2", "8"),
    "found": ("2", "8", "b"),
    "services": ("3",),
    "one-service": ("3", "2"),
    "onward": ("3", "2", "3"),
    "code-of-a-service": ("3", "2", "3", "2"),
    "code-of-an-article": ("2", "1", "3", "2"),
    "find-us": ("4",),
    "address": ("4", "1"),
    "call": ("4", "2", "2"),
    "contact": ("4", "1", "3"),
    "book": ("5",),
    "my-ticket": ("6", "1", "enter"),
    "help": ("slash",),
}
LARGE = ["home", "safety", "service", "agree", "ticket", "find-us", "address", "contact", "book"]
"""Screens that are laid out anew where there is more room."""


async def visit(
    lobby: Lobby, screens: Collection[str], look: Callable[[str], list[str]]
) -> dict[str, tuple[list[str], str]]:
    """What `look` finds wrong on each screen, with the screen; each lies on the way to the next."""
    wrong, been = {}, ()
    for keys, name in sorted((SCREENS[name], name) for name in screens):
        if keys[: len(been)] != been:
            await lobby.press("f10")
            if lobby.screen != "HomeScreen":  # a ticket ends with Enter
                await lobby.press("enter")
            been = ()
        await lobby.type(keys[len(been) :])
        been = keys
        if faults := look(name):
            wrong[name] = (faults, lobby.text)
    return wrong


@pytest.mark.parametrize(
    ("language", "theme", "size", "screens"),
    [
        ("en", "light", (80, 24), SCREENS),
        ("zh-Hans", "dark", (80, 24), SCREENS),
        ("zh-Hans", "contrast", (120, 36), LARGE),
    ],
)
async def test_every_screen_is_whole_and_translated_and_every_word_stands_out(
    tmp_path: Path, language: str, theme: str, size: tuple[int, int], screens: Collection[str]
) -> None:
    """The third theme is looked at on every screen in test_pseudo_language.py."""
    lobby = Lobby(tmp_path, language, theme=theme)
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")

    def look(_name: str) -> list[str]:
        faults = [*lobby.cut_off(), *_untranslated(lobby, language), *faint(lobby.app)]
        return faults + ["blinks"] * blinking(lobby.app)

    async with lobby.open(size):
        assert await visit(lobby, screens, look) == {}


def _untranslated(lobby: Lobby, language: str) -> list[str]:
    """Words of another language than the screen's, apart from what is the same in both."""
    text = lobby.text
    both = {"Check in", "Downtown", "Minhang", "Anji", "Zhidi", "Plaza", "Enter", "DEMO", "Aa"}
    if lobby.screen in ("HomeScreen", "UrgentScreen") or "Step 1" in text or "第 1 步" in text:
        # In two languages at once: each must be there, and none alone.
        return [] if re.search("[\u4e00-\u9fff]", text) and re.search("[a-z]{3}", text) else [text]
    if language == "en":
        known = (
            "中文日本語拼音"  # names of languages, and of the keyboard's way to write Chinese
            "请送我到"  # what a driver reads is in the language of the place
            + "".join(CLINIC.surnames)
            + "".join(text for location in CLINIC.locations for text in location.address.values())
        )
        return [c for c in re.findall("[\u4e00-\u9fff]", text) if c not in known]
    allowed = both | {"Body", "Soul", "Matthew", "Stevens", "English", "TCM", "tcm", "com", "Aa"}
    allowed |= {"shanghai", "cn", "bodyandsoul", "huangpu", "minhang", "Room", "Osteopathy"}
    if lobby.screen in ("LocationsScreen", "PlaceScreen"):
        allowed |= {
            w for loc in CLINIC.locations for w in re.findall("[A-Za-z]+", loc.address["en"])
        }
    link = "".join(code.link for code in lobby.app.screen.query(QrCode))
    words = re.findall("[A-Za-z]{2,}", text)
    return [word for word in words if word not in allowed and word not in link]


async def test_home_tells_how_the_queue_stands_and_learns_of_changes(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert "0 people waiting" in lobby.text
        lobby.store.check_in(Arrival(service="cupping"))
        second = lobby.store.check_in(Arrival(service="tuina"))
        lobby.store.call(second.id, room="2", by="Lin")
        for _ in range(200):  # the change comes through the operating system
            await lobby.settle()
            if "A002" in lobby.text:
                break
        assert "1 person waiting" in lobby.text
        assert "候诊 1 人" in lobby.text
        assert "A002 > Room 2" in lobby.text


async def test_after_a_minute_alone_home_invites_to_an_article(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.wait(61)
        assert CLINIC.articles[0].title["en"] in lobby.words
        await lobby.press("x")
        await lobby.wait(0)
        assert "Press a number or touch" in lobby.text


async def test_choosing_a_language_on_home_puts_it_first(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert lobby.text.index("Check in") < lobby.text.index("签到取号")
        await lobby.press("8")
        assert lobby.text.index("签到取号") < lobby.text.index("Check in")
        await lobby.press("9")
        assert lobby.text.index("Check in") < lobby.text.index("签到取号")


async def test_find_us_shows_both_scripts_phones_and_where_one_is(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open((120, 36)) as lobby:
        await lobby.press("4")
        for text in ("西藏南路760号", "程家桥支路211号", "South Xizang", "Cheng Jia Qiao Zhi"):
            assert text in lobby.words
        for text in ("extension 223 or 225", "huangpu@bodyandsoul.com.cn", "You are here"):
            assert text in lobby.words
        assert "Opening hours: ask at the desk" in lobby.words


async def test_focus_moves_with_arrows_and_enter_presses_what_it_is_on(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("down", "down", "enter")
        assert lobby.screen == "ArticlesScreen"
