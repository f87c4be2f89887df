"""What counts as a press, by the times keys arrived at alone."""

from itertools import pairwise

import pytest

from kiosk.input.guard import (
    COMPANY,
    GAP,
    HELD,
    MOMENT,
    SCAN,
    InputGuard,
    Kind,
    Meaning,
    Row,
    Verdict,
    patience,
)

HERE, THERE = object(), object()
ONCE = (Meaning.OPENS, Meaning.CHANGES, Meaning.ANSWERS)
OFTEN = (Meaning.MOVES, Meaning.LEADS, Meaning.LEAVES)
IN_PLACE = (Meaning.PAGES, Meaning.TYPES, Meaning.TEXT)


class Keys:
    """Keys given to a guard one by one, each judged when nothing can follow it any more."""

    def __init__(self) -> None:
        self.guard = InputGuard()

    def __call__(
        self,
        key: str,
        at: float,
        meaning: Meaning = Meaning.ANSWERS,
        *,
        kind: Kind = Kind.UNTOLD,
        place: object = HERE,
        readable: float | None = float("-inf"),
    ) -> bool:
        """Whether it counts."""
        stroke = self.guard.arrived(key, key if len(key) == 1 else None, at, kind)
        if stroke is None:
            return False
        if stroke.row:
            stroke.row.over = True
        verdict = self.guard.judge(stroke, meaning, place, readable=readable)
        assert verdict is not Verdict.WAITS
        return verdict is Verdict.COUNTS


@pytest.fixture
def key() -> Keys:
    return Keys()


# A key that is held


@pytest.mark.parametrize("meaning", ONCE)
def test_a_held_key_acts_once_where_nobody_tells_that_it_is_held(
    key: Keys, meaning: Meaning
) -> None:
    times = [0.0, 0.66, *(0.7 + n * 0.04 for n in range(50))]
    assert [key("1", at, meaning) for at in times] == [True] + [False] * 51
    assert not key("1", times[-1] + HELD - 0.01, meaning)
    assert key("1", times[-1] + 2 * HELD, meaning)


def test_a_held_key_acts_once_though_another_comes_between(key: Keys) -> None:
    assert [key(k, at) for k, at in (("1", 0.0), ("2", 0.1), ("1", 0.2))] == [True, True, False]


@pytest.mark.parametrize("meaning", OFTEN)
def test_what_moves_and_leaves_comes_as_often_as_one_holds_it(key: Keys, meaning: Meaning) -> None:
    assert all(key("left", n * 0.04, meaning, place=object()) for n in range(9))


@pytest.mark.parametrize("meaning", IN_PLACE)
def test_what_types_and_turns_pages_goes_on_only_where_it_began(
    key: Keys, meaning: Meaning
) -> None:
    assert all(key("f5", n * 0.04, meaning) for n in range(9))
    assert not key("f5", 0.4, meaning, place=THERE)
    assert not key("f5", 0.5, meaning, place=THERE)


def test_where_a_terminal_tells_presses_count_as_fast_as_they_come_and_repeats_do_not(
    key: Keys,
) -> None:
    assert key("1", 0.0, kind=Kind.PRESSED)
    assert not key("1", 0.5, kind=Kind.REPEATED)
    assert not key("1", 5.0, kind=Kind.REPEATED)
    assert not key("1", 5.01, kind=Kind.RELEASED)
    assert key("1", 5.05, kind=Kind.PRESSED)


def test_a_key_that_was_let_go_counts_again_though_its_presses_are_not_told(key: Keys) -> None:
    assert key("f5", 0.0, Meaning.CHANGES)
    assert not key("f5", 0.1, Meaning.CHANGES, kind=Kind.REPEATED)
    key("f5", 0.2, kind=Kind.RELEASED)
    assert key("f5", 0.3, Meaning.CHANGES)


def test_a_repeat_of_a_key_whose_beginning_nobody_saw_types_nothing(key: Keys) -> None:
    assert not key("1", 0.0, Meaning.TYPES, kind=Kind.REPEATED)


def test_nothing_of_what_was_pressed_is_kept(key: Keys) -> None:
    for at, char in enumerate("Xylophonia"):
        key(char, float(at), Meaning.TEXT)
    assert len(key.guard._runs) == 1
    key.guard.forget()
    assert not key.guard._runs
    assert not key.guard._row.text


# What could not be read yet


@pytest.mark.parametrize("meaning", list(Meaning))
def test_only_what_was_seen_is_answered_by_a_key_that_arrived_after_it(
    key: Keys, meaning: Meaning
) -> None:
    waits = meaning in (Meaning.OPENS, Meaning.ANSWERS)
    assert key("1", 1.0, meaning, readable=None) is not waits
    assert key("2", 2.0, meaning, readable=2.001) is not waits
    assert key("3", 3.0, meaning, readable=3.0)


# A scan


def row_of(gaps: float, text: str = "690123456789") -> list[tuple[str, float]]:
    return [(char, n * gaps) for n, char in enumerate(text)]


class Scanner:
    """Keys of one row, all arrived, then judged in turn."""

    def __init__(self, keys: list[tuple[str, float]]) -> None:
        self.guard = InputGuard()
        self.strokes = [self.guard.arrived(key, key, at) for key, at in keys]

    def judged(self, *meanings: Meaning, takes: bool = False, place: object = HERE) -> list[str]:
        """What becomes of each; the last meaning goes for all that follow."""
        rest = len(self.strokes) - len(meanings)
        of_each = [*meanings, *[meanings[-1]] * rest]
        for stroke in self.strokes:
            assert stroke
            assert stroke.row
            stroke.row.over = True
        return [
            self.guard.judge(stroke, meaning, place, readable=float("-inf"), takes_scans=takes).name
            for stroke, meaning in zip(self.strokes, of_each, strict=True)
            if stroke
        ]


@pytest.mark.parametrize("gap", [0.0, 0.002, 0.008, 0.016, GAP - 0.001])
@pytest.mark.parametrize("meaning", [m for m in Meaning if m not in (Meaning.TEXT, Meaning.LEADS)])
def test_five_keys_that_no_hand_could_type_are_all_left_out(gap: float, meaning: Meaning) -> None:
    keys = row_of(gap)
    assert set(Scanner(keys[:SCAN]).judged(meaning)) == {"DROPPED"}
    assert set(Scanner(keys).judged(meaning)) == {"DROPPED"}


def test_four_keys_come_from_hands_too() -> None:
    assert set(Scanner(row_of(0.0)[: SCAN - 1]).judged(Meaning.MOVES)) == {"COUNTS"}


def test_keys_as_far_apart_as_hands_type_are_no_scan() -> None:
    assert set(Scanner(row_of(GAP + 0.001, "0123456789")).judged(Meaning.ANSWERS)) == {"COUNTS"}


def test_a_held_key_is_no_scan_however_fast_it_repeats() -> None:
    held = [("\t", n * 0.01) for n in range(99)]
    assert set(Scanner(held).judged(Meaning.MOVES)) == {"COUNTS"}


def test_a_code_in_which_a_character_comes_twice_is_a_scan_all_the_same() -> None:
    assert set(Scanner(row_of(0.001, "40063813")).judged(Meaning.OPENS)) == {"DROPPED"}


@pytest.mark.parametrize("code", ["A012", "a012\r", "B1234"])
def test_a_tickets_code_is_a_scan_though_it_is_short(code: str) -> None:
    assert set(Scanner(row_of(0.01, code)).judged(Meaning.CHANGES)) == {"DROPPED"}


def test_text_is_taken_as_it_comes_and_what_ends_it_is_not() -> None:
    text = row_of(0.0, "Xiaoming")
    verdicts = Scanner([*text, ("\r", 0.0)]).judged(*[Meaning.TEXT] * 8, Meaning.ANSWERS)
    assert verdicts == ["COUNTS"] * 8 + ["DROPPED"]


def test_a_scan_is_taken_as_typed_where_it_began_and_nowhere_else() -> None:
    scanner = Scanner(row_of(0.001))
    assert scanner.judged(Meaning.TYPES, takes=True)[:3] == ["COUNTS"] * 3
    assert set(scanner.judged(Meaning.TYPES, takes=True, place=THERE)) == {"DROPPED"}


def one(meaning: Meaning, key: str = "1", *, over: bool = False) -> Verdict:
    guard = InputGuard()
    stroke = guard.arrived(key, key, 0.0)
    assert stroke
    assert stroke.row
    stroke.row.over = over
    return guard.judge(stroke, meaning, HERE, readable=float("-inf"))


def test_what_changes_something_waits_for_company_and_what_opens_or_types_does_not() -> None:
    waits = {m for m in Meaning if one(m) is Verdict.WAITS}
    assert waits == {Meaning.LEAVES, Meaning.CHANGES, Meaning.ANSWERS}
    assert all(one(m, over=True) is Verdict.COUNTS for m in Meaning)
    assert one(Meaning.ANSWERS, "\r") is Verdict.COUNTS  # no scan begins with Enter


def test_what_follows_at_once_waits_until_the_row_is_over() -> None:
    guard = InputGuard()
    strokes = [guard.arrived(k, k, at) for k, at in (("1", 0.0), ("2", 0.02))]
    verdicts = [guard.judge(s, Meaning.MOVES, HERE, readable=0.0) for s in strokes if s]
    assert verdicts == [Verdict.COUNTS, Verdict.WAITS]
    (_first, second) = strokes
    assert second
    assert second.row
    second.row.over = True
    assert guard.judge(second, Meaning.MOVES, HERE, readable=0.0) is Verdict.COUNTS


def test_the_wait_is_for_what_would_come_after_the_last_and_for_what_has_come() -> None:
    row = Row()
    row.last = 10.0
    assert patience(row, 10.0) == pytest.approx(COMPANY)
    assert patience(row, 10.02) == pytest.approx(COMPANY - 0.02)
    assert patience(row, 99.0) == MOMENT
    assert patience(row, 0.0) == COMPANY


def test_what_comes_after_a_row_is_over_is_another(key: Keys) -> None:
    first, second = key.guard.arrived("1", "1", 0.0), key.guard.arrived("2", "2", 0.01)
    assert first
    assert second
    assert first.row
    assert first.row is second.row
    first.row.over = True
    third = key.guard.arrived("3", "3", 0.02)
    assert third
    assert third.row is not first.row


def test_the_times_are_in_order() -> None:
    assert all(a < b for a, b in pairwise((GAP, COMPANY, HELD)))
