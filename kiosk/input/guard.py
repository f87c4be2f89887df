"""What counts as a press: held keys do so once, bursts are scans, what is new must be seen first.

Rules over times alone. The screens say what a key means where they stand (`Meaning`); the app says
when a key came and what was on the glass by then.
"""

import re
from collections.abc import Callable
from enum import Enum

HELD = 0.75
"""Seconds without a key until it counts again, where the terminal does not tell that it was let go:
a little more than keyboards wait before they repeat one."""
GAP = 0.03
"""Seconds between two keys below which no hand has typed both on purpose."""
SCAN = 5
"""Keys in such a row that are a scan. Fewer come from hands too, which roll over two or three."""
COMPANY = 0.035
"""Seconds in which what follows a key would have come, if a scanner has sent it."""
MOMENT = 0.001
"""Seconds in which what has come already is heard of: an app may have been busy."""
_CODE = re.compile(r"[A-Za-z][0-9]{3,}[\r\t]?\Z")
"""A ticket's number, which has fewer characters than other codes."""

_WORD = re.compile(r"[^\x00-\x7f]\r\Z")
"""The end of a word that an input method handed over: no hand hits a letter and Enter at once."""


class Kind(Enum):
    """What a terminal tells of a key; most of them do not tell."""

    UNTOLD = 0
    PRESSED = 1
    REPEATED = 2
    RELEASED = 3


class Meaning(Enum):
    """What a key does where it was pressed."""

    MOVES = "the focus, or deletes, or nothing: as often as it comes"
    PAGES = "turns a page: while it is held too, but only where it was pressed"
    TYPES = "a digit in a field: the same"
    TEXT = "text in a field: the same, and an input method may send many at once"
    LEADS = "on from a text: as often as it comes, however fast, wherever it was pressed before"
    LEAVES = "back, start over or help: as often as it comes, but not from a scanner"
    OPENS = "a screen of the lobby, and changes nothing"
    CHANGES = "something at once"
    ANSWERS = "what is asked: not before it could be read"


ONCE = {Meaning.OPENS, Meaning.CHANGES, Meaning.ANSWERS}
"""What a held key does once."""
IN_PLACE = {Meaning.PAGES, Meaning.TYPES, Meaning.TEXT}
"""What it does again only where it did it first."""
AFTER_READING = {Meaning.OPENS, Meaning.ANSWERS}
ALONE = {Meaning.LEAVES, Meaning.CHANGES, Meaning.ANSWERS}
"""What the first key of a scan must not do: it waits until nothing has followed."""


class Verdict(Enum):
    """What becomes of a key."""

    COUNTS = 1
    DROPPED = 2
    WAITS = 3


class Run:
    """A key that is held, or bounces: its times without a pause between."""

    def __init__(self) -> None:
        self.last = 0.0
        self.place: object | None = None
        """Where it was when its first time was judged."""


class Row:
    """Keys that came one right after the other."""

    def __init__(self) -> None:
        self.text = ""
        self.count = 0
        """How many, one that is the same as the one before it left out: that one is held."""
        self.last = 0.0
        self.over = False
        """Whether nothing belongs to it any more."""
        self.place: object | None = None
        """Where its first key was judged."""
        self.take_back: Callable[[], None] = lambda: None
        """How to have its first key undone, where that typed something before it was a scan."""
        self.told = False
        """Whether somebody was told that it was left out."""

    @property
    def is_scan(self) -> bool:
        """Whether no hand typed this."""
        return self.count >= SCAN or bool(_CODE.match(self.text))

    @property
    def ends_a_word(self) -> bool:
        """Whether its last key is the Enter that gave an input method's word, and came with it."""
        return bool(_WORD.search(self.text))


class Stroke:
    """One key as it came; `row` is None for one that no scanner sends."""

    def __init__(self, run: Run, row: Row | None, *, held: bool, first: bool, at: float) -> None:
        self.run = run
        self.row = row
        self.held = held
        """Whether it is the same press as before, or may be."""
        self.first = first
        """Whether no other key came right before it."""
        self.at = at


def patience(row: Row, now: float) -> float:
    """Seconds until a row is over if nothing joins it."""
    return min(COMPANY, max(MOMENT, row.last + COMPANY - now))


class InputGuard:
    """What counts as a press in one terminal. Times are seconds of the app's own clock."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what was pressed."""
        self._runs: dict[str, Run] = {}
        self._row = Row()
        self._key = ""

    def arrived(
        self, key: str, character: str | None, at: float, kind: Kind = Kind.UNTOLD
    ) -> Stroke | None:
        """Note a key by its name and character in the order of arrival; None for its release."""
        if kind is Kind.RELEASED:
            self._runs.pop(key, None)
            return None
        run = self._runs.get(key)
        again = kind is Kind.REPEATED or (
            kind is Kind.UNTOLD and run is not None and at - run.last < HELD
        )
        if run is None or not again:
            run = Run()
            if again:  # where it began is forgotten: nowhere, then
                run.place = run
        run.last = at
        self._runs = {k: r for k, r in self._runs.items() if at - r.last < HELD}
        self._runs[key] = run
        if not character or key == "escape" or kind is Kind.REPEATED:
            return Stroke(run, None, held=again, first=True, at=at)
        return self._in_a_row(run, key, character, again, at)

    def _in_a_row(self, run: Run, key: str, character: str, held: bool, at: float) -> Stroke:
        if self._row.over or not self._row.text or at - self._row.last >= GAP:
            self._row.over = True
            self._row, self._key = Row(), ""
        row, same = self._row, key == self._key
        row.count += not same
        row.text, row.last, self._key = row.text + character, at, key
        return Stroke(run, row, held=held, first=row.count == 1, at=at)

    def judge(
        self,
        stroke: Stroke,
        meaning: Meaning,
        place: object,
        *,
        readable: float | None,
        takes_scans: bool = False,
    ) -> Verdict:
        """What becomes of a key that is next; judged anew after it has waited.

        One that waits is judged anew when its row is over: `patience` says when that is.
        `place` is what stands on the glass; `readable` when it could be read, None if not yet.
        `takes_scans`: a scan that began here is taken as if it were typed.
        """
        if stroke.run.place is None:
            stroke.run.place = place
        if stroke.row:
            verdict = self._among_others(stroke, stroke.row, meaning, place, takes_scans)
            if verdict is not Verdict.COUNTS:
                return verdict
        if stroke.held and (
            meaning in ONCE or (meaning in IN_PLACE and stroke.run.place is not place)
        ):
            return Verdict.DROPPED
        if meaning in AFTER_READING and (readable is None or stroke.at < readable):
            return Verdict.DROPPED
        return Verdict.COUNTS

    def _among_others(
        self, stroke: Stroke, row: Row, meaning: Meaning, place: object, takes: bool
    ) -> Verdict:
        if row.place is None:
            row.place = place
        text = meaning in (Meaning.TEXT, Meaning.LEADS)
        if text or (takes and row.place is place):
            return Verdict.COUNTS
        if row.ends_a_word and not stroke.first:
            row.told = True  # nothing was left out
            return Verdict.DROPPED
        if not row.is_scan:
            alone = meaning in ALONE and row.text.isprintable()  # a scan does not begin with Enter
            if stroke.first and not alone:
                return Verdict.COUNTS
        if not row.over:
            return Verdict.WAITS
        return Verdict.DROPPED if row.is_scan else Verdict.COUNTS
