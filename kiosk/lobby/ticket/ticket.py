"""The ticket: the number in large digits, what happens next, and the way to the next visit."""

import os
from math import ceil

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from db import OPEN, CheckIn, ReceptionState, Status, StoreError, Whom
from kiosk.content.phone_text import phone_text
from kiosk.input.guard import Meaning
from kiosk.intake.draft import Draft
from kiosk.languages.language import mark
from kiosk.lobby.screen import LobbyScreen
from kiosk.printing.printer import print_text
from kiosk.printing.slip import slip
from kiosk.qr import cells, fit, half_blocks
from kiosk.queue.public import QueueState
from kiosk.queue.reception import still_to_come
from kiosk.queue.standing import Standing, people_ahead, standing
from kiosk.widgets.big_text import BigText
from kiosk.widgets.host import Committed
from kiosk.widgets.press import Press
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.words import Words

ROOM_FOR_CODE = (41, 21)
"""Columns and rows a code may take beside the ticket at 80 × 24, over a line of address."""
NUMBER_LEAVES, LARGER_LEAVES = 20, 14
"""Rows that all but the number needs; fewer in the larger size, where less stands there."""

TO_READ = 1.0
"""Seconds before the key that agreed, pressed a little too long, may lead on from the ticket."""


class TicketScreen(LobbyScreen[None]):
    """A check-in that is on disk. It counts down and goes; everything typed is already gone."""

    IDLE = 0.75
    GROWS = True
    """Whether in the larger size the number takes the room of what is for later."""

    def __init__(self, check_in: CheckIn, draft: Draft) -> None:
        super().__init__()
        self.check_in = check_in
        self._slip_sent = False
        self._print_result = ""
        self._with_me: list[str] = []
        # For a second person only what a family shares goes on; the rest is forgotten here.
        self._family = Draft(
            phone=draft.phone,
            same_phone=bool(draft.phone),
            party=draft.party or check_in.id,
            whom=Whom.companion,
        )

    def heading(self) -> str:
        """That it worked."""
        return self._("You are checked in. Nothing more to do.")

    def compose(self) -> ComposeResult:
        """That it worked, on top; left what matters now, right what is for later."""
        with Horizontal(id="top"):
            yield Words(self.heading(), id="heading")
            if self.kiosk.demo:
                yield Words("DEMO 演示", id="demo")
            yield Press(self._("Aa"), key=".", id="display", classes="main")
            yield Words(self._.clock(self.kiosk.now()), id="clock")
        with Horizontal(id="ticket"):
            with Vertical(id="now"):
                leaving = LARGER_LEAVES if self.GROWS and self.kiosk.larger else NUMBER_LEAVES
                yield BigText(self.check_in.ticket, id="number", leaving=leaving)
                yield Words(id="place")
                yield Words(id="advice")
                with Vertical(id="buttons"):
                    yield from self.compose_buttons()
                    yield Words("", id="countdown")
            with Vertical(id="later"):
                yield from self.compose_later()

    def compose_buttons(self) -> ComposeResult:
        """What can still be done here."""
        if self.kiosk.settings.printer:
            with Horizontal(id="someone-or-print"):
                yield Press(self._("Someone with me"), key="1", id="someone")
                yield Press(self._("Print"), key="3", id="print", disabled=self._slip_sent)
        else:
            yield Press(self._("Check in someone with me"), key="1", id="someone")
        with Grid(classes="pair"):
            yield Press(self._("More time"), key="2", id="more-time")
            yield Press(self._("Done"), key="Enter", id="next", classes="main")
            yield Press(self._("Help"), key="/", id="help")
            yield from self.language_button()

    def compose_later(self) -> ComposeResult:
        """The booking code where it fits; the address and the number in any case."""
        kiosk = self.kiosk
        link = kiosk.clinic.booking_link(kiosk.location.slug, self.check_in.service)
        links = (link, f"https://{kiosk.clinic.short_url}")
        columns, rows = ROOM_FOR_CODE
        half = half_blocks(kiosk.settings.qr, os.environ)
        ways = [kiosk.clinic.short_url, phone_text(kiosk.location, self._)]
        if sum(map(cell_len, ways)) + 2 <= columns:
            ways = ["  ".join(ways)]
        found = fit(links, columns, rows, half=half)
        if found and len(cells(found.link, found.quiet, found.level)) + len(ways) > rows + 1:
            ways = ways[1:]  # the code holds the address, and nothing else the number
        if found:
            with Horizontal(id="code"):
                yield QrCode(*links)
            yield Words(self._("Optional: scan to book your NEXT visit"), classes="caption")
        else:
            yield Words(self._("To book your next visit:"), classes="caption")
        yield Words("\n".join(ways), classes="caption link")

    def on_mount(self) -> None:
        """Follow the queue: the place in it changes while one looks."""
        super().on_mount()
        self._since = self.kiosk.monotonic()
        self._with_me = self._family_tickets()
        follow_queue_state(self, self._show_place)

    def _family_tickets(self) -> list[str]:
        """The other numbers of those who came together: a parent has to hear all of them."""
        party = self.check_in.party
        if party is None:
            return []
        try:
            today = self.kiosk.store().today()
        except StoreError:
            return []
        family = [one for one in today if party in (one.id, one.party)]
        return [one.ticket for one in family if one.id != self.check_in.id and one.status in OPEN]

    def _show_place(self, _state: QueueState | None = None) -> None:
        if self.query("#place"):
            now = self._stands()
            self.query_one("#place", Words).say(now.said)
            self.query_one("#advice", Words).say(now.do)

    def _stands(self) -> Standing:
        """How it stands; while it waits, what to do with the number, and whether anybody calls."""
        try:
            store = self.kiosk.store()
            now = store.get(self.check_in.id)
            ahead = store.ahead(now) if now else 0
        except StoreError:
            return Standing("", self._advice())
        if now is None:
            return Standing("", self._advice())
        if now.status is not Status.waiting:
            return standing(now, ahead, None, self.kiosk.now(), self._)
        wait = self.kiosk.expected_wait(now)
        return Standing(people_ahead(ahead, wait, self._), self._advice())

    def _advice(self) -> str:
        if self._print_result:
            return self._(self._print_result)
        state, sentences = self.kiosk.queue_state, []
        if state.known and state.reception is ReceptionState.away:
            sentences.append(self._away(state))
        if self._with_me:
            sentences.append(self._("With you: {tickets}.", tickets=" ".join(self._with_me)))
        # There is no room for all: a family has read the rest on its first ticket.
        if self._with_me:
            sentences.append(self._("We call numbers, not names."))
        elif sentences:
            sentences.append(self._("We call numbers, not names."))
            sentences.append(self._("Numbers may be called out of order."))
        else:
            sentences.append(
                self._(
                    "Please sit. We call numbers, not names. Take a photo or note it down. "
                    "Numbers may be called out of order."
                )
            )
        self.set_class(len(sentences) > 1, "-crowded")
        return ("" if self._.runs_on else " ").join(sentences)

    def _away(self, state: QueueState) -> str:
        until = still_to_come(state.reception_until, self.kiosk.now())
        if until:
            return self._("Reception is away (back at {time}); your place is kept.", time=until)
        return self._("Reception is away; your place is kept.")

    async def relanguage(self) -> None:
        """The same ticket in another language."""
        await super().relanguage()
        self._show_place()

    def tick(self) -> None:
        """Once a second: how long the ticket stays."""
        super().tick()
        self._show_place()  # a priority changes it without a change in what the room may know
        left = self.seconds_left()
        if self.on_top and left is not None and self.query("#countdown"):
            seconds = max(0, ceil(left))
            text = self._.plural("Closes in {n} second", "Closes in {n} seconds", seconds)
            self.query_one("#countdown", Words).say(text)

    def choice_means(self, name: str) -> Meaning:
        """More time can be asked for as often as one likes."""
        return Meaning.MOVES if name == "more-time" else Meaning.ANSWERS

    async def chosen(self, name: str) -> None:
        """More time needs nothing but the press itself."""
        if name == "more-time":
            self.tick()
        elif name == "someone" and self.kiosk.monotonic() - self._since >= TO_READ:
            self.go_on_to("check-in", self._family)
        elif name == "print" and not self._slip_sent:
            self._print()

    def _print(self) -> None:
        """Send one slip; whoever goes on meanwhile finds it in the printer all the same."""
        kiosk, queue, place = self.kiosk, self.kiosk.settings.printer or "", self._stands().said
        text = slip(self.check_in.ticket, place, kiosk.clinic, kiosk.location, kiosk.now(), self._)
        self._printing(True, mark("One moment please"))
        kiosk.commit(lambda: print_text(text, queue), reply_to=self, holding=False)

    def _printing(self, sent: bool, result: str) -> None:
        self._slip_sent, self._print_result = sent, result
        for press in self.query("#print"):
            press.disabled = sent
        self._show_place()

    def on_committed(self, event: Committed) -> None:
        """The slip is with the printer, or it is not and may be tried again."""
        if isinstance(event.outcome, Exception):
            self._printing(False, mark("It could not be printed. Please note your number."))
        else:
            self._printing(True, mark("Sent to the printer. Please take your slip."))

    async def next(self) -> None:
        """Done."""
        self.kiosk.end_session()

    async def back(self) -> None:
        """There is no way back into what has been handed in."""
