"""The questions that the keys of the queue screen ask: which room, which service, and so on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from db import CheckIn
from kiosk.content.clinic import Service
from kiosk.languages.language import Language
from kiosk.languages.place_names import place_text
from kiosk.languages.room_names import room_text
from kiosk.staff.asking.questions import Answer, Question
from kiosk.staff.seen.staff_words import reception_words

BACK_IN = (15, 30, 45, 60, 90, 120)
"""Minutes after which reception may say it is back."""
ROUND_TO = 5
"""Minutes: nobody says that they are back at 10:57."""
UNSAID = "unsaid"
"""The answer that leaves open until when."""


def which_room(rooms: Sequence[str], seen: CheckIn | None, last: str, lang: Language) -> Question:
    """Where to call somebody, or whoever is next; Enter is the room of before, `last`."""
    text = lang("Call {ticket} to:", ticket=seen.ticket) if seen else lang("Call the next to:")
    again = lang("{room} again", room=room_text(last, lang))
    usual = Answer(last, again) if last in rooms else None
    answers = [Answer(room, room_text(room, lang)) for room in rooms]
    return _question(text, answers, lang, usual)


def which_other_room(
    rooms: Sequence[str], seen: CheckIn, taken: Mapping[str, Sequence[CheckIn]], lang: Language
) -> Question:
    """Where to send somebody; `taken`: by room, those who are there already or called to it."""

    def words(room: str) -> str:
        named = room_text(room, lang)
        tickets = " ".join(one.ticket for one in taken.get(room, ()))
        return lang("{room}, to {ticket}", room=named, ticket=tickets) if tickets else named

    answers = [Answer(room, words(room)) for room in rooms]
    return _question(lang("Send {ticket} to:", ticket=seen.ticket), answers, lang)


def which_place(places: Sequence[str], seen: CheckIn, lang: Language) -> Question:
    """Where to send somebody who comes back."""
    answers = [Answer(place, place_text(place, lang)) for place in places]
    return _question(lang("Send {ticket} to:", ticket=seen.ticket), answers, lang)


def why_reopen(seen: CheckIn, room: str, inside: str, lang: Language) -> Question:
    """Why a visit goes on; `inside` is the ticket of who is in their `room` meanwhile."""
    mistake = lang("Ended by mistake: all as before")
    if inside:
        there = room_text(room, lang)
        mistake = lang("Ended by mistake: in {room}, to {ticket}", room=there, ticket=inside)
    answers = [
        Answer("mistake", mistake),
        Answer("back", lang("Has come back: waits, first in line")),
    ]
    return _question(lang("Reopen {ticket}, why?", ticket=seen.ticket), answers, lang)


def what_became_of(
    absent: CheckIn,
    recall_limit: int,
    lang: Language,
    instead: CheckIn | None = None,
    *,
    moves: bool = False,
) -> Question:
    """What to do with one who was called and has not come in; Enter never means anything.

    `instead` is who is to be called to the same room, where that is somebody in particular; or
    `moves` there.
    """
    room = room_text(absent.room or "", lang)
    text = lang.plural(
        "{ticket} was called to {room} and has not come in:",
        "{ticket} was called {n}x to {room} and has not come in:",
        absent.calls,
        ticket=absent.ticket,
        room=room,
    )
    answers = [
        Answer("no_show", lang("No-show")),
        Answer("put_back", lang("Put back in the queue")),
    ]
    if may_recall(absent, recall_limit):
        answers.append(Answer("recall", lang("Call again")))
    answers.append(Answer("begin", lang("Came in after all")))
    if instead is not None:
        words = lang("Send {ticket} there too") if moves else lang("Call {ticket} there too")
        answers.append(Answer("both", words.format(ticket=instead.ticket)))
    return _question(text, answers, lang)


def who_stays(
    inside: Sequence[CheckIn], seen: CheckIn, room: str, lang: Language, *, moves: bool = False
) -> Question:
    """Whether whoever is in a room is done when somebody else is called or `moves` there.

    Enter: they are.
    """
    tickets, place = " ".join(one.ticket for one in inside), room_text(room, lang)
    words = (
        lang("{tickets} in {room}. Send {ticket} there:")
        if moves
        else lang("{tickets} in {room}. Call {ticket} there:")
    )
    text = words.format(tickets=tickets, room=place, ticket=seen.ticket)
    done = Answer(
        "done", lang.plural("{tickets} is done", "{tickets} are done", len(inside), tickets=tickets)
    )
    return _question(text, [done, Answer("both", lang("Both stay in the room"))], lang, done)


def may_recall(called: CheckIn, recall_limit: int) -> bool:
    """Whether one who was called may be called once more; the first call does not count."""
    return called.calls - 1 < recall_limit


def which_service(services: Sequence[Service], text: str, lang: Language) -> Question:
    """What somebody is for."""
    answers = [Answer(service.slug, lang.pick(service.title)) for service in services]
    return _question(text, answers, lang)


def which_stays(seen: CheckIn, others: Sequence[Answer], lang: Language) -> Question:
    """Which of the likely other tickets of somebody stays; Enter is none of them."""
    text = lang("{ticket} is a duplicate. Ticket that stays:", ticket=seen.ticket)
    return _question(text, [*others, Answer("", lang("Another ticket"))], lang)


def really_merge(duplicate: str, stays: str, lang: Language) -> Question:
    """Asked before the one thing that cannot be taken back; Enter does not answer it."""
    text = lang("{ticket} goes into {stays}, for good:", ticket=duplicate, stays=stays)
    return _question(text, [Answer("merge", lang("Merge them"))], lang)


def really_erase(ticket: str, lang: Language) -> Question:
    """Asked before name and phone are destroyed; Enter does not answer it."""
    text = lang("Name and phone of {ticket} are erased, for good:", ticket=ticket)
    return _question(text, [Answer("erase", lang("Erase them"))], lang)


def really_take_back(by: str, what: str, time: str, lang: Language) -> Question:
    """Asked before what somebody else did, or what was done before this session."""
    text = lang("Take back: {who}, {what}, {time}?", who=by, what=what, time=time)
    return _question(text, [Answer("yes", lang("Take it back"))], lang)


def save_after_all(meanwhile: str, lang: Language) -> Question:
    """Asked when a colleague changed somebody while something was typed for them."""
    text = lang("{meanwhile}. Your text is kept:", meanwhile=meanwhile)
    save = Answer("save", lang("Save it"))
    return Question(
        text=text, answers=(save,), usual=save, cancel=lang("drop it"), more=lang("more")
    )


def really_drop(lang: Language) -> Question:
    """Asked before a form is closed in which something was typed; Enter does not answer it."""
    return Question(
        text=lang("What you typed is dropped:"),
        answers=(Answer("drop", lang("Drop it")),),
        cancel=lang("go on typing"),
        more=lang("more"),
    )


def which_booking(seen: CheckIn, answers: Sequence[Answer], lang: Language) -> Question:
    """Which of today's list somebody is; Enter answers nothing."""
    return _question(lang("Appointment of {ticket}:", ticket=seen.ticket), answers, lang)


def which_ticket(time: str, answers: Sequence[Answer], lang: Language) -> Question:
    """Which ticket somebody of today's list has already; Enter is the first."""
    text = lang("Booked at {time}. Here already as:", time=time)
    return _question(text, answers, lang, answers[0])


def which_part(parts: Mapping[str, str], lang: Language) -> Question:
    """Which part of the day to show; Enter is everyone who is here."""
    answers = [Answer(part, word) for part, word in parts.items()]
    return _question(lang("Show:"), answers[1:], lang, answers[0])


def which_state(lang: Language) -> Question:
    """Whether reception takes people."""
    answers = [Answer(state, word) for state, word in reception_words(lang).items()]
    return _question(lang("Reception is:"), answers, lang)


def round_times(now: datetime) -> list[datetime]:
    """The times until which something lasts that begins now, as people say them."""
    times = [now + timedelta(minutes=minutes) for minutes in BACK_IN]
    return [time + timedelta(minutes=-time.minute % ROUND_TO) for time in times]


def times_of_today(now: datetime) -> list[datetime]:
    """Those of them before midnight."""
    return [time for time in round_times(now) if time.date() == now.date()]


def until_when(
    text: str, times: Sequence[datetime], lang: Language, *, open_ended: bool = False
) -> Question:
    """Until when: the place of a time among these, or "" for one that is typed.

    With `open_ended` Enter does not say until when, which is UNSAID.
    """
    answers = [Answer(f"at {n}", lang.clock(time)) for n, time in enumerate(times)]
    usual = Answer(UNSAID, lang("do not say")) if open_ended else None
    return _question(text, [*answers, Answer("", lang("Another time"))], lang, usual)


def which_break(rooms: Sequence[str], paused: Collection[str], lang: Language) -> Question:
    """Which room has a break, or goes on."""

    def words(room: str) -> str:
        named = room_text(room, lang)
        return lang("{room} goes on", room=named) if room in paused else named

    answers = [Answer(room, words(room)) for room in rooms]
    return _question(lang("Break of:"), answers, lang)


def who_is_away(names: Sequence[str], away: Collection[str], lang: Language) -> Question:
    """Who is away today, or is here after all."""
    answers = [
        Answer(name, lang("{name} is here after all", name=name) if name in away else name)
        for name in names
    ]
    return _question(lang("Away today:"), answers, lang)


def what_of_notice(time: str, lang: Language) -> Question:
    """What to do with the line that everybody reads until a time."""
    answers = [Answer("away", lang("Take it down")), Answer("another", lang("Write another one"))]
    return _question(lang("There is a notice until {time}:", time=time), answers, lang)


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
