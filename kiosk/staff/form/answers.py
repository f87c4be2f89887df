"""What may be chosen in a field, each with its digit, and what is said of the choice; pure."""

from collections.abc import Sequence

from db import Whom
from kiosk.languages.language import OWN_NAMES, Language
from kiosk.staff.asking.questions import MORE_KEY, PAGE, Answer, Question
from kiosk.staff.form.form_fields import NO, YES, Field, Filled, Form
from kiosk.staff.seen.rows import View
from kiosk.staff.seen.snapshot import Snapshot

NONE_KEY = "0"
"""Leaves a field open."""


def answers(field: Field, form: Form, view: View, snapshot: Snapshot) -> tuple[Answer, ...]:
    """What may be chosen in a field; the first leaves it open, where its value is ""."""
    lang, given = view.lang, form.given.of(field)
    yes_or_no = (Answer(YES, lang("Yes")), Answer(NO, lang("No")))
    match field:
        case Field.SERVICE:
            titles = {one.slug: lang.pick(one.title) for one in view.clinic.services}
            return _with_given({"": lang("Not sure")} | titles, given)
        case Field.PRACTITIONER:
            away = snapshot.moment.away
            names = {
                one.name: lang("{name}, away today", name=one.name)
                if one.name in away
                else one.name
                for one in view.clinic.practitioners
            }
            return _with_given({"": lang("Nobody in particular")} | names, given)
        case Field.WHOM:
            words = {
                Whom.oneself.value: lang("Themselves"),
                Whom.child.value: lang("A child"),
                Whom.companion.value: lang("A companion"),
            }
            return _with_given(words, given)
        case Field.FIRST_VISIT:
            return (Answer("", lang("Not asked")), *yes_or_no)
        case Field.LANGUAGE:
            names = {tag: OWN_NAMES.get(tag, tag) for tag in view.clinic.languages}
            return _with_given(names, given)
    return yes_or_no


def _with_given(words: dict[str, str], given: str) -> tuple[Answer, ...]:
    """These, and what stands there although the clinic has it no more."""
    known = words if not given or given in words else words | {given: given}
    return tuple(Answer(*word) for word in known.items())


def page_of(choice: Sequence[Answer], number: int, lang: Language) -> list[tuple[str, Answer]]:
    """The answers of a page (from 0), each with its digit; 0 leaves open, 9 turns the page."""
    open_, named = _parted(choice)
    question = _question(named)
    page = question.page(number)
    if question.pages > 1:
        turn = Answer(MORE_KEY, f"{lang('more')} {number + 1}/{question.pages}")
        page = [*page, (MORE_KEY, turn)]
    return [*((NONE_KEY, one) for one in open_), *page]


def pages(choice: Sequence[Answer]) -> int:
    """How many pages the answers take."""
    return _question(_parted(choice)[1]).pages


def page_with(choice: Sequence[Answer], value: str) -> int:
    """The page on which an answer stands."""
    named = _parted(choice)[1]
    place = next((at for at, one in enumerate(named) if one.value == value), 0)
    return place // PAGE if _question(named).pages > 1 else 0


def _parted(choice: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    return [one for one in choice if not one.value], [one for one in choice if one.value]


def _question(named: Sequence[Answer]) -> Question:
    return Question(text="", answers=tuple(named), cancel="", more="")


def beside(choice: Sequence[Answer], value: str, by: int) -> str:
    """The answer so many places further, round and round."""
    values = [one.value for one in choice]
    at = values.index(value) if value in values else 0
    return values[(at + by) % len(values)]


def word_of(field: Field, filled: Filled, choice: Sequence[Answer]) -> str:
    """What is chosen, in words."""
    return next((one.label for one in choice if one.value == filled.of(field)), "")
