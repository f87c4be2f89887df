"""A clinic's day as the people in it live it: what they press, and what they have to see then."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.patient import Patient
from benchmarks.terminals import (
    PATIENCE,
    Terminal,
    drawn,
    has_alert,
    is_drawn,
    row_of,
    see,
    select,
    table,
    until,
    write,
)
from kiosk.typesetting.block import block_rows

RECALLS = 3
"""Calls of one ticket; the staff's program asks what became of them after so many."""
MOST_WAITING = 7
"""People waiting at most: with those inside, all of them stand on one screen."""
NOBODY = "nobody yet"
"""What an alert says until somebody goes."""
TO_READ = 1.3
"""Seconds a person reads a question that a held key must not answer."""
TRIES = 5
"""Times that a phone number is typed at most."""
HOME = "Read while you wait"
WAITING, NEXT, CALLED, INSIDE, AT_LAB = "waiting", "next in line", "called R", "in R", "lab "
"""What the staff's table says of those still here."""


@dataclass
class Day:
    """The clinic, as the people in it know it."""

    lobby: Terminal
    board: Terminal
    staff: tuple[Terminal, ...]
    chance: Random
    tell: Callable[[str], None]
    rooms: dict[str, str | None]
    """Who is in each room, by its name."""
    own_room: dict[str, Terminal] = field(default_factory=dict)
    """The practitioner's terminal of a room that has one."""
    before: dict[str, str] = field(default_factory=dict)
    """How visits ended of those who came before the day's patients."""
    inside: set[str] = field(default_factory=set)
    """Tickets that have come in."""
    tickets: list[str] = field(default_factory=list)
    urgent: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    """Who was called, the latest last."""
    calls_of: dict[str, int] = field(default_factory=dict)
    """How often each was called since it last waited."""
    waiting: set[str] = field(default_factory=set)
    parked: list[str] = field(default_factory=list)
    ended: dict[str, str] = field(default_factory=dict)
    """How each visit ended, by ticket."""
    figures: str = ""
    """What `stats --json` printed at the end."""
    acts: Counter[str] = field(default_factory=Counter)

    @property
    def at_rooms(self) -> list[Terminal]:
        """The terminals of those who have a room of their own."""
        return list(self.own_room.values())

    # Patients

    def check_in(self, patient: Patient) -> None:
        """Go through the questions with the number keys, and remember the ticket."""
        see(self.lobby, HOME)
        ticket = f"A{len(self.before) + len(self.tickets) + 1:03d}"
        answers = {HOME: "1"} | patient.answers()
        shown = block_rows(ticket)

        def has_ticket() -> bool:
            text = self.lobby.text
            return all(row.rstrip() in text for row in shown) or (
                patient.urgent and "Pressed by mistake" in text
            )

        answered = ""

        def asked() -> str:
            text = self.lobby.text
            return next((words for words in answers if words in text and words != answered), "")

        while not has_ticket():
            what = f"{ticket} or a question after {answered!r}"
            self.lobby.wait_until(lambda: has_ticket() or asked(), what, seconds=PATIENCE)
            if question := asked():
                answered = question
                self.give(answers[question])
        self.lobby.press("enter")
        see(self.lobby, HOME)
        self.tickets.append(ticket)
        self.waiting.add(ticket)
        if patient.urgent:
            self.urgent.add(ticket)
        self.did("urgent" if patient.urgent else "checked in", ticket)
        if patient.urgent:
            self.answer(f"{ticket} URGENT")

    def give(self, answer: str) -> None:
        """Type an answer; of a number see that it stands there, as one does, before Enter."""
        if len(answer) == 1 or answer == "\r":
            self.lobby.type(answer)
            return
        digits = answer.rstrip("\r")
        for _ in range(TRIES):
            write(self.lobby, digits)
            if self.number_stands(digits):
                break
            write(self.lobby, "." * len(digits))  # a machine that stood still took it for a scan
            self.number_stands("")
        self.lobby.type("\r")

    def number_stands(self, digits: str) -> bool:
        """Whether a number stands in the field before two seconds are over."""

        def typed() -> str:
            fields = (line.partition("▌")[2].partition("▐")[0] for line in self.lobby.lines())
            return "".join(char for field in fields for char in field if char.isdigit())

        ends = time.monotonic() + 2
        while typed() != digits and time.monotonic() < ends:
            self.lobby.read_on(0.1)
        return typed() == digits

    def look_up(self) -> None:
        """Somebody looks at the lobby where their ticket stands, and may leave the queue."""
        ticket = self.chance.choice(self.tickets)
        self.lobby.press("6")
        see(self.lobby, "The number on your ticket?")
        self.lobby.type(f"{ticket[1:]}\r")
        rows = block_rows(ticket)
        until(self.lobby, lambda: all(row.rstrip() in self.lobby.text for row in rows), ticket)
        self.did("looked up", ticket)
        if ticket in self.waiting and ticket not in self.urgent and self.chance.random() < 0.5:
            self.lobby.press("2")
            see(self.lobby, "Yes, leave the queue")
            self.lobby.read_on(TO_READ)
            self.lobby.press("2")
            see(self.lobby, "Thank you for telling us")
            self.waiting.discard(ticket)
            self.ended[ticket] = "left"
            self.gone_from_desks(ticket)
            self.did("left", ticket)
        self.lobby.press("*")
        see(self.lobby, HOME)

    def call_for_help(self) -> None:
        """Somebody at the lobby calls the staff, and reads that one is coming."""
        self.lobby.press("/")
        see(self.lobby, "Calling the staff")
        self.answer("HELP at")
        see(self.lobby, "is coming to you")
        self.lobby.press("enter")
        see(self.lobby, HOME)
        self.did("helped", "")

    # Staff

    def answer(self, alert: str) -> None:
        """Somebody goes; it stands on every terminal, first the call and then who it is."""
        for desk in self.staff:
            until(desk, lambda desk=desk: has_alert(desk, alert, NOBODY), f"{alert}, {NOBODY}")
        self.chance.choice(self.staff).press("i")
        for desk in self.staff:
            until(desk, lambda desk=desk: not has_alert(desk, alert, NOBODY), f"who goes: {alert}")

    def call_next(self, room: str) -> None:
        """Call whoever is next to a room, and see the number on the board."""
        theirs = self.own_room.get(room)
        if theirs and self.chance.random() < 0.5:
            desk = theirs
            desk.press("n")
        else:
            desk = self.chance.choice([one for one in self.staff if one not in self.at_rooms])
            desk.press("n")
            see(desk, "Call the next to:")
            desk.press(room)

        def called() -> str | None:
            new = (row[2:].split()[0] for row in table(desk) if f"{CALLED}{room}" in row)
            return next((ticket for ticket in new if ticket in self.waiting), None)

        until(desk, called, f"a call to room {room}")
        ticket = called()
        assert ticket is not None
        # The cursor follows the call; a key before it has come would be for somebody else.
        until(desk, lambda: row_of(desk, ticket).startswith(">"), f"the cursor on {ticket}")
        until(self.board, lambda: is_drawn(ticket, self.board, 4), f"{ticket} in large digits")
        self.see_on_board()
        self.waiting.discard(ticket)
        self.calls.append(ticket)
        self.calls_of[ticket] = self.calls_of.get(ticket, 0) + 1  # nobody answered those before
        self.rooms[room] = ticket
        self.did("called", ticket)

    def see_on_board(self) -> None:
        """Everybody who is called and not in yet stands on the board, whoever is called then."""
        for one in self.rooms.values():
            if one and one not in self.inside:
                until(self.board, lambda one=one: drawn(self.board, one), f"{one} on the board")

    def attend(self, room: str) -> None:
        """Go one step on with who was called to a room, or is in it."""
        ticket = self.rooms[room]
        assert ticket is not None
        lot = self.chance.random()
        if ticket in self.inside:
            if lot < 0.1:
                self.key(ticket, "k", AT_LAB)
                self.rooms[room] = None
                self.inside.discard(ticket)
                self.calls_of[ticket] = 0
                self.parked.append(ticket)
            else:
                self.finish(room, ticket, "d", "done")
        elif lot < 0.1 and self.calls_of[ticket] < RECALLS:
            self.calls_of[ticket] += 1
            self.key(ticket, "r", f"{CALLED}{room} {self.calls_of[ticket]}x", again="recalled")
        elif lot < 0.16:
            self.finish(room, ticket, "x", "no_show")
        elif lot < 0.22:
            self.key(ticket, "w", WAITING)
            self.rooms[room] = None
            self.waiting.add(ticket)
        else:
            desk = self.key(ticket, "b", INSIDE)
            self.inside.add(ticket)
            if lot > 0.95:  # it was another who came in
                desk.press("u")
                self.see_status(ticket, f"{CALLED}{room}")
                self.inside.discard(ticket)
                self.did("undone", ticket)

    def finish(self, room: str, ticket: str, key: str, how: str) -> None:
        """Press the key that ends a visit, and see it leave both screens."""
        self.key(ticket, key, None)
        self.gone_from_desks(ticket)
        self.rooms[room] = None
        self.inside.discard(ticket)
        self.ended[ticket] = how

    def back_from_lab(self) -> None:
        """Put somebody back among those waiting."""
        ticket = self.parked.pop(0)
        self.key(ticket, "w", WAITING)
        self.waiting.add(ticket)

    def key(self, ticket: str, key: str, then: str | None, *, again: str = "") -> Terminal:
        """Go to a ticket's row and press a key; see its status change, on both screens."""
        # The practitioner sends people to more places, and is asked where.
        desks = [one for one in self.staff if key != "k" or one not in self.at_rooms]
        desk = self.chance.choice(desks)
        select(desk, ticket)
        desk.press(key)
        if then is not None:
            self.see_status(ticket, then)
        self.did(again or key, ticket)
        return desk

    def see_status(self, ticket: str, status: str) -> None:
        """Wait until every staff terminal says so of a ticket."""
        words = (WAITING, NEXT) if status == WAITING else (status,)

        def seen(desk: Terminal) -> bool:
            return any(word in row_of(desk, ticket) for word in words)

        for desk in self.staff:
            until(desk, lambda desk=desk: seen(desk), f"{ticket} {status}")

    def gone_from_desks(self, ticket: str) -> None:
        """Wait until no staff terminal lists a ticket."""
        for desk in self.staff:
            until(desk, lambda desk=desk: not row_of(desk, ticket), f"no more {ticket}")

    def did(self, what: str, ticket: str) -> None:
        """Note an act."""
        self.acts[what] += 1
        self.tell(f"{what:>10} {ticket}   waiting {len(self.waiting)}")

    # The whole of it

    def left_on_screens(self) -> list[str]:
        """What the screens still say of a day that is over."""
        finished = sum(how == "done" for how in (self.before | self.ended).values())
        for desk in self.staff:
            see(desk, f"Finished {finished}")
        problems = [f"{desk.lines()[0]}: shows {row}" for desk in self.staff for row in table(desk)]
        see(self.lobby, "0 people waiting")
        self.board.wait_without("Now calling", seconds=PATIENCE)
        last = list(dict.fromkeys(reversed(self.calls)))[:4]
        return problems + [
            f"the board does not show {t}" for t in last if not is_drawn(t, self.board, 1)
        ]

    def run(self, patients: int) -> None:
        """Let so many come, one after another, and all of them go."""
        to_come = [Patient.at_random(self.chance) for _ in range(patients)]
        while to_come or self.waiting or self.parked or any(self.rooms.values()):
            choices: list[Callable[[], None]] = []
            if to_come and len(self.waiting) < MOST_WAITING:
                choices += [lambda: self.check_in(to_come.pop())] * 2
            if self.tickets and self.chance.random() < 0.05:
                choices.append(self.look_up)
            if self.chance.random() < 0.02:
                choices.append(self.call_for_help)
            if self.parked:
                choices.append(self.back_from_lab)
            for room, ticket in self.rooms.items():
                if ticket is not None:
                    choices.append(lambda room=room: self.attend(room))
                elif self.waiting:
                    choices.append(lambda room=room: self.call_next(room))
            self.chance.choice(choices)()
