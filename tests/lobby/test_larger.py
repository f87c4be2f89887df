"""The larger size on the screens where it is more than taller cards."""

from pathlib import Path

import pytest
from contrast import faint
from lobby_driver import Lobby
from lobby_tour import SCREENS, visit

from db import Arrival
from kiosk.typesetting.block import half_rows, half_width
from kiosk.typesetting.setting import DRAWING, Line, spaced
from kiosk.widgets.press import Tile

WAYS = ("name", "surname", "title", "agree", "service", "reader", "found", "onward", "urgent")
WAYS += ("my-ticket", "display", "languages")
WIDE = [("en", (80, 24)), ("zh-Hans", (120, 36))]


@pytest.mark.parametrize(
    ("language", "size"),
    [pytest.param(*look, marks=pytest.mark.wide) for look in [("zh-Hans", (80, 24)), *WIDE]],
)
async def test_fewer_and_bigger_things_are_whole_on_every_screen(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    lobby = Lobby(tmp_path, language)
    lobby.store.check_in(Arrival(service="cupping"))
    async with lobby.open(size):
        ways = visit(lobby, WAYS, larger=True)
        assert await lobby.wrong_at(ways, lambda: [*lobby.cut_off(), *faint(lobby.app)]) == {}
        if size == (120, 36):
            await lobby.press("f10")
            await lobby.press("full_stop", "4", "enter", *SCREENS["appointment-group"])
            cards = list(lobby.app.screen.query(Tile))
            assert len({card.size.height for card in cards}) > 1  # rows that do not share out
            assert len({"█" in str(card.render()) for card in cards}) == 1


async def test_in_the_larger_size_nine_leads_to_the_other_services_and_surnames(
    tmp_path: Path,
) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("full_stop", "4", "enter", "1", "1", "2")
        assert "Herbal medicine" not in lobby.text
        await lobby.press("9")
        assert "Herbal medicine" in lobby.text
        await lobby.press("3")  # the last of them
        assert "first visit" in lobby.text
        await lobby.press("2", "1", "9", "1")
        assert "How should we address you?" in lobby.text
        await lobby.press("1", "enter")
        assert "Mr Yang" in lobby.text
        assert "Not sure" in lobby.text
        await lobby.press("1")
        assert lobby.screen == "TicketScreen"
        assert "█" not in lobby.lines[1]  # the number stands clear of the heading
        assert "scan to book" not in lobby.text
        await lobby.press("full_stop", "4", "enter")
        assert "scan to book" in lobby.text


async def test_the_looks_can_be_changed_on_a_ticket_by_touch(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("1", "2")
        await lobby.tap("Aa")
        assert lobby.screen == "DisplayScreen"
        await lobby.press("2", "enter")
        assert (lobby.app.theme, lobby.screen) == ("dark", "UrgentScreen")


def test_lines_stand_apart_but_a_drawing_stays_whole() -> None:
    lines = [
        Line("one", holds=True),
        Line("two"),
        Line(""),
        Line("/|", DRAWING),
        Line("\\|", DRAWING),
    ]
    assert [line.text for line in spaced(lines)] == ["one", "", "two", "", "", "/|", "\\|"]
    assert [line.holds for line in spaced(lines)][:3] == [True, True, False]


def test_a_digit_of_half_blocks_has_three_rows() -> None:
    assert half_rows("10") == ["▄█  █▀█", " █  █ █", "▀▀▀ ▀▀▀"]
    assert half_width("10") == 7
