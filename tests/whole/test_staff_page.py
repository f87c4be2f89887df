"""docs/staff.md: its tables count rightly, have a scene for each job, and leave no key out."""

import pytest

from benchmarks.jobs_played import problems_of
from benchmarks.jobs_table import PAGE, Pressed, read_rows
from kiosk.languages.language import language
from kiosk.staff.acts.keys import staff_keys

TEXT = PAGE.read_text("utf-8")
ROWS = read_rows(TEXT)


def test_every_row_counts_its_keys_rightly_and_is_played() -> None:
    assert len(ROWS) > 40
    assert problems_of(ROWS) == []


def test_no_key_of_the_queue_is_without_a_job() -> None:
    pressed = {one.text for row in ROWS for one in row.pressed}
    assert {key.letter for key in staff_keys(language("en"))} - pressed == set()


def test_what_is_typed_is_no_key_and_enter_is_one() -> None:
    (row,) = read_rows(
        "| Job | Keys | n | Peer | |\n| --- |\n| By name | `/` *Mei* `Enter` | 1 | | |"
    )
    assert row.pressed == (Pressed("/"), Pressed("Mei", is_text=True), Pressed("Enter"))
    assert [key for one in row.pressed for key in one.keys] == ["/", "M", "e", "i", "enter"]
    assert row.count == "2 + text"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("| `b` | 1 |", "| `b` | 2 |", "They came in: 1 on the keys, 2 in the table"),
        ("| `b` | 1 |", "| | 0 |", "They came in: no keys"),
        ("| 1 (Qmatic) |", "| few |", "Call the next, from one's own room: few is no number"),
        ("| They came in |", "| They sit |", "They sit: in the table, and never played"),
        ("| They came in |", "| They sit |", "They came in: played, and not in the table"),
        ("| They came in |", "| Lock |", "Lock: twice in the table"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_tables_is_found(before: str, after: str, found: str) -> None:
    assert TEXT.count(before) >= 1
    assert found in "\n".join(problems_of(read_rows(TEXT.replace(before, after))))


def test_no_peer_is_named_twice() -> None:
    named = [row.peer.partition("(")[2] for row in ROWS if "(" in row.peer]
    assert len(set(named)) == len(named) > 1
