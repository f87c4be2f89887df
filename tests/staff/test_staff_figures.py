"""The figures on the staff's screen."""

from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import PIN, Desk

from db import Role
from kiosk.languages.language import language as named
from kiosk.staff.figures.plot import bars


@siblings(1, "language", ["en", "zh-Hans"])
async def test_figures_of_today_and_of_other_days_without_a_name(
    tmp_path: Path, language: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    desk.passed = -24 * 3600
    for _ in range(3):
        desk.arrive("Zoë")
    desk.passed = -40 * 60
    one, two = desk.arrive("Zoë"), desk.arrive("Zoë")
    desk.passed = -20 * 60
    desk.store.call(one.id, "2", "Mei")
    desk.store.call(two.id, "1", "Mei")
    desk.store.no_show(two.id, "Mei")
    desk.passed = -10 * 60
    desk.store.complete(one.id, "Mei")
    desk.passed = 0
    _ = desk.app.language
    arrivals = _("Arrivals")
    async with desk.open():
        await desk.sign_in()
        await desk.press("g")
        await desk.sees(f"{arrivals} 2", "10")
        assert "20 / 20 / 20-20" in desk.text
        assert "10 / 10 / 10-10" in desk.text
        assert f"{_('No-show')} 1" in desk.text
        assert "█" in desk.text
        assert "Zoë" not in desk.text
        assert desk.cut_off() == []
        await desk.press("<")
        await desk.sees(f"{arrivals} 3")
        await desk.touch(_("7 days"))
        await desk.sees(f"{arrivals} 5", f"{_('Days')} 2")
        await desk.press("4", *"2026-11-22 2026-11-22", "enter")
        await desk.sees(f"{arrivals} 3")
        await desk.press("4", *"2026-13", "enter")
        await desk.sees(_("Try {day}, Nov or 1.11-15.11.", day="2026-11-23"), "2026-13")
        await desk.press("escape", "1")
        desk.store.call_for_help("kiosk 1")
        await desk.until(lambda: desk.screen == "QueueScreen")
        await desk.press("g", "g", "g", "l")
        await desk.until(lambda: desk.screen == "SignInScreen")


@siblings(
    1,
    ("language", "size"),
    [
        ("en", (80, 24)),
        ("zh-Hans", (120, 36)),
        pytest.param("en", (120, 36), marks=pytest.mark.wide),
        pytest.param("zh-Hans", (80, 24), marks=pytest.mark.wide),
    ],
)
async def test_every_service_room_and_practitioner_can_be_reached(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    desk = Desk(tmp_path, language, practitioner_figures=True)
    desk.hire()
    desk.accounts.add("Wolf", Role.practitioner, PIN)
    titles = [desk.app.language.pick(service.title) for service in desk.clinic.services]
    desk.passed = -4 * 3600
    for n, service in enumerate(desk.clinic.services):
        one = desk.arrive(service=service.slug)
        desk.store.call(one.id, str(n % 3 + 1), "Wolf")
        desk.passed += 600
        desk.store.complete(one.id, "Wolf")
    desk.passed = 0
    async with desk.open(size):
        await desk.sign_in()
        await desk.press("g")
        await desk.sees("10 / 10 / 10-10")
        seen, first = desk.text, desk.text
        assert desk.cut_off() == []
        for _ in range(9):
            await desk.press("9")
            seen += desk.text
            assert desk.cut_off() == []
            if desk.text == first:
                break
        assert desk.text == first
        assert [title for title in titles if title[:10] not in seen] == []
        assert "Wolf" in seen
        await desk.press("pageup")
        assert desk.text != first
        await desk.press("pagedown")
        assert desk.text == first
        await desk.press("9", "2")  # other days begin on their first page
        await desk.sees(desk.app.language("Days"))
        assert desk.app.language("Service") in desk.text
        assert " 2/2" not in desk.text


async def test_days_that_are_over_tell_of_nobody_alone_and_are_compared(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    desk.accounts.add("Wolf", Role.practitioner, PIN)
    for days, people in ((2, 6), (1, 5)):
        desk.passed = -days * 24 * 3600
        for n in range(people):
            one = desk.arrive(service="gua-sha" if n == 0 else "cupping", first_visit=n < 2)
            desk.store.call(one.id, "1", "Wolf")
            desk.passed += 60
            desk.store.complete(one.id, "Wolf")
    desk.passed = 0
    async with desk.open():
        await desk.sign_in()
        await desk.press("g", "<")
        await desk.sees("Arrivals 5", "First visits 2 / 5", "Before 6, 0 min")
        assert "Others" in desk.text
        assert "Scraping" not in desk.text
        for _ in range(2):
            assert "Wolf" not in desk.text
            await desk.press("9")
        await desk.press("2", "5")
        await desk.sees("Mon", "Tue", "Sat")
        await desk.press("5")
        await desk.misses("Sat ")
        await desk.press("5")
        await desk.sees("Sat ")
        await desk.press("1")  # one day has hours
        await desk.sees("08", "18")


async def test_of_a_small_day_services_and_rooms_stand_on_one_page(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    one = desk.arrive(service="orthopaedics")
    desk.store.call(one.id, "2", "Mei")
    async with desk.open((80, 24)):
        await desk.sign_in()
        await desk.press("g")
        await desk.sees("Orthopaedics", "Room 2")
        assert "1/" not in desk.text


@siblings(1, ("language", "shown"), [("en", "Fri 3 Apr"), ("ja", "3月4日")])
async def test_which_number_is_the_month_is_as_on_other_days_in_that_language(
    tmp_path: Path, language: str, shown: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        await desk.press("g", "4", *"3.4", "enter")
        await desk.sees(shown)


@pytest.mark.parametrize(("each", "shown"), [(8, "1.234"), (5, "1234")])
def test_thousands_over_bars_are_written_as_their_language_does_where_there_is_room(
    each: int, shown: str
) -> None:
    plot = bars(
        ["08", "09", "10"],
        [1234, 1230, 2],
        cells=3 * each,
        rows=6,
        written=named("de").number,
    )
    assert shown in plot.plain.split()
    assert {len(line) for line in plot.plain.splitlines()} == {3 * each}


def test_labels_stand_in_the_middle_under_their_bars_in_chinese_too() -> None:
    *_, base = bars(["周一", "周二"], [3, 4], cells=18, rows=4).plain.splitlines()
    assert base == "  周一     周二   "
    assert len(base) == 18 - 4  # four signs are two cells each


async def test_of_whom_it_is_not_known_how_it_ended_is_said(desk: Desk) -> None:
    desk.passed = -40 * 86400
    for n in range(22):
        one = desk.arrive("Zoë")
        if n < 3:
            desk.store.leave(one.id, "Mei")
    desk.passed = -39 * 86400
    for _ in range(4):
        desk.arrive("Zoë")
    desk.passed = 0
    while desk.store.days.purge().records:
        pass
    async with desk.open(size=(120, 36)):
        await desk.sign_in()
        await desk.press("g", "4", *"14.10-14.10", "enter")
        await desk.sees("Arrivals 22   Finished 0   No-show 0   Left 22")
        await desk.press("4", *"14.10-15.10", "enter")
        await desk.sees("Arrivals 26   Finished 0 / 22   No-show 0 / 22   Left 22 / 22")
