"""Days on the command line are understood as people type them."""

from datetime import date

import pytest

from kiosk.cli import main, parser
from kiosk.commands.arguments import days_asked

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "meant"),
    {
        "": "11-23 11-23",
        "yesterday": "11-22 11-22",
        "last month": "10-01 10-31",
        "1.11 - 15.11": "11-01 11-15",
        "上个月": "10-01 10-31",
        "--from 2026-11-02": "11-02 11-23",
        "--from Oct": "10-01 10-31",
        "--from 1.11-15.11": "11-01 11-15",
        "--from Sep --to Oct": "09-01 10-31",
        "--from 2026-11-15 --to 2026-11-02": "11-02 11-15",
        "--to yesterday": "11-22 11-22",
    }.items(),
)
def test_they_are_words_or_ends(words: str, meant: str) -> None:
    first, last = days_asked(parser().parse_args(["stats", *words.split()]), TODAY) or ()
    assert f"{first:%m-%d} {last:%m-%d}" == meant


@pytest.mark.parametrize(
    ("words", "said"),
    {
        "2199-01-01": "2199-01-01 is still to come.",
        "--from tomorrow": "is still to come.",
        "someday": "Days look like",
    }.items(),
)
def test_what_is_no_day_or_lies_ahead_is_refused_with_a_sentence(
    words: str,
    said: str,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", f"{tmp_path}/keys")
    assert main(["--data", f"{tmp_path}/data", "stats", *words.split()]) == 2
    told = capsys.readouterr()
    assert (told.out, said in told.err) == ("", True)
