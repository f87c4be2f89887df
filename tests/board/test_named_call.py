"""A ticket over a room's name: how high each of them is, and what stands beside."""

import pytest

from kiosk.board.named_call import named_call
from kiosk.typesetting.lettering import in_rows, lettered

CALLING = (("Now calling",), ("10:42",), ("5 people waiting",))
# The panel of a board, and half rows of a room's number there: 40x12, 80x24, 120x36, 200x60.
PANELS = [((38, 11), 10), ((76, 21), 20), ((116, 31), 30), ((196, 48), 50)]
UPPER, LOWER = "▘▀▌▚▛▜▙█", "▖▌▞▛▄▙▟█"
ELEVEN = "HHHHHHHHHHH"
"""As long as Acupuncture, and every letter with straight stems."""


def stems(rows: list[str]) -> list[int]:
    """Half rows of what stands in the first column, one after another."""
    column = min(len(row) - len(row.lstrip()) for row in rows if row.strip())
    runs = [0]
    for row in rows:
        for signs in (UPPER, LOWER):
            if row[column : column + 1] and row[column] in signs:
                runs[-1] += 1
            elif runs[-1]:
                runs.append(0)
    return [run for run in runs if run]


@pytest.mark.parametrize(("panel", "number"), PANELS)
def test_a_name_of_eleven_letters_is_as_high_as_a_number_and_its_ticket_nearly(
    panel: tuple[int, int], number: int
) -> None:
    rows = named_call("H012", ELEVEN, CALLING, *panel)
    ticket, name = stems(rows)
    assert name >= number
    assert ticket >= 0.75 * name
    assert len(rows) <= panel[1]


@pytest.mark.parametrize(("panel", "number"), PANELS)
def test_three_chinese_characters_are_as_high_as_a_number_and_their_ticket_at_least_half(
    panel: tuple[int, int], number: int
) -> None:
    rows = named_call("H012", "针灸室", CALLING, *panel)
    ticket = stems(rows)[0]
    drawn = in_rows(lettered("针灸室", panel[0], 2 * len(rows) - ticket))
    assert 2 * len(drawn) >= 0.95 * number
    assert [row.strip() for row in rows[-1:]] == [row.strip() for row in drawn[-1:]]
    assert ticket >= number / 2
    assert len(rows) <= panel[1]


def test_what_stands_beside_the_ticket_is_whole_or_is_not_there() -> None:
    rows = named_call("A012", "Lab", CALLING, 38, 11)
    assert any(row.endswith("  Now") for row in rows)
    assert any(row.endswith("  calling") for row in rows)
    assert any(row.endswith("  10:42") for row in rows)
    assert not any("people" in row for row in rows), "it has three lines, and there is none left"
    assert any("5 people waiting" in row for row in named_call("A012", "Lab", CALLING, 116, 31))


def test_where_there_is_no_room_for_both_there_is_nothing() -> None:
    assert named_call("A012", "针灸室", CALLING, 38, 7) == []
    assert named_call("A012", "针灸室", CALLING, 20, 11) == []
