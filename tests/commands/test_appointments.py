"""`appointments` brings today's list from files and folders, and names nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import Arrival, CheckInStore
from kiosk.app import start
from kiosk.cli import main

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 on a Monday in Shanghai."""
WEEK = (
    "编号,日期,时间,姓名,手机号,项目,医生,门店\n"
    "1,2026-11-23,9:05,王芳,13812345678,针灸,Stevens,\n"
    "2,2026-11-23,下午2:30,Zoë Brandt,,Cupping 60 min,,Downtown\n"
    "3,2026-11-24,9:05,李雷,,,,\n"
    "4,2026-11-23,9:30,Anna,,,,闵行\n"
    "5,2026-11-23,9:35,Bo,,Colour of hair,,\n"
)
Run = Callable[..., int]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[CheckInStore]:
    stores, real = list[CheckInStore](), start.open_clinic_store
    monkeypatch.setattr(
        start,
        "open_clinic_store",
        lambda *given: stores.append(real(*given, clock=lambda: NOW)) or stores[-1],
    )
    return stores


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[CheckInStore]) -> Run:
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return lambda *words: main(["--data", str(tmp_path / "data"), "appointments", *map(str, words)])


@pytest.fixture
def week(tmp_path: Path) -> Path:
    path = tmp_path / "calendar" / "week.csv"
    path.parent.mkdir()
    path.write_text(WEEK, "gb18030")
    settle(path)
    return path


def settle(path: Path, minutes: int = 5) -> None:
    then = NOW.timestamp() - 60 * minutes
    os.utime(path, (then, then))


def told(store: CheckInStore) -> list[tuple[str, str, str, str | None]]:
    return [
        (
            f"{store.calendar.local(one.due_at):%H:%M}",
            store.booked_person(one.id).name,
            one.service,
            one.practitioner,
        )
        for one in store.moment().bookings
    ]


def test_a_file_for_the_week_brings_those_of_today_and_here(
    run: Run, opened: list[CheckInStore], week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(week) == 0
    assert capsys.readouterr().out == (
        "week.csv: 3 booked today; 1 of other days left out, 1 at other locations left out, "
        "1 for what no service here is called.\n"
        "Today's list: 3 new, 0 changed, 0 taken off, 0 as before.\n"
    )
    assert told(opened[-1]) == [
        ("09:05", "王芳", "acupuncture", "Matthew Stevens"),
        ("09:35", "Bo", "", None),
        ("14:30", "Zoë Brandt", "cupping", None),
    ]
    assert opened[-1].booked_person(opened[-1].moment().bookings[0].id).phone == "+8613812345678"
    assert run() == 0
    assert capsys.readouterr().out == "Today's list: 3 booked, 0 came.\n"


def test_again_and_newer(
    run: Run, opened: list[CheckInStore], week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(week)
    assert run(week) == 0
    assert "0 new, 0 changed, 0 taken off, 3 as before" in capsys.readouterr().out
    week.write_text(WEEK.replace("9:05,王", "9:50,王").replace("5,2026-11-23", "5,2026-11-25"))
    run(week)
    assert "0 new, 1 changed, 1 taken off, 1 as before" in capsys.readouterr().out
    assert [time for time, *_ in told(opened[-1])] == ["09:50", "14:30"]


def test_what_cannot_be_read_is_named_without_a_name_and_takes_nobody_off(
    run: Run, opened: list[CheckInStore], week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(week)
    capsys.readouterr()
    week.write_text(WEEK.replace("9:05,王芳", "25:99,王芳").replace("5,2026-11-23", "5,2026-11-25"))
    assert run(week) == 3
    printed = capsys.readouterr()
    assert printed.err == "week.csv, line 2, 时间: this is no time; write one such as 10:30.\n"
    assert "0 new, 0 changed, 1 taken off, 1 as before" in printed.out
    assert [time for time, *_ in told(opened[-1])] == ["09:05", "14:30"], "a row keeps its own"
    nameless = WEEK.replace("编号", "顺序").replace("9:05,王芳", "25:99,王芳")
    week.write_text(nameless)
    assert run(week) == 3
    assert [time for time, *_ in told(opened[-1])][:2] == ["09:05", "09:35"]
    assert "王芳" not in printed.out + printed.err


@pytest.mark.parametrize("bad", ["", "hello\n", "\0\1\2"])
def test_a_file_that_says_nothing_changes_nothing(
    run: Run, opened: list[CheckInStore], week: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(week)
    capsys.readouterr()
    week.write_text(bad)
    assert run(week) == 1
    assert capsys.readouterr().err.startswith("week.csv: ")
    assert len(told(opened[-1])) == 3
    assert run(week.parent / "nowhere.csv") == 1
    assert "nowhere.csv: it cannot be read: No such file" in capsys.readouterr().err


def test_a_folder_is_read_by_a_timer(
    run: Run,
    opened: list[CheckInStore],
    week: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--watched") == 0
    assert opened == []
    monkeypatch.setenv("CLINIC_KIOSK_APPOINTMENTS_DIR", str(week.parent))
    folder = week.parent
    (folder / "lin.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSUMMARY:Cupping - Chen Jie\n"
        "DTSTART:20261123T033000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    settle(folder / "lin.ics")
    (folder / ".hidden.csv").write_text("nonsense")
    (folder / "~$week.csv").write_text("nonsense")
    (folder / "notes.docx").write_text("nonsense")
    assert run("--watched") == 0
    assert len(told(opened[-1])) == 4
    assert told(opened[-1])[2] == ("11:30", "Chen Jie", "cupping", None)
    capsys.readouterr()
    assert run("--watched") == 0
    assert capsys.readouterr() == ("", ""), "nothing new: nothing said"
    assert run(folder) == 0
    assert "week.csv: 3 booked today" in capsys.readouterr().out


def test_what_is_being_written_waits(
    run: Run,
    opened: list[CheckInStore],
    week: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_APPOINTMENTS_DIR", str(week.parent))
    run("--watched")
    week.write_text(WEEK[:60])
    settle(week, 0)
    capsys.readouterr()
    assert run("--watched") == 1
    assert capsys.readouterr().err == "week.csv: the file is being written; it is read next time.\n"
    assert len(told(opened[-1])) == 3


def test_rows_without_a_day_are_of_the_day_in_the_files_name_or_of_the_files_own(
    run: Run, opened: list[CheckInStore], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name in ("list-20261122.csv", "2026-11-23.csv", "old.csv"):
        (folder / name).write_text(f"time,name\n9:05,Of {name}\n")
        settle(folder / name, 60 * 24 if name == "old.csv" else 5)
    assert run(folder) == 0
    assert [name for _, name, *_ in told(opened[-1])] == ["Of 2026-11-23.csv"]
    assert run(folder / "old.csv") == 0, "who names a file means today"
    assert len(told(opened[-1])) == 2


def test_a_folder_that_is_not_there_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_APPOINTMENTS_DIR", str(tmp_path / "nowhere"))
    assert run("--watched") == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_name_that_cannot_be_shown_is_one_bad_line(
    run: Run, opened: list[CheckInStore], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"time,name\n9:05,Zo\x1b[31me\n9:10,{'x' * 81}\n9:15,[/bold] 王\n")
    assert run(path) == 3
    assert capsys.readouterr().err.splitlines() == [
        "list.csv, line 2, name: the name holds a character that cannot be shown.",
        "list.csv, line 3, name: a name can have 80 characters at most.",
    ]
    assert [name for _, name, *_ in told(opened[-1])] == ["[/bold] 王"]


def test_a_day_on_which_nobody_is_booked_is_not_begun_by_the_timer(
    run: Run, opened: list[CheckInStore], week: Path, tmp_path: Path
) -> None:
    week.write_text(WEEK.replace("2026-11-23", "2026-12-01"))
    assert run(week) == 0
    assert not list((tmp_path / "data").rglob("*.jsonl"))


def test_a_file_that_is_no_list_of_a_clinic_is_refused(
    run: Run, opened: list[CheckInStore], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("time,name\n" + "".join(f"9:05,Anna {n}\n" for n in range(1001)))
    assert run(path) == 1
    assert "more than 1000 bookings of today" in capsys.readouterr().err
    assert opened[-1].moment().bookings == ()


def test_who_asks_is_told_what_the_list_has_of_them_until_it_is_erased(
    run: Run, opened: list[CheckInStore], week: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(week)
    store = opened[-1]
    one = store.moment().bookings[0]
    store.check_in(Arrival(), due_at=one.due_at, booking=one.id)
    data = str(store.folder.parent)
    capsys.readouterr()
    assert main(["--data", data, "what-is-kept", "A001"]) == 0
    told = capsys.readouterr().out
    assert "On the day's list     2026-11-23 09:05" in told
    assert "  Name there          王芳" in told
    assert main(["--data", data, "erase", "A001"]) == 0
    capsys.readouterr()
    assert main(["--data", data, "what-is-kept", "A001"]) == 0
    told = capsys.readouterr().out
    assert "  Name there          destroyed" in told
    assert "王芳" not in told
