"""`report` prints figures to take away: a page, rows a spreadsheet opens rightly, and JSON."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from siblings import siblings
from store_fixtures import Clock

from db import Arrival, Cell, CheckInStore, HashCost, Role, open_accounts, open_store
from kiosk.cli import main
from kiosk.commands.reporting import charts
from kiosk.languages.language import OWN_NAMES, language

NAME = "Xylophonia"
Run = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> CheckInStore:
    """A clinic that had a busy Monday and one before, with Wolf in room 1 and the desk calling."""
    clock = Clock()
    store = open_store(
        tmp_path / "data",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=clock,
    )
    accounts = open_accounts(
        tmp_path / "data", tmp_path / "keys", cost=HashCost(passes=1, memory=8)
    )
    accounts.add("Wolf", Role.practitioner, "482916")
    accounts.add("Lin", Role.reception, "482916")
    for services in (("tuina", "cupping"), ("tuina", "gua-sha")):
        for n in range(12):
            service = services[n % 2]
            one = store.check_in(
                Arrival(name=NAME, phone="13812345678", service=service, first_visit=n % 2 == 0),
                allow_same_phone=True,
            )
            clock.move(minutes=5 + n)
            by = "Wolf" if n % 2 else "Lin"
            store.call(one.id, "1", by)
            if n % 2 and service == "cupping":
                store.no_show(one.id, by)
                continue
            clock.move(minutes=10)
            store.complete(one.id, by)
        clock.now = clock.now.replace(hour=2) + timedelta(days=7)
    store.close()
    return store


@pytest.fixture
def run(
    store: CheckInStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """What a command line prints there."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def command(*words: str, code: int = 0) -> str:
        assert main(["--data", str(tmp_path / "data"), *words]) == code
        return capsys.readouterr().out

    return command


MONDAY = "2026-11-30"
DAYS = ("--from", MONDAY, "--to", MONDAY)


class Read(HTMLParser):
    """What stands on a page, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(autouse=True)
def _on_that_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the evening of the second Monday."""
    from kiosk.app import start

    opened = start.open_clinic_store
    now = datetime.fromisoformat(f"{MONDAY}T20:00:00+08:00")
    monkeypatch.setattr(start, "open_clinic_store", lambda *args: opened(*args, clock=lambda: now))
    monkeypatch.setattr("db.utc_now", lambda: now)


@siblings(2, "tag", OWN_NAMES)
def test_the_page_is_one_file_in_the_managers_language(run: Run, tag: str) -> None:
    text = run("--language", tag, "report", *DAYS)
    read, _ = Read(text), language(tag)
    assert f'<html lang="{tag}">' in text
    assert (read.fetched, "script" in read.tags, NAME in text) == ([], False, False)
    words = " ".join(read.words)
    for title in ("Arrivals by hour", "Waits by service", "Visits by room"):
        assert _(title) in words
    assert _("before: {value}", value="–") in words
    assert "@page { size: A4" in words


def test_every_chart_is_whole_and_says_what_it_is_or_is_beside_its_numbers(run: Run) -> None:
    text = run("--language", "en", "report", "--from", "2026-11-23", "--to", MONDAY)
    charts = [part.partition("</svg>")[0] for part in text.split("<svg ")[1:]]
    assert len(charts) > 5
    for chart in charts:
        ElementTree.fromstring(f"<svg {chart}</svg>")
        assert 'aria-label="' in chart or 'aria-hidden="true"' in chart
    assert sum('aria-label="Arrivals' in chart for chart in charts) == 2


def test_names_are_text_in_a_chart_and_never_markup() -> None:
    drawn = charts.heat([("<b>&", [Cell(9, 10, 5)])], range(9, 12), str, '"<i>"')
    found = ElementTree.fromstring(drawn)
    assert "<b>&" in [text.text for text in found.iter("text")]
    assert found.get("aria-label") == '"<i>"'


def test_practitioners_are_named_only_where_the_clinic_set_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Wolf" not in run("--language", "en", "report", *DAYS)
    monkeypatch.setenv("CLINIC_KIOSK_PRACTITIONER_FIGURES", "true")
    text = run("--language", "en", "report", *DAYS)
    assert "Wolf" in text
    assert "Lin" not in text


def test_rows_open_rightly_in_a_spreadsheet(run: Run) -> None:
    text = run("--language", "zh-Hans", "report", *DAYS, "--format", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    made = {row["unit"]: row["value"] for row in rows if row["measure"] == "made_at"}
    assert made == {"Asia/Shanghai": "2026-11-30 20:00:00", "UTC": "2026-11-30 12:00:00"}
    (arrivals,) = [
        row
        for row in rows
        if (row["period"], row["slug"], row["measure"]) == ("now", "gua-sha", "arrivals")
    ]
    assert (arrivals["name"], arrivals["value"], arrivals["unit"]) == ("刮痧", "6", "people")
    for row in rows:
        if row["measure"] != "made_at":
            assert float(row["value"]) >= 0
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value)


def test_json_tells_the_same_to_a_program(run: Run) -> None:
    told = json.loads(run("report", *DAYS, "--format", "json"))
    assert (told["now"]["arrivals"], told["before"]["arrivals"]) == (12, None)
    assert told["now"]["services"]["gua-sha"]["visit"]["median_minutes"] == 10.0
    assert told["service_names"]["tuina"]
    both = json.loads(run("report", "--from", "2026-11-23", "--to", MONDAY, "--format", "json"))
    assert both["now"]["no_show"] == {"people": 6, "of": 24, "percent": 25.0}


def test_days_ahead_are_refused_and_nobody_is_a_page_that_says_so(run: Run) -> None:
    assert run("report", "2026-12-01", code=2) == ""
    page = run("--language", "en", "report", "2026-11-29")
    assert "Too few people came" in page
    assert "<table" not in page


def test_a_day_that_cannot_be_read_is_named_and_the_rest_is_told(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = tmp_path / "data" / "downtown" / "2026-11-23.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"tuina", b"tuine", 1))
    days = ("--from", "2026-11-23", "--to", MONDAY)
    told = json.loads(run("report", *days, "--format", "json", code=3))
    assert told["now"]["services"]["gua-sha"]["arrivals"] == 6
