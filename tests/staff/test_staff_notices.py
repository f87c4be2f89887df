"""A line for everybody: typed once in each language, read on Home and on the board until a time."""

from datetime import timedelta
from pathlib import Path

from lobby_driver import Lobby
from staff_driver import Desk

LIFT, LIFT_ZH = "The lift is out of order.", "电梯暂停使用。"


async def test_a_line_is_typed_in_two_languages_with_a_time_and_taken_back(desk: Desk) -> None:
    async with desk.open(size=(120, 36)):
        await desk.sign_in()
        await desk.press("j")
        assert "Notice in 中文:" in desk.text
        await desk.type(LIFT_ZH)
        await desk.press("enter")
        assert "Notice in English:" in desk.text
        await desk.type(LIFT)
        await desk.press("enter", "2")
        await desk.sees("Lin: everybody reads the notice until 11:15", "notice until 11:15")
        stands = desk.store.moment().notice_at(desk.now())
        assert stands is not None
        assert dict(stands.words) == {"zh-Hans": LIFT_ZH, "en": LIFT}
        await desk.press("u")
        await desk.sees("Lin: the notice is taken down")
        assert desk.store.moment().notice_at(desk.now()) is None


async def test_a_line_that_stands_is_taken_down_or_written_anew(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("j", "enter")
        await desk.type(LIFT)
        await desk.press("enter", "1")
        await desk.sees("notice until 11:00")
        await desk.until(lambda: desk.text.count("notice until 11:00") == 2)  # done, and standing
        await desk.press("j")
        assert "There is a notice until 11:00:" in desk.text
        await desk.press("2", "enter")
        assert LIFT in desk.text, "what stood there can be corrected"
        await desk.press("escape", "j", "1")
        await desk.sees("Lin: the notice is taken down")
        await desk.press("u")
        await desk.sees("everybody reads the notice until 11:00")


async def test_words_too_long_or_none_are_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    long = "abc" * 22
    async with desk.open():
        await desk.sign_in()
        await desk.press("j")
        for part in (long[:33], long[33:]):
            await desk.type(part)
        await desk.press("enter")
        await desk.sees("Too long for one line: 66 of 64 letters", long)
        await desk.press("backspace", "backspace", "enter", "escape")
        await desk.press("j", "enter", "enter")
        await desk.sees("A notice needs words")
        assert desk.store.events() == []


async def test_every_key_of_a_burst_stands_in_the_line(desk: Desk) -> None:
    words = "The lift is out of order until Friday: please take the stairs in the yard."
    assert len(words) > 64
    async with desk.open():
        await desk.sign_in()
        await desk.press("j")
        await desk.type(words)
        assert words in desk.text


async def test_home_shows_it_in_both_languages_until_its_time(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    lobby.store.set_notice(
        {"zh-Hans": LIFT_ZH, "en": LIFT}, lobby.now() + timedelta(minutes=30), "Lin"
    )
    async with lobby.open():
        assert LIFT in lobby.text
        assert LIFT_ZH in lobby.text
        lobby.passed += 31 * 60
        lobby.app.screen.tick()
        await lobby.settle()
        assert LIFT not in lobby.text
