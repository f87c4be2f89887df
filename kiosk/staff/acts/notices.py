"""A line for everybody, on Home and on the board, in both languages, until a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len

from db import CheckInStore, Notice
from kiosk.languages.language import Language
from kiosk.languages.showable import is_seen
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import what_of_notice
from kiosk.staff.acts.said_today import NoNotice, SaidToday, until
from kiosk.staff.acts.saying_today import say_today, unread
from kiosk.staff.acts.until import ask_until
from kiosk.staff.asking.entry import LineQuestion

LONGEST = 64
"""Cells: one line at 80 columns, two on the smallest board."""
ABOUT = "everybody"
"""What a notice is about, for what was said here and is not read yet."""


def ask_notice(at: AtDesk) -> None:
    """Ask for the words and until when; of one that stands, whether it is taken down."""
    stands = _stands(at)
    if stands is None:
        _write(at, {}, {})
        return

    def answered(what: str) -> None:
        if what == "away":
            _set(at, {}, None)
        else:
            _write(at, {}, stands.words)

    at.ask(what_of_notice(until(stands.until, at._, at.kiosk.clinic.zone), at._), answered)


def _write(at: AtDesk, words: dict[str, str], before: Mapping[str, str]) -> None:
    """Ask for the words in the next language; `before` stands in the field already."""
    left = [lang for lang in _two(at.kiosk.languages) if lang.tag not in words]
    if left:
        _ask_line(at, left[0], words, before)
    elif said := {tag: text for tag, text in words.items() if is_seen(text)}:
        ask_until(at, at._("Everybody reads it until:"), lambda time: _set(at, said, time))
    else:
        at.say(at._("A notice needs words. Nothing changed."), refused=True)


def _two(languages: Sequence[Language]) -> list[Language]:
    """The clinic's first language, and English or its next one: what most people read."""
    first, *others = languages
    return [first, *sorted(others, key=lambda lang: lang.tag != "en")[:1]]


def _ask_line(at: AtDesk, lang: Language, words: dict[str, str], before: Mapping[str, str]) -> None:
    def typed(text: str) -> None:
        text = text.strip()
        if (cells := cell_len(text)) > LONGEST:
            said = at._("Too long for one line: {n} of {most} letters", n=cells, most=LONGEST)
            at.say(said, refused=True)
            _ask_line(at, lang, words, {**before, lang.tag: text})
        else:
            _write(at, {**words, lang.tag: text}, before)

    line = LineQuestion(
        text=at._("Notice in {language}:", language=lang.own_name),
        enter=at._("next"),
        cancel=at._("cancel"),
        hint=at._("One line on Home and on the board; empty: not in this language"),
        value=before.get(lang.tag, ""),
    )
    at.ask_line(line, typed)


def _set(at: AtDesk, words: Mapping[str, str], time: datetime | None) -> None:
    by = at.desk.account.name

    def write(store: CheckInStore, said: SaidToday) -> SaidToday:
        if isinstance(said, Notice):
            old = store.set_notice(said.words, said.until, by)
        else:
            old = store.set_notice({}, None, by)
        return old if old and old.until > at.kiosk.now() else NoNotice()

    say_today(at, ABOUT, Notice(words, time, by) if time else NoNotice(), write)


def _stands(at: AtDesk) -> Notice | None:
    snapshot = at.queue.snapshot
    match unread(at, ABOUT):
        case Notice() as said:
            return said
        case NoNotice():
            return None
    return snapshot.moment.notice_at(at.kiosk.now()) if snapshot else None
