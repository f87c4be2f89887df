"""The terminal's cursor, which braille lines and screen readers follow: on what has the focus."""

from pathlib import Path

import pytest
from board_driver import Board, Time
from board_tour import tour as board_tour
from lobby_driver import Lobby
from lobby_tour import SCREENS, visit
from rich.cells import cell_len
from staff_driver import Desk
from staff_tour import tour as staff_tour
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from kiosk.staff.desk.table import QueueTable
from kiosk.staff.door.pin import PinField
from kiosk.widgets.keyboard import Keyboard
from kiosk.widgets.keypad import Entry
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

LOOKS = [
    ("en", (80, 24)),
    pytest.param("zh-Hans", (120, 36), marks=pytest.mark.wide),
]


def read(lobby: Lobby) -> str:
    """What is painted from the terminal's cursor on."""
    at = lobby.app.cursor_position
    line = lobby.lines[at.y]
    cells = 0
    for nth, char in enumerate(line):
        if cells >= at.x:
            return line[nth:]
        cells += cell_len(char)
    return ""


def misplaced(lobby: Lobby, widget: Widget) -> list[str]:
    """A complaint, where the cursor is not on the first words of a widget with the focus."""
    at, told = lobby.app.cursor_position, read(lobby)
    if isinstance(widget, Press):
        says = told.startswith((widget.key or widget.label, *filter(None, widget.label.split(" "))))
        wrong = not says and any(map(str.isalnum, told.split("▎")[0].split("▐")[0]))
    elif isinstance(widget, QueueTable):
        wrong = bool(widget.selected) and not told.startswith(">")
    else:
        wrong = isinstance(widget, Input) and at != widget.cursor_screen_offset
    return [f"at {at}, for {widget!r}: {told!r}"] if wrong or at not in widget.region else []


def unread(lobby: Lobby) -> list[str]:
    """Complaints about the cursor at rest, then on each thing that may have the focus."""
    screen, wrong = lobby.app.screen, []
    if screen.focused is not None:
        wrong += misplaced(lobby, screen.focused)
    elif (entry := next(iter(screen.query(Entry)), None)) and entry.region:
        at = lobby.app.cursor_position
        is_drawn = entry.has_class("-block")
        if at not in entry.region or not (is_drawn or read(lobby).startswith(entry.blank or " ")):
            wrong.append(f"not on the field's next digit: {read(lobby)!r}")
    elif not any(read(lobby).startswith(text) for text in at_rest(lobby)):
        wrong.append(f"at rest on {read(lobby)!r}")
    before = screen.focused
    for widget in screen.focus_chain:
        screen.set_focus(widget)
        wrong += misplaced(lobby, widget)
    screen.set_focus(before)
    return wrong


def at_rest(lobby: Lobby) -> list[str]:
    """What a screen reader is to read where nothing has the focus: a question, a heading."""
    if lobby.screen == "HomeScreen":
        return [lobby.clinic.name]
    if lobby.screen == "ReaderScreen":
        return [lobby.app.language("Not yet checked by the clinic.")]
    words = lobby.app.screen.query(Words)
    asked = [w.text for w in words if w.has_class("question") and w.visible and w.region]
    headings = asked or [w.text for w in words if w.id == "heading"]
    return [text.split("\n")[0][:12] for text in headings]


@pytest.mark.wide
@pytest.mark.parametrize(("language", "size"), LOOKS)
async def test_on_every_screen_of_the_lobby_the_cursor_is_on_what_has_the_focus(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    lobby = Lobby(tmp_path, language)
    async with lobby.open(size):
        assert await lobby.wrong_at(visit(lobby, SCREENS), lambda: unread(lobby)) == {}


@pytest.mark.wide
async def test_on_every_screen_of_the_staff_it_is_on_what_has_the_focus(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    def look() -> list[str]:
        screen = desk.app.screen
        if screen.focused is not None:
            return misplaced(desk, screen.focused)
        told = read(desk)
        if fields := list(screen.query(PinField)):
            return [] if told.startswith(("_", "*")) and fields else [told]
        return [] if told[:1].isalpha() else [f"at rest on {told!r}"]

    async with desk.open():
        assert await desk.wrong_at(staff_tour(desk), look) == {}


async def test_on_the_board_where_nothing_has_the_focus_it_is_on_the_call(tmp_path: Path) -> None:
    time = Time()
    board = Board(tmp_path, time)
    async with board.run_test(size=(80, 24)):
        async for name in board_tour(board, time, "en"):
            call = board.screen.query_one("#call")
            assert board.cursor_position in call.region, name


async def test_in_a_field_it_is_where_the_next_letter_goes(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press(*SCREENS["typed-name"])
        field = lobby.app.screen.query_one(Input)
        empty = lobby.app.cursor_position
        assert empty == field.content_region.offset
        await lobby.type("Zoë王")
        assert lobby.app.cursor_position == empty + Offset(5, 0)
        await lobby.press("left", "left")
        assert read(lobby).startswith("ë王")


async def test_over_the_keys_on_the_screen_it_goes_along(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press(*SCREENS["typed-name"], "8", "6")
        assert read(lobby).startswith("Q")
        await lobby.press("6", "2")
        assert read(lobby)[:1] in "SWA"
        await lobby.type("Z")
        assert lobby.app.screen.query_one(Keyboard).cursor is None
        assert lobby.app.cursor_position.y == lobby.app.screen.query_one(Input).content_region.y
        await lobby.press("f10", "2", "8", "2")
        assert lobby.screen == "SearchScreen"


async def test_in_a_field_of_digits_it_is_on_the_next_and_follows_what_is_typed(
    tmp_path: Path,
) -> None:
    for size in ((80, 24), (120, 36)):
        lobby = Lobby(tmp_path / str(size[0]))
        async with lobby.open(size):
            await lobby.press(*SCREENS["appointment-time"])
            entry, places = lobby.app.screen.query_one(Entry), []
            for digit in "1030":
                places.append(lobby.app.cursor_position)
                await lobby.press(digit)
            assert all(at in entry.region for at in places)
            assert [at.x for at in places] == sorted({at.x for at in places})


async def test_after_a_scroll_it_is_on_the_first_line_that_is_seen(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press("2", "1", "enter")
        top = lobby.app.screen.query_one("#page").region
        at, first = lobby.app.cursor_position, read(lobby)
        assert at.y == top.y
        await lobby.press("down", "down", "down")
        assert lobby.app.cursor_position in top
        assert read(lobby) != first


async def test_a_question_over_a_screen_has_it_and_gives_it_back(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press("1", "tab")
        before = lobby.app.cursor_position
        await lobby.wait(61)
        assert read(lobby).startswith("Are you still there?")
        await lobby.press("x")
        assert lobby.app.cursor_position == before


async def test_in_a_window_too_small_it_is_where_the_sentence_begins(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press("1", "tab")
        await lobby.pilot.resize_terminal(60, 20)
        await lobby.settle()
        assert lobby.app.cursor_position == (0, 0)
