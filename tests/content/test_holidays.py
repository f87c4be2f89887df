"""A table of holidays a year: hours that say PH mean all its days; `check` says what is missing."""

import shutil
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from millrace import MILLRACE

from kiosk.cli import main
from kiosk.content.check import check
from kiosk.content.clinic import Clinic
from kiosk.content.hours import fault, opening
from kiosk.content.hours_rules import complaint
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT

TABLE = """
[2026]
off = ["Jan 01-03", "Sep 29-Oct 07"]
work = ["Oct 10", "Oct 11"]
"""
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 10, 20)
PLACE = "locations/mill-lane.toml"


class Folder:
    """An invented clinic's content, brought to China."""

    def __init__(self, folder: Path) -> None:
        self.path = Path(shutil.copytree(MILLRACE, folder))
        self.write("clinic.toml", '"GB"', '"CN"')

    def write(self, file: str, old: str, new: str) -> None:
        path = self.path / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def opens(self, hours: str, make_up: str = "") -> None:
        usual = 'hours = "Mo-Fr 08:30-18:00; Sa 09:00-12:00; PH off"'
        also = f'\nmake_up_hours = "{make_up}"' if make_up else ""
        self.write(PLACE, usual, f'hours = "{hours}"{also}')

    def announce(self, table: str = TABLE) -> None:
        (self.path / "holidays.toml").write_text(table, "utf-8")

    @property
    def clinic(self) -> Clinic:
        return load_clinic(self.path)

    def is_open(self, when: str) -> bool | None:
        clinic, at = self.clinic, datetime.fromisoformat(when).replace(tzinfo=ZONE)
        return opening(clinic.hours_of(clinic.locations[0]), clinic.region, at).open

    def told(self, today: date = TODAY) -> list[str]:
        return [f"{'?' * p.warning}{p}" for p in check(self.path, today)[1]]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "content")


# What hours mean


def test_without_a_table_only_the_first_day_of_a_holiday_is_known(folder: Folder) -> None:
    assert [folder.is_open(f"2026-10-0{n} 10:00") for n in (1, 2, 5)] == [False, True, True]


def test_with_a_table_a_place_is_closed_on_all_of_its_days(folder: Folder) -> None:
    folder.announce()
    days = ("01-02", "09-28", "09-29", "10-02", "10-07", "10-08")
    assert [folder.is_open(f"2026-{day} 10:00") for day in days] == [
        *(False, True, False, False, False, True)
    ]
    assert folder.is_open("2027-09-29 10:00"), "another year is not meant"


def test_every_year_that_has_a_table_counts(folder: Folder) -> None:
    folder.announce(TABLE + '[2025]\noff = ["Oct 01-08"]\n')
    days = ("2025-10-08", "2025-10-09", "2026-10-07", "2026-10-08")
    assert [folder.is_open(f"{day} 10:00") for day in days] == [False, True, False, True]


def test_it_opens_again_after_the_last_of_them(folder: Folder) -> None:
    folder.announce()
    at = datetime(2026, 9, 28, 19, tzinfo=ZONE)
    now = opening(folder.clinic.hours_of(folder.clinic.locations[0]), "CN", at)
    assert now.changes == datetime(2026, 10, 8, 8, 30, tzinfo=ZONE)


@pytest.mark.parametrize("rule", ["PH off", "Su,PH off", "PH,Su closed", "Sa-Su, PH off"])
def test_holidays_may_stand_among_days_of_the_week(folder: Folder, rule: str) -> None:
    folder.announce()
    folder.opens(f"Mo-Sa 09:00-18:00; {rule}")
    assert folder.is_open("2026-10-05 10:00") is False
    assert folder.is_open("2026-10-12 10:00") is True


def test_a_place_may_have_hours_of_its_own_on_holidays(folder: Folder) -> None:
    folder.announce()
    folder.opens("Mo-Fr 09:00-18:00; PH 10:00-12:00")
    assert [folder.is_open(f"2026-10-05 {at}") for at in ("09:30", "11:00", "14:00")] == [
        *(False, True, False)
    ]


def test_a_single_day_after_that_is_as_its_rule_says(folder: Folder) -> None:
    folder.announce()
    folder.opens("Mo-Fr 09:00-18:00; PH off; 2026 Oct 05 09:00-12:00")
    assert folder.is_open("2026-10-05 10:00") is True
    assert folder.is_open("2026-10-06 10:00") is False


@pytest.mark.parametrize("hours", ["Mo-Fr 09:00-18:00", "PH -1 day off; Mo-Fr 09:00-18:00", ""])
def test_hours_that_do_not_close_on_holidays_stay_what_they_are(folder: Folder, hours: str) -> None:
    folder.announce()
    folder.opens(hours)
    assert folder.clinic.hours_of(folder.clinic.locations[0]) == hours


def test_make_up_workdays_are_as_their_weekday_until_the_place_says_otherwise(
    folder: Folder,
) -> None:
    folder.announce()
    saturday, sunday = "2026-10-10 15:00", "2026-10-11 15:00"
    assert (folder.is_open(saturday), folder.is_open(sunday)) == (False, False)
    folder.opens("Mo-Fr 08:30-18:00; Sa 09:00-12:00; PH off", "09:00-12:00,13:30-18:00")
    assert (folder.is_open(saturday), folder.is_open(sunday)) == (True, True)
    assert folder.is_open("2026-10-11 13:00") is False
    assert folder.is_open("2026-10-17 15:00") is False, "a usual Saturday"


def test_without_hours_nobody_knows_on_make_up_workdays_either(folder: Folder) -> None:
    folder.announce()
    folder.opens("", "09:00-18:00")
    assert folder.is_open("2026-10-10 15:00") is None
    assert folder.clinic.hours_of(folder.clinic.locations[0]) == ""


# What is wrong with it


def test_a_table_that_is_right_is_not_complained_of(folder: Folder) -> None:
    folder.announce()
    assert folder.told() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[2026]", "[26]", "line 2, 26: left out: write a table for each year"),
        ("off = [", "of = [", "there is no field called 'of'; did you mean 'off'?"),
        ('off = ["Jan 01-03", "Sep 29-Oct 07"]', "off = 7", "off: it is not what it should be"),
        ("Jan 01-03", "Jan 1 to 3", "off: 'Jan 1 to 3' is no day of 2026; write such as"),
        ("Jan 01-03", "Jan 30-32", "off: 'Jan 30-32' is no day"),
        ("Jan 01-03", "Jan 03-01", "off: 'Jan 03-01' is no day"),
        ("Jan 01-03", "Feb 29", "off: 'Feb 29' is no day of 2026"),
        ("Jan 01-03", "Okt 01", "off: 'Okt 01' is no day"),
        ("Oct 10", "Oct 07", "work: Oct 07 is among the days off too"),
        ('"Oct 10"', "Oct 10", "line 4: left out: it is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(folder: Folder, old: str, new: str, told: str) -> None:
    folder.announce(TABLE.replace(old, new))
    assert any(line.startswith("holidays.toml: ") and told in line for line in folder.told())
    assert folder.clinic.holidays == ()


def test_one_wrong_year_leaves_the_others(folder: Folder) -> None:
    folder.announce(TABLE + '[2025]\noff = ["May 1"]\n[2024]\noff = ["x"]\n')
    assert [year.year for year in folder.clinic.holidays] == [2025, 2026]


def test_a_file_that_cannot_be_read_keeps_nobody_from_starting(folder: Folder) -> None:
    (folder.path / "holidays.toml").write_bytes(b"\xff\xfe")
    assert any("save it again with the encoding UTF-8" in line for line in folder.told())
    (folder.path / "holidays.toml").unlink()
    (folder.path / "holidays.toml").mkdir()
    assert any("left out: it cannot be read" in line for line in folder.told())


@pytest.mark.parametrize("make_up", ["9-18", "Sa 09:00-12:00"])
def test_times_of_make_up_workdays_are_times(folder: Folder, make_up: str) -> None:
    folder.announce()
    folder.opens("Mo-Fr 09:00-18:00; PH off", make_up)
    assert any("make_up_hours: write times alone" in line for line in folder.told())


# A year that has no table yet


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 30), ""),
        (date(2026, 12, 1), "2027"),
        (date(2027, 1, 1), "2027"),
        (date(2025, 6, 1), "2025"),
    ],
)
def test_a_year_without_a_table_is_told(folder: Folder, today: date, year: str) -> None:
    folder.announce()
    told = [line for line in folder.told(today) if "no table" in line]
    assert [f"holidays.toml: {year}: it has no table for {year}" in line for line in told] == (
        [True] if year else []
    )
    assert all(line.startswith("?") for line in told), "a warning: nobody is stopped by it"


def test_without_any_table_it_is_told_where_hours_need_one(folder: Folder) -> None:
    assert any("no table for 2026" in line for line in folder.told())
    folder.write(PLACE, "; PH off", "; PH off; 2026 Oct 01-07 off")
    assert folder.told() == [], "this year is written out in the hours"
    folder.write(PLACE, "; PH off; 2026 Oct 01-07 off", "")
    assert folder.told() == []


def test_who_keeps_tables_is_reminded_whatever_the_hours_say(folder: Folder) -> None:
    folder.announce()
    folder.opens("")
    assert any("no table for 2027" in line for line in folder.told(date(2027, 3, 1)))


def test_other_countries_need_none(folder: Folder) -> None:
    folder.write("clinic.toml", '"CN"', '"GB"')
    folder.announce()
    assert folder.told(date(2031, 1, 1)) == []


def test_hours_of_the_settings_need_one_too(
    folder: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.commands.check.report", lambda settings, clinic: [])
    folder.write(PLACE, "; PH off", "")
    monkeypatch.setenv("CLINIC_KIOSK_HOURS", "Mo-Fr 09:00-18:00; PH off")
    main(["check", "--content", str(folder.path)])
    assert capsys.readouterr().out.count("it has no table for") == 1


# What the clinic publishes


def test_every_announced_day_can_stand_in_hours() -> None:
    clinic = load_clinic(CHECKOUT / "content")
    assert [year.year for year in clinic.holidays] == [2026]
    assert sum((days.last - days.first).days + 1 for days in clinic.holidays[0].off) == 33
    assert {days.first.weekday() for days in clinic.holidays[0].work} == {5, 6}
    place = clinic.with_hours(None, "Mo-Fr 09:00-18:00; PH off").locations[0]
    hours = clinic.hours_of(place)
    assert fault(hours, "CN") == ""
    assert complaint(hours, "CN", TODAY) == ""
