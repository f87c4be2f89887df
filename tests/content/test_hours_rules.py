"""`check` warns of opening hours in which one rule undoes another."""

import re
import shutil
from pathlib import Path

import pytest
from millrace import MILLRACE, TODAY

from kiosk.cli import main
from kiosk.content.check import check

PLACE = "locations/mill-lane.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an invented clinic's content, without a fault until its hours are others."""
    return Path(shutil.copytree(MILLRACE, tmp_path / "content"))


def opens(folder: Path, hours: str) -> None:
    """Give a location other hours, in its first line."""
    path = folder / PLACE
    text = re.sub(r"(?m)^hours.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(f'hours = "{hours}"\n{text}', encoding="utf-8")


@pytest.mark.parametrize(
    ("hours", "meant"),
    [
        (
            "Mo-Fr 09:00-12:00; Mo-Fr 13:30-18:00; Sa 09:00-12:00",
            "Mo-Fr 09:00-12:00, Mo-Fr 13:30-18:00; Sa 09:00-12:00",
        ),
        ("Mo-Sa 08:00-12:00; We 14:00-18:00", "Mo-Sa 08:00-12:00, We 14:00-18:00"),
        ("Mo 09:00-12:00; PH off; Mo 10:00-16:00", "Mo 09:00-12:00, Mo 10:00-16:00; PH off"),
    ],
)
def test_a_later_rule_that_swallows_an_earlier_one_is_told_with_what_may_be_meant(
    folder: Path, hours: str, meant: str
) -> None:
    opens(folder, hours)
    (told,) = [p for p in check(folder, TODAY)[1] if "takes the place" in p.message]
    assert told.warning
    assert (told.file, told.line, told.field) == (PLACE, 1, "hours")
    assert f"put a comma between them: {meant}" in told.message


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (
            "PH off; Mo-Fr 09:00-18:00",
            "'Mo-Fr 09:00-18:00' opens days that 'PH off' closes; "
            "if they are to stay closed, put that last: Mo-Fr 09:00-18:00; PH off",
        ),
        (
            "2027 Feb 05-11 off; Mo-Su 09:00-18:00; PH off",
            "if they are to stay closed, put that last: "
            "Mo-Su 09:00-18:00; PH off; 2027 Feb 05-11 off",
        ),
        (
            "Mo-Fr 09:00-18:00; Sa 09:00-12:00; Sa,Su off",
            "'Sa,Su off' closes every day of 'Sa 09:00-12:00'; leave one of them out",
        ),
    ],
)
def test_opening_and_closing_that_undo_one_another_are_told(
    folder: Path, hours: str, told: str
) -> None:
    opens(folder, hours)
    found = [p for p in check(folder, TODAY)[1] if "09:00" in p.message]
    assert [(p.warning, p.field) for p in found] == [(True, "hours")]
    assert told in found[0].message


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 09:00-12:00,13:30-18:00",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off",
        "Su off; Mo-Sa 09:00-18:00",
        "Mo-Fr 09:00-12:00, Mo-Fr 13:30-18:00; Sa 09:00-12:00",
        "Mo-Fr 09:00-18:00; We 09:00-12:00",
        "Mo-Sa 09:00-18:00; We off; PH off; 2026 Oct 01-07 off",
        "24/7",
        "Mo-Fr 22:00-06:00; Sa 09:00-12:00",
    ],
)
def test_rules_that_people_expect_are_not_complained_of(folder: Path, hours: str) -> None:
    opens(folder, hours)
    told = check(folder, TODAY)[1]
    assert [p for p in told if p.field == "hours" and "first day" not in p.message] == []


def test_hours_of_the_settings_are_looked_at_as_those_of_a_location(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_HOURS", "Mo-Fr 09:00-12:00; Mo-Fr 13:30-18:00; PH off")
    main(["--content", str(folder), "check"])
    said = " ".join(capsys.readouterr().out.split())
    assert "kiosk.toml" in said
    assert "'Mo-Fr 13:30-18:00' takes the place of 'Mo-Fr 09:00-12:00' on the same days" in said
    assert "put a comma between them: Mo-Fr 09:00-12:00, Mo-Fr 13:30-18:00" in said
    monkeypatch.setenv("CLINIC_KIOSK_HOURS", "PH off; Mo-Fr 09:00-18:00")
    main(["--content", str(folder), "check"])
    assert "if they are to stay closed" in " ".join(capsys.readouterr().out.split())
