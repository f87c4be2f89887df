"""One person can see what is kept of them, and have name and phone erased at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import (
    Arrival,
    CheckInStore,
    ClockIs,
    NothingToUndo,
    Person,
    StaleCheckIn,
    StoreError,
    UnknownCheckIn,
)

Open = Callable[..., CheckInStore]
TODAY = date(2026, 11, 23)
ZOE = Arrival(name="Zoë", phone="13812345678", service="cupping")
SECRET = re.compile(rb'"secret":"([^"]*)"')


def alive(*folders: Path) -> int:
    """How many secrets are left in all files."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found = [secret for path in files for secret in SECRET.findall(path.read_bytes())]
    return sum(bool(secret.strip(b"-")) for secret in found)


def test_one_person_is_erased_in_every_line_and_stays_in_the_queue(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    one, other = store.check_in(ZOE), store.check_in(Arrival(name="Anna"))
    store.call(one.id, "1", "lin")
    store.amend(one.id, "lin", name="Zoe")
    assert alive(tmp_path / "data") == 3
    erased = store.days.erase("A001", "lin")
    assert (erased.ticket, erased.status, erased.has_name) == ("A001", "called", False)
    assert alive(tmp_path / "data") == 1
    for each in (store, open_here()):
        there = each.get(one.id)
        assert there == erased
        assert each.person(erased) == Person("", "")
        assert each.person(other).name == "Anna"
        assert each.days.verify(TODAY).damaged_line is None
    assert store.history(one.id)[-1].kind == "erased"


def test_nothing_that_is_left_on_disk_tells_the_phone_of_one_who_was_erased(
    store: CheckInStore, tmp_path: Path
) -> None:
    one = store.check_in(ZOE)
    marks = store.open_day(TODAY).marks[one.number]
    tags = [marks.phone_tag or "", marks.person_tag or "", marks.arrival_tag or ""]
    assert len([tag for tag in tags if tag]) == 3
    store.days.erase("A001", "lin")
    store.days.close()
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for tag in tags:
        assert tag.encode() not in left
    assert store.check_in(ZOE).same_phone_as is None


def test_other_terminals_forget_who_was_erased(store: CheckInStore, open_here: Open) -> None:
    other = open_here()
    one = store.check_in(ZOE)
    assert other.person(one).name == "Zoë"
    store.days.erase("A001", "lin")
    assert other.person(one) == Person("", "")
    assert other.open_day(TODAY).journal.secrets == {}


@pytest.mark.parametrize("emptied", [{"name": ""}, {"phone": ""}, {"name": "", "phone": ""}])
def test_emptying_name_or_phone_destroys_what_was_there(
    store: CheckInStore, tmp_path: Path, emptied: dict[str, str]
) -> None:
    one = store.check_in(ZOE)
    store.amend(one.id, "lin", name="Zoe")
    changed = store.amend(one.id, "lin", **emptied)
    left = {"name": "Zoe", "phone": "+8613812345678"} | emptied
    assert store.person(changed) == Person(**left)
    assert (changed.has_name, changed.has_phone) == (bool(left["name"]), bool(left["phone"]))
    assert alive(tmp_path / "data") == bool(left["name"] or left["phone"])
    with pytest.raises((NothingToUndo, StaleCheckIn)):
        store.undo("lin")
    assert store.person(changed) == Person(**left)


def test_a_correction_that_is_no_erasure_can_be_undone(store: CheckInStore) -> None:
    one = store.check_in(ZOE)
    store.amend(one.id, "lin", name="Zoe", phone="13912345678")
    back = store.undo("lin")
    assert store.person(back) == Person("Zoë", "+8613812345678")
    assert store.check_in(Arrival(phone="13812345678")).same_phone_as == "A001"
    assert store.check_in(Arrival(phone="13912345678")).same_phone_as is None


def test_an_erasure_that_was_cut_short_is_finished_by_the_next_writer(
    store: CheckInStore, open_here: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(ZOE)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("os.pwrite", killed)
        with pytest.raises(KeyboardInterrupt):
            store.days.erase("A001", "lin")
    assert alive(tmp_path / "data") == 1
    open_here().check_in(Arrival())
    assert alive(tmp_path / "data") == 0


def test_a_person_of_a_day_that_is_over_is_erased_too_and_the_day_stays_closed(
    store: CheckInStore, clock: Any, tmp_path: Path, journal: Path
) -> None:
    one = store.check_in(ZOE)
    clock.move(days=2)
    store.check_in(Arrival())
    figures = store.days.figures(TODAY, TODAY)
    assert store.days.what_is_kept("A001", TODAY).person == Person("Zoë", "+8613812345678")
    store.days.erase("a001", "lin", TODAY)
    assert alive(tmp_path / "data") == 0
    assert store.person(one) == Person("", "")
    assert store.days.verify(TODAY).is_closed
    assert store.days.figures(TODAY, TODAY) == figures
    written = json.loads(journal.with_suffix(".json").read_text())
    assert written["checkins"]["1"]["sealed"] is None
    assert [one.ticket for one in store.queue()] == ["A001"]


def test_what_was_set_aside_or_torn_is_erased_with_the_rest(
    store: CheckInStore, open_here: Open, tmp_path: Path, journal: Path
) -> None:
    store.check_in(ZOE, id="zoe")
    data = journal.read_bytes()
    lines = data.splitlines(keepends=True)
    journal.write_bytes(data + lines[-1][:-1])
    open_here().check_in(Arrival())
    assert journal.with_suffix(".torn").read_bytes().strip() == lines[-1].strip()
    store.days.erase("A001", "lin")
    assert alive(tmp_path / "data") == 0


def test_who_was_carried_from_a_day_that_never_was_is_erased_there_too(
    open_here: Open, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=4)
    open_here().check_in(ZOE)
    clock.move(days=-4)
    store = open_here(clock_is=lambda: ClockIs.right)
    store.check_in(Arrival())
    assert alive(tmp_path / "data") == 2
    store.days.erase("A001", "lin")
    assert alive(tmp_path / "data") == 0


def test_a_restore_of_an_older_copy_does_not_bring_a_name_back(
    store: CheckInStore, tmp_path: Path, clock: Any
) -> None:
    one = store.check_in(ZOE)
    clock.move(days=1)
    store.check_in(Arrival())
    store.days.backup(tmp_path / "copy")
    assert alive(tmp_path / "copy") == 1
    store.days.erase("A001", "lin", TODAY)
    store.close()
    for path in (tmp_path / "data" / "downtown").glob(f"{TODAY}.*"):
        path.unlink()
    restored = store.days.restore(tmp_path / "copy")
    assert (restored.days, restored.erased_again) == ([TODAY], 1)
    assert alive(tmp_path / "data") == 0
    assert store.person(one) == Person("", "")


def test_an_erasure_leaves_a_receipt_without_a_name(store: CheckInStore, tmp_path: Path) -> None:
    store.check_in(ZOE)
    store.days.erase("A001", "lin")
    receipt = tmp_path / "data" / "downtown" / "receipts" / f"{TODAY}.erased.json"
    [person] = json.loads(receipt.read_text())["people"]
    assert (person["ticket"], person["by"]) == ("A001", "lin")
    assert "Zo" not in receipt.read_text()


def test_who_is_not_there_cannot_be_erased(store: CheckInStore, clock: Any) -> None:
    for day in (None, TODAY, date(2026, 1, 1)):
        with pytest.raises(UnknownCheckIn):
            store.days.erase("A001", "lin", day)
    store.check_in(Arrival())
    for ticket in ("A002", "", "Zoë"):
        with pytest.raises(UnknownCheckIn):
            store.days.erase(ticket, "lin")
        with pytest.raises(UnknownCheckIn):
            store.days.what_is_kept(ticket)


def test_what_is_kept_is_everything_and_until_when(store: CheckInStore, clock: Any) -> None:
    one = store.check_in(ZOE)
    store.call(one.id, "2", "lin")
    kept = store.days.what_is_kept("A001")
    assert kept.check_in == store.get(one.id)
    assert kept.person == Person("Zoë", "+8613812345678")
    assert [event.kind for event in kept.events] == ["checked_in", "called"]
    assert (kept.names_until, kept.records_until) == (date(2026, 11, 30), date(2026, 12, 23))


def test_a_name_sealed_by_an_older_version_is_refused_with_its_end(
    tmp_path: Path, format_1: CheckInStore
) -> None:
    with pytest.raises(StoreError, match="2026-11-30"):
        format_1.days.erase("A001", "lin")
    assert format_1.person(format_1.today()[0]).name == "王小明"


def test_keys_of_persons_differ(store: CheckInStore, tmp_path: Path) -> None:
    for _ in range(3):
        store.check_in(Arrival(name="Zoë"))
    journal = next((tmp_path / "data").rglob("*.jsonl")).read_bytes()
    assert len(set(SECRET.findall(journal))) == 3


def test_what_was_erased_and_which_keys_were_destroyed_is_in_the_audit_journal(
    store: CheckInStore, clock: Any
) -> None:
    one = store.check_in(ZOE)
    store.check_in(ZOE, allow_same_phone=True)
    store.days.erase("A001", "Lin")
    store.amend(store.today()[1].id, "Mei", phone="")
    for _ in range(8):
        clock.move(days=1)
        store.check_in(Arrival())
    kinds = [(entry.kind, entry.by, entry.told["day"]) for entry in store.audit.entries()]
    assert kinds == [
        ("names_erased", "Lin", str(one.day)),
        ("names_erased", "Mei", str(one.day)),
        ("keys_destroyed", "system", str(one.day)),
    ]


def test_an_audit_journal_that_cannot_be_written_keeps_nobody_from_being_erased(
    store: CheckInStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = store.check_in(ZOE)
    (tmp_path / "data" / "audit").write_text("in the way")
    store.days.erase("A001", "lin")
    assert store.person(one) == Person("", "")
    assert "names_erased is not in the audit journal" in caplog.text
