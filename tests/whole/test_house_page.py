"""The page of the house in CONTRIBUTING.md: every room is on it, and what it names is there."""

import re

from kiosk.settings import CHECKOUT

PAGE = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Rules that")[0]
ROOMS, ANSWERS = PAGE.split("| where is | |")


def test_every_room_is_on_the_page() -> None:
    rooms = {path.parent for part in ("kiosk", "db") for path in (CHECKOUT / part).rglob("*.py")}
    named = {line.split(" | ")[0] for line in ROOMS.splitlines() if line.startswith("| `")}
    on_page = re.findall(r"`([\w/]+)/`", "".join(named))
    here = {str(room.relative_to(CHECKOUT)) for room in rooms}
    assert here == {room for room in on_page if room.startswith(("kiosk", "db"))}
    assert [room for room in on_page if not (CHECKOUT / room).is_dir()] == []


def test_ten_questions_of_a_newcomer_are_answered_by_files_there_are() -> None:
    table = ANSWERS.partition("## ")[0]
    answers = [line for line in table.splitlines() if "`" in line]
    assert len(answers) == 10
    assert all((CHECKOUT / file).is_file() for line in answers for file in _files(line))


def test_what_the_page_names_is_there() -> None:
    assert [file for file in _files(PAGE) if not (CHECKOUT / file).is_file()] == []


def _files(text: str) -> list[str]:
    return re.findall(r"`((?:kiosk|db|docs)/[\w/]+\.\w+)`", text)
