"""What the table says of each check-in, in words: pure functions from a Snapshot to rows."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Self

import msgspec
from rich.cells import cell_len, set_cell_size

from db import OPEN, CheckIn, Person, Status
from kiosk.content.clinic import Clinic
from kiosk.languages.language import Language
from kiosk.languages.place_names import since_mark
from kiosk.languages.room_names import room_mark
from kiosk.settings import Settings
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.widgets.host import Kiosk


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table, as text that may be too long for its column."""

    ticket: str
    name: str
    service: str
    appointment: str
    wait: str
    status: str
    flags: tuple[str, ...]
    urgent: bool
    late: bool
    quiet: bool
    """Whether they just wait, and are not next."""
    called: bool
    gone: bool


class Counts(msgspec.Struct, frozen=True):
    """How many people stand where; `longest` is the longest wait in whole minutes."""

    waiting: int
    called: int
    in_service: int
    parked: int
    done: int
    longest: int
    late: bool
    """Whether anybody has waited for longer than they should."""
    lab_only: bool = True
    """Whether those who are parked can be at the laboratory only."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How the staff at this terminal look at the queue."""

    lang: Language
    clinic: Clinic
    now: datetime
    settings: Settings
    names_hidden: bool = False
    room: str = ""
    """Where whoever looks sees people; empty at the desk."""

    @classmethod
    def at(cls, kiosk: Kiosk, *, names_hidden: bool = False, room: str = "") -> Self:
        """How they look at it now."""
        return cls(
            lang=kiosk.language,
            clinic=kiosk.clinic,
            now=kiosk.now(),
            settings=kiosk.settings,
            names_hidden=names_hidden,
            room=room,
        )

    @property
    def services(self) -> tuple[str, ...]:
        """What is offered where one looks from; empty: everything."""
        return next((r.services for r in self.settings.rooms if r.name == self.room), ())

    def is_late(self, check_in: CheckIn, snapshot: Snapshot) -> bool:
        """Whether somebody has waited for as long as rings the alarm of their service."""
        alarm = self.settings.wait_alarms.get(check_in.service, self.settings.wait_alarm_minutes)
        waiting = check_in.status is Status.waiting
        return waiting and snapshot.minutes_waited(check_in, self.now) >= alarm


def counts(snapshot: Snapshot, view: View) -> Counts:
    """How many of today's people stand where."""
    stand = [check_in.status for check_in in snapshot.today]
    waiting = [c for c in snapshot.open if c.status is Status.waiting]
    return Counts(
        waiting=len(waiting),
        called=stand.count(Status.called),
        in_service=stand.count(Status.in_service),
        parked=stand.count(Status.parked),
        done=stand.count(Status.done),
        longest=max((snapshot.minutes_waited(c, view.now) for c in waiting), default=0),
        late=any(view.is_late(c, snapshot) for c in waiting),
        lab_only=view.settings.lab_only,
    )


def notes_of_today(snapshot: Snapshot, view: View, own: str = "") -> list[str]:
    """What holds for now: breaks, one's `own` room first, who is away, a line for everybody."""
    paused = snapshot.paused(view.now)
    breaks = [
        view.lang(
            "{room} break until {time}",
            room=room_mark(room, view.lang),
            time=view.lang.clock(paused[room].astimezone(view.now.tzinfo)),
        )
        for room in sorted(paused, key=lambda room: (room != own, room))
    ]
    away = [view.lang("{name} is away", name=name) for name in snapshot.moment.away]
    notices = []
    if notice := snapshot.moment.notice_at(view.now):
        time = view.lang.clock(notice.until.astimezone(view.now.tzinfo))
        notices.append(view.lang("notice until {time}", time=time))
    return [*breaks, *away, *notices]


class Standing(msgspec.Struct, frozen=True):
    """Who stands where at one moment, sorted and counted once for whatever part is shown of it."""

    here: list[CheckIn]
    """Those who are here, in the order of the table."""
    counts: Counts


def standing(snapshot: Snapshot, view: View) -> Standing:
    """How the queue stands as it is seen at this terminal now."""
    return Standing(list(snapshot.open), counts(snapshot, view))


def row(check_in: CheckIn, snapshot: Snapshot, view: View) -> Row:
    """The line of a check-in."""
    queued = check_in.status in (Status.waiting, Status.called)
    late = view.is_late(check_in, snapshot)
    return Row(
        ticket=check_in.ticket,
        name=name_text(snapshot.people.get(check_in.id), view),
        service=service_text(check_in, view),
        appointment=(check_in.appointment_time or view.lang("yes")) if check_in.appointment else "",
        wait=str(snapshot.minutes_waited(check_in, view.now)) if queued else "",
        status=_status(check_in, snapshot, view),
        flags=tuple(_flags(check_in, snapshot, view, late)),
        urgent=check_in.urgent and queued,
        late=late,
        quiet=check_in.status is Status.waiting and check_in.id != snapshot.next_for(view.services),
        called=check_in.status is Status.called,
        gone=check_in.status not in OPEN,
    )


def name_text(person: Person | None, view: View) -> str:
    """The name as it may be shown: literally, without anything that has no width of its own."""
    lang = view.lang
    if view.names_hidden:
        return lang("(hidden)")
    if person is None:
        return lang("(sealed)")
    return printable(person.name) or lang("(not given)")


def service_text(check_in: CheckIn, view: View) -> str:
    """The service in the reader's language; its slug where content/ does not know it."""
    if not check_in.service:
        return view.lang("Not sure")
    service = view.clinic.service(check_in.service)
    return view.lang.pick(service.title) if service else check_in.service


def _status(check_in: CheckIn, snapshot: Snapshot, view: View) -> str:
    lang, room = view.lang, room_mark(check_in.room or "", view.lang)
    match check_in.status:
        case Status.called if check_in.calls > 1:
            return lang("called {room} {n}x", room=room, n=check_in.calls)
        case Status.called:
            return lang("called {room}", room=room)
        case Status.in_service:
            spent = minutes(check_in.began_at, view.now)
            return lang("in {room} {n} min", room=room, n=spent)
        case Status.parked:
            since = snapshot.parked_at.get(check_in.number, view.now)
            time = lang.clock(since.astimezone(view.now.tzinfo))
            return since_mark(snapshot.parked_to.get(check_in.number, ""), time, lang)
    if check_in.status is Status.waiting:
        is_next = check_in.id == snapshot.next_for(view.services)
        return lang("next in line") if is_next else lang("waiting")
    ended = check_in.ended_at
    time = lang.clock(ended.astimezone(view.now.tzinfo)) if ended else ""
    words = {
        Status.done: lang("done {time}", time=time),
        Status.no_show: lang("no-show {time}", time=time),
        Status.left: lang("left {time}", time=time),
    }
    return words.get(check_in.status, lang("void"))


def _flags(check_in: CheckIn, snapshot: Snapshot, view: View, late: bool) -> Iterable[str]:
    """What staff should notice, the most important first: a narrow column cuts the rest."""
    lang = view.lang
    if check_in.urgent:
        yield lang("URGENT")
    if late:
        yield lang("LATE")
    if check_in.status is Status.called and (ago := minutes(check_in.called_at, view.now)):
        yield lang("{n} min ago", n=ago)
    if check_in.status is Status.parked:
        yield lang("back=first")
    if missed := calls_missed(check_in):
        yield lang("missed {n}x", n=missed)
    if check_in.priority > 0:
        yield lang("first")
    if room := room_before(check_in, snapshot):
        yield room_mark(room, lang)
    if check_in.first_visit:
        yield lang("new")
    if check_in.due_at:
        yield lang("confirmed")
    elif check_in.appointment:
        yield lang("appt")
    first = view.clinic.languages[0]
    if check_in.language != first:
        spoken, _, script = check_in.language.partition("-")
        yield check_in.language if script and spoken == first.partition("-")[0] else spoken
    if family := snapshot.families.get(check_in.id):
        yield lang("family {n}/{of}", n=family[0], of=family[1])
    elif check_in.same_phone_as:
        yield f"={check_in.same_phone_as}"


def calls_missed(check_in: CheckIn) -> int:
    """How many calls somebody who is not called now has not answered."""
    away = check_in.status in (Status.waiting, Status.parked)
    return check_in.calls if away and check_in.began_at is None else 0


def room_before(check_in: CheckIn, snapshot: Snapshot) -> str:
    """The room from which somebody went to the laboratory, until they are called to one again."""
    away = check_in.status in (Status.parked, Status.waiting)
    return snapshot.seen_in.get(check_in.number, "") if away else ""


def minutes(since: datetime | None, now: datetime) -> int:
    """Whole minutes from one moment to another, never below 0."""
    return max(0, int((now - since).total_seconds() // 60)) if since else 0


def printable(text: str) -> str:
    """The text without invisible format characters; what cannot be shown becomes "?"."""
    kept = (char for char in text if unicodedata.category(char) != "Cf")
    return "".join(char if char.isprintable() else "?" for char in kept)


def fit(text: str, cells: int) -> str:
    """As much of the text as goes into so many cells; where it is cut it says that it goes on."""
    cells = max(0, cells)
    if cell_len(text) <= cells:
        return text.rstrip()
    shown, more = (cells - 2, "..") if cells > 4 else (cells, "")
    return set_cell_size(text, shown).rstrip() + more


def fit_words(words: Iterable[str], cells: int) -> str:
    """Words with a space between, the last ones left out where they do not fit."""
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if set_cell_size(longer, cells).rstrip() != longer:
            break
        line = longer
    return line or fit(next(iter(words), ""), cells)
