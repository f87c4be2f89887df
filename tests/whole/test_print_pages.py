"""The pages to print say what the screens do."""

import re
from datetime import timedelta
from html import unescape

from staff_driver import Desk

from kiosk.languages.language import language
from kiosk.settings import CHECKOUT
from kiosk.staff.acts.keys import staff_keys

PAGES = CHECKOUT / "docs" / "print"
KEYS = (PAGES / "staff-keys.html").read_text("utf-8")
DEAD = (PAGES / "kiosk-is-dead.html").read_text("utf-8")
ROW = re.compile(r"<tr><td><kbd>(.+?)</kbd></td><td>(.*?)</td><td>(.+?)</td><td>(.+?)</td></tr>")


def test_the_page_of_keys_has_every_key_of_the_queue_in_both_languages() -> None:
    chinese, english = language("zh-Hans"), language("en")
    wanted = [
        (key.letter, key.twin.upper(), own.sentence, key.sentence)
        if key.action != "all_keys"
        else (key.letter, key.twin.upper(), chinese("All keys"), english("All keys"))
        for own, key in zip(staff_keys(chinese), staff_keys(english), strict=True)
    ]
    assert [tuple(map(unescape, row)) for row in ROW.findall(KEYS)] == wanted


async def test_who_was_on_paper_is_entered_as_the_page_says(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        desk.passed += 1800
        assert "0905" in DEAD
        for name, tag in (("纸07", "zh-Hans"), ("P08", "en")):
            assert name in DEAD.replace("P07", "P08")
            await desk.press("a")
            await desk.type(name)
            await desk.press("tab", "enter")
            entered = desk.store.today()[-1]
            assert desk.store.person(entered).name == name
            assert entered.language == tag, "they are called in the language they read"
            assert entered.arrived_at == desk.now()
            assert DEAD.count("<b>c</b>") == DEAD.count("<b>↑</b>") == 2
            await desk.press("c", "up", *"0905", "enter")
            await desk.sees("came 09:05")
            assert desk.now_is(entered).arrived_at < desk.now() - timedelta(hours=1)
            await desk.press("u")
            await desk.until(lambda one=entered: desk.now_is(one) != one)


def test_no_machine_gives_the_numbers_of_the_page() -> None:
    assert re.findall(r"<td>(P\d\d)</td>", DEAD)[:2] == ["P01", "P02"]
    settings = (CHECKOUT / "docs" / "settings.md").read_text("utf-8")
    assert re.search(r"^\| `ticket_series` .*; not P, ", settings, re.MULTILINE)


def test_each_page_is_for_a4() -> None:
    for page in (KEYS, DEAD):
        assert "@page { size: A4;" in page
        assert "://" not in page, "it prints without a network"
