"""The questions that the keys of the queue screen ask: which room, which service, and so on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from db import CheckIn
from kiosk.content import Service
from kiosk.i18n import Language
from kiosk.staff.header import reception_words
from kiosk.staff.questions import Answer, Question

BACK_IN = (15, 30, 60)
"""Minutes after which reception may say it is back."""
ROUND_TO = 5
"""Minutes: nobody says that they are back at 10:57."""


def which_room(rooms: Sequence[str], seen: CheckIn | None, last: str, lang: Language) -> Question:
    """Where to call somebody, or whoever is next; Enter is the room called to before."""
    text = lang("Call {ticket} to:", ticket=seen.ticket) if seen else lang("Call the next to:")
    usual = Answer(last, lang("Room {room} again", room=last)) if last in rooms else None
    answers = [Answer(room, lang("Room {room}", room=room)) for room in rooms]
    return _question(text, answers, lang, usual)


def which_service(services: Sequence[Service], ticket: str, lang: Language) -> Question:
    """What to move a ticket to."""
    answers = [Answer(service.slug, lang.pick(service.title)) for service in services]
    return _question(lang("Move {ticket} to:", ticket=ticket), answers, lang)


def which_state(lang: Language) -> Question:
    """Whether reception takes people."""
    answers = [Answer(state, word) for state, word in reception_words(lang).items()]
    return _question(lang("Reception is:"), answers, lang)


def back_when(now: datetime, lang: Language) -> Question:
    """When reception is back: round times, or "" for Enter."""
    answers = []
    for minutes in BACK_IN:
        back = now + timedelta(minutes=minutes)
        back += timedelta(minutes=-back.minute % ROUND_TO)
        answers.append(Answer(lang.clock(back), lang.clock(back)))
    return _question(lang("Back at:"), answers, lang, Answer("", lang("do not say")))


def _question(
    text: str, answers: Sequence[Answer], lang: Language, usual: Answer | None = None
) -> Question:
    return Question(
        text=text,
        answers=tuple(answers),
        usual=usual,
        cancel=lang("cancel"),
        more=lang("more"),
    )
