"""The figures on the staff's screen."""

from pathlib import Path

import pytest
from staff_driver import Desk

from kiosk.languages.language import language as named
from kiosk.staff.figures.plot import bars


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
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
        assert _("{n} min", n=20) in desk.text
        assert _("{n} min", n=10) in desk.text
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
        await desk.sees(_("A day looks like {day}", day="2026-11-23"))
        await desk.press("1")
        desk.store.call_for_help("kiosk 1")
        await desk.until(lambda: desk.screen == "QueueScreen")
        await desk.press("g", "g", "g", "l")
        await desk.until(lambda: desk.screen == "SignInScreen")


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
