"""No character that a terminal obeys reaches one, whatever file it stands in."""

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from board_driver import Board, Time, calling
from lobby_driver import CLINIC, Lobby
from millrace import MILLRACE, TODAY
from staff_driver import PIN, Desk

from db import Account, Role
from kiosk.cli import main
from kiosk.content.check import check
from kiosk.languages.showable import Plain, hidden_in, showable
from kiosk.queue.public import Called
from kiosk.settings import Room

EVIL = "T\x1b]0;PWN\x07u\x1b[31mi\x9b2Jn\x7fa\u202eX\u2066Y\u2028Z\r"
"""Sets a title, rings, colours, clears, and writes backwards."""
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    """As TOML and JSON both write it, so that the file itself looks harmless."""
    return "".join(f"\\u{ord(c):04x}" if OBEYED.match(c) else c for c in text)


def painted(driver: Any) -> str:
    """All that stands on the glass, and what is sent there for it."""
    screen = driver.app.screen if hasattr(driver, "app") else driver.screen
    console = screen.app.console
    strips = screen._compositor.render_strips()
    sent = "".join(strip.render(console) for strip in strips)
    colours = re.sub(r"\x1b\[[0-9;]*m", "", sent)  # Textual's own
    assert "PWN" not in colours or "\x1b" not in colours
    return "\n".join(strip.text for strip in strips) + colours


def test_what_is_obeyed_is_taken_out_and_all_else_stays() -> None:
    assert OBEYED.search(showable(EVIL)) is None
    assert showable("王小明 Zoë\u00a0à\u3000ﾊ🙂") == "王小明 Zoë\u00a0à\u3000ﾊ🙂"
    assert hidden_in("a\x1bb") == "U+001B"
    assert hidden_in("a\nb", lines=True) == ""
    assert hidden_in("Zoë　林") == ""


def test_what_a_command_prints_keeps_its_lines() -> None:
    stream = io.StringIO()
    print(f"one {EVIL}\ntwo", file=Plain(stream))
    assert stream.getvalue().count("\n") == 2
    assert OBEYED.search(stream.getvalue()) is None


async def test_no_screen_of_the_lobby_obeys_its_content(tmp_path: Path) -> None:
    services = [
        msgspec.structs.replace(
            one,
            title={tag: EVIL + text for tag, text in one.title.items()},
            body={tag: f"{EVIL}\n\n{text}" for tag, text in one.body.items()},
        )
        for one in CLINIC.services
    ]
    clinic = msgspec.structs.replace(CLINIC, name=EVIL, short_name=EVIL, services=tuple(services))
    lobby = Lobby(tmp_path, clinic=clinic)
    async with lobby.open():
        seen = painted(lobby)
        for keys in (("3",), ("2",)):
            await lobby.press(*keys)
            seen += painted(lobby)
        await lobby.press("f10", "1", "1", "2")
        seen += painted(lobby)
    assert "PWN" in seen
    assert OBEYED.search(seen) is None


async def test_no_screen_of_the_staff_obeys_rooms_devices_accounts_and_people(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, rooms=(Room(EVIL), Room("2")))
    desk.hire()
    one = desk.arrive("Zoë")
    desk.store.call(one.id, EVIL, EVIL)
    desk.store.call_for_help(EVIL)
    desk.store.mark_present(EVIL, EVIL)
    async with desk.open():
        await desk.press("2", *PIN)
        seen = painted(desk)
        await desk.press("escape")
        door = desk.app.screen
        desk.app.call_later(door.open_queue, Account(EVIL, Role.practitioner), EVIL)
        await desk.until(lambda: desk.screen == "QueueScreen")
        await desk.settle()
        for keys in ((), ("n",), ("escape", "r"), ("?",), ("escape", "g")):
            await desk.press(*keys)
            seen += painted(desk)
    assert "PWN" in seen
    assert OBEYED.search(seen) is None


async def test_the_board_obeys_no_room_and_no_ticket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing here speaks
    time = Time()
    board = Board(tmp_path, time)
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(Called(EVIL, EVIL, time.clock()), Called("A2", EVIL))
        await board.settle()
        assert OBEYED.search(painted(board)) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MILLRACE, tmp_path / "content"))


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("clinic.toml", '"Millrace Practice"', f'"{escaped(EVIL)}"', "name"),
        ("services/foot-care.en.md", '"Foot care"', f'"{escaped(EVIL)}"', "title"),
        ("services/foot-care.en.md", '"Foot care"', '"Foot\u202ecare"', "title"),
        ("locations/mill-lane.toml", '"Mill Lane"', f'"{escaped(EVIL)}"', "name.en"),
    ],
)
def test_check_names_file_and_field(
    folder: Path, file: str, old: str, new: str, field: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [p for p in check(folder, TODAY)[1] if "terminal obeys" in p.message]
    assert [(p.file, p.field, p.warning) for p in problems] == [(file, field, False)]
    assert problems[0].line


def test_check_names_the_line_of_a_text(folder: Path) -> None:
    path = folder / "articles" / "new-shoes.en.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] += "\x1b[2J"
    path.write_text("\n".join(lines), encoding="utf-8")
    (problem,) = [p for p in check(folder, TODAY)[1] if "U+001B" in p.message]
    assert (problem.file, problem.line) == ("articles/new-shoes.en.md", len(lines))


def test_check_names_a_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'device = "{escaped(EVIL)}"\n[[rooms]]\nname = "{escaped(EVIL)}"\n')
    assert main(["check", "--config", str(config), "--data", str(tmp_path / "data")]) == 1
    told = capsys.readouterr().out
    assert "kiosk.toml" in told
    assert "device: it holds the character U+001B" in told
    assert "rooms[0].name: it holds" in told
    assert OBEYED.search(told) is None


@pytest.mark.parametrize("words", [["queue"], ["queue", "--json"], ["stats"], ["export"]])
def test_what_commands_print_of_a_forged_journal_is_plain(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    forged = Lobby(tmp_path).open_store
    store = forged(device=EVIL)
    monkeypatch.setattr("db.checkin.check_text", lambda *_: None)
    store.check_in(_arrival(service=EVIL))
    store.call_next(EVIL, EVIL)
    day = str(store.day)
    monkeypatch.setattr("db.utc_now", Lobby(tmp_path).now)
    monkeypatch.setattr(
        "kiosk.app.start.open_clinic_store", lambda settings, clinic: Lobby(tmp_path).open_store()
    )
    more = ["--from", day, "--to", day] if words == ["export"] else []
    assert main(["--data", str(tmp_path / "data"), *words, *more]) == 0
    told = capsys.readouterr().out
    assert "PWN" in told
    assert OBEYED.search(told) is None
    if "--json" in words:
        json.loads(told)


def _arrival(**more: Any) -> Any:
    from db import Arrival

    return Arrival(**more)
