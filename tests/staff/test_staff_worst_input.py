"""Whatever is typed or pasted at the desk: a clear sentence, nothing lost, nothing falls over."""

from pathlib import Path

import pytest
from staff_driver import Desk

from kiosk.staff.asking.entry import LONGEST

WORST = {
    "long": "abc" * 3333,
    "long Chinese": "电梯" * 5000,
    "markup": "[/bold][@click=app.quit]x[/]{n}%s",
    "bidi": "a\u202eb\u2066c",
    "zero width": "a\u200bb\ufeffc",
    "control": "a\x00b\x07c\x9bd",
    "emoji": "👩\u200d⚕\ufe0f🇨🇳",
    "accents alone": "\u0301\u0301",
    "many accents": "e" + "\u0301" * 60,
    "half a character": "a\ud800b",
    "filler": "\u3164",
}
SEEN = {
    "long": ("abc" * 3333)[:LONGEST][-60:],
    "markup": WORST["markup"],
    "bidi": "\n abc",
    "zero width": "\n abc",
    "control": "\n abcd",
    "half a character": "\n ab",
}
"""What stands in the field then: all that can be seen of it, as far as there is room."""
FIELDS = {
    "find": (("/",), ""),
    "notice": (("j",), "Notice in English"),
    "break": (("z", "2", "7"), "A time looks like 10:30"),
    "merge": (("m",), "There is no other ticket"),
    "days": (("g", "4"), "Try 2026-11-23"),
}
"""The keys that lead to a field, and what is said once it is refused, or comes next."""


@pytest.mark.wide
@pytest.mark.parametrize("field", FIELDS)
async def test_the_worst_that_can_be_typed_is_told_and_stands_there(
    tmp_path: Path, field: str
) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    desk.arrive("Zoë")
    keys, said = FIELDS[field]
    async with desk.open():
        await desk.sign_in()
        for what, words in WORST.items():
            await desk.press(*keys)
            await desk.type(words)
            seen = SEEN.get(what, "")
            assert seen in desk.text, what
            full = f"There is room for {LONGEST} letters: the rest was left out"
            assert (full in desk.text) == what.startswith("long"), what
            await desk.press("enter")
            if field == "notice" and what.startswith("long"):
                await desk.sees("Too long for one line")
            else:
                await desk.sees(said)
            if field in ("break", "merge", "days"):
                assert seen in desk.text, f"{what}: typed once is enough"
            await desk.press("escape")
            if field in ("find", "days"):
                await desk.press("escape")
        assert len(desk.store.events()) == 1, "only the check-in happened"
        await desk.press("q")
        await desk.sees("Lin: A001 has left")


async def test_nothing_that_is_seen_is_no_notice(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("j", "\u3164", "enter", "\u0301", "enter")
        await desk.sees("A notice needs words")


async def test_accents_without_a_letter_find_nobody(desk: Desk) -> None:
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("/", "\u0301")
        await desk.sees("Nobody was found")
