"""The board on the waiting room's wall: the ticket being called, the last calls, the queue."""

from collections.abc import Iterable
from datetime import datetime
from itertools import cycle, islice

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from kiosk.board.named_call import can_stand
from kiosk.board.panels import CALLS_SHOWN, CallPanel, Face, RecentCalls, Shown
from kiosk.languages.language import Language, language
from kiosk.languages.room_names import is_numbered
from kiosk.languages.wrap import wrap
from kiosk.queue.public import Called, QueueState
from kiosk.settings import is_quiet
from kiosk.sound.announcer import Announcement, Announcer
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.screen import KioskScreen, styles

EMPHASIS = 10.0
"""Seconds a new call stands on a solid panel."""
TURN = 8.0
"""Seconds each language is shown where there is room for one only."""
PATIENCE = 3.0
"""Seconds without a reading before the board says so: a retry often succeeds at once."""
APART = "   "
"""Between what is said in one language and in the other."""
BOTH_FROM = 72
"""Cells of width from which two languages stand side by side."""
TALL = 20
"""Rows from which the other calls are drawn in block letters, and below which a room's name takes
the masthead's row too."""
ROOMY = 48
"""Rows from which the others are drawn in block letters beside a room's name too."""


class BoardScreen(KioskScreen[None], inherit_bindings=False):
    """For a television at three metres, from 40x12 cells up. Numbers only; no key does anything.

    It repaints when `queue_state` changes and once a second. While the queue cannot be read it
    keeps the last numbers and says since when they are old.
    """

    CSS_PATH = styles("board")
    RESTS = ("#call",)
    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (40, "-narrow"), (BOTH_FROM, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-too-short"), (12, "-short"), (20, "-tall"), (32, "-taller")]

    class Unheard(Message):
        """A call could not be made heard in any better way than by the terminal's bell."""

    def compose(self) -> ComposeResult:
        """Name and clock, the large panel, the last calls, and a line that is always there."""
        with Vertical(id="board"):
            with Horizontal(id="masthead"):
                yield Static(id="place", markup=False)
                if self.kiosk.demo:
                    yield Static("DEMO 演示", id="demo", markup=False)
                yield Static(id="clock", markup=False)
            yield CallPanel(id="call")
            with Horizontal(id="strip"):
                yield Static(id="before", markup=False)
                yield Static(id="waiting", markup=False)
            yield RecentCalls(id="recent")
            yield Static(id="notice", markup=False)
        sentences = [lang("Please make this window larger: 40x12") for lang in self.kiosk.pair]
        yield Static("\n".join(sentences), id="too-small", markup=False)

    def on_mount(self) -> None:
        """Follow the queue and the second."""
        self._announcer = Announcer(lambda: self.post_message(self.Unheard()))
        self._state = QueueState()
        self._seen: frozenset[Called] | None = None
        self._new_until: dict[Called, float] = {}
        self._began = self.kiosk.monotonic()
        self._unread_since: tuple[float, datetime] | None = (self._began, self.kiosk.now())
        follow_queue_state(self, self._take)
        self.set_interval(1.0, self.tick)

    def on_unmount(self) -> None:
        """A board that is gone says nothing."""
        self._announcer.close()

    def on_resize(self) -> None:
        """More room may be room for both languages."""
        self.tick()

    def tick(self) -> None:
        """Once a second: the clock, the other language, the end of an emphasis."""
        if self.is_mounted:
            self._paint()

    @property
    def _columns(self) -> int:
        """Cells across; the screen itself learns of them only with its first layout."""
        return self.app.size.width

    @property
    def _rows(self) -> int:
        return self.app.size.height

    @property
    def at_rest(self) -> bool:
        """While no call is new, nor being said."""
        now = self.kiosk.monotonic()
        is_new = any(until > now for until in self._new_until.values())
        return not is_new and self._announcer.wait(0)

    def _take(self, state: QueueState) -> None:
        """A reading of the queue, or word that there is none."""
        if state.known:
            self._state, self._unread_since = state, None
            self._notice_new_calls(state)
        elif self._unread_since is None:
            self._unread_since = (self.kiosk.monotonic(), self.kiosk.now())
        self.tick()

    def _notice_new_calls(self, state: QueueState) -> None:
        calls = frozenset(state.called)
        # What was called before the board was switched on is not news.
        new = calls - self._seen if self._seen is not None else frozenset()
        until = self.kiosk.monotonic() + EMPHASIS
        kept = {call: end for call, end in self._new_until.items() if call in calls}
        self._new_until = kept | dict.fromkeys(new, until)
        self._seen = calls
        self._announcer.keep([call.ticket for call in calls])
        if new and not is_quiet(self.kiosk.settings.quiet_hours, self.kiosk.now().time()):
            self._announce([call for call in reversed(state.called) if call in new])

    def _announce(self, calls: list[Called]) -> None:
        """Chime and speak, in the order of the calls; ring where there is nothing to do it with."""
        if self._announcer.can_be_heard:
            self._announcer.announce(
                [
                    Announcement(c.ticket, c.room, language(c.language or self.kiosk.language.tag))
                    for c in calls
                ]
            )
        else:
            self.app.bell()

    def on_board_screen_unheard(self) -> None:
        """The bell in place of a sound that failed."""
        self.app.bell()

    # What stands where

    def _now_showing(self) -> tuple[Language, ...]:
        """Both languages where there is room, else each in its turn."""
        pair = self.kiosk.pair
        if self._columns >= BOTH_FROM:
            return pair
        turn = int((self.kiosk.monotonic() - self._began) / TURN)
        return tuple(islice(cycle(pair), turn % len(pair), turn % len(pair) + 1))

    @property
    def _turned(self) -> float:
        """How much of this language's turn is over, from 0 to before 1."""
        return (self.kiosk.monotonic() - self._began) % TURN / TURN

    def _paint(self) -> None:
        spoken, state = self._now_showing(), self._state
        call = state.called[0] if state.called else None
        named = call is not None and self._is_named(call)
        panel = self.query_one(CallPanel)
        panel.show(self._calling(call, spoken, named) if call else self._resting(spoken))
        panel.set_class(call is None, "-resting")
        is_new = call in self._new_until and self._new_until[call] > self.kiosk.monotonic()
        panel.set_class(call is not None and is_new, "-new")
        self.set_class(named, "-named")
        self._paint_masthead(spoken, is_resting=call is None)
        self._paint_strip(call, spoken, named)
        self._paint_notice(spoken)

    def _is_named(self, call: Called) -> bool:
        """Whether the room has a name, which is drawn beneath the ticket."""
        edges = self.query_one(CallPanel).gutter.width
        return not is_numbered(call.room) and can_stand(
            call.ticket, call.room, self._columns - edges
        )

    def _paint_strip(self, call: Called | None, spoken: tuple[Language, ...], named: bool) -> None:
        before, waiting = self._before(call, spoken), self._waiting(spoken)
        recent = self.query_one(RecentCalls)
        seconds = self.kiosk.monotonic() - self._began
        width = self._columns - recent.styles.margin.width
        is_line = self._rows < (ROOMY if named else TALL)
        tallest = 0 if is_line else self._rows // (12 if named else 6)
        page = recent.show(before, width, seconds, tallest, tells_page=named and is_line)
        # Where the line is too short for both, people need no name for what they see beneath.
        room = self._columns - self.query_one("#strip").gutter.width - len(APART)
        words = [lang("Called before") for lang in spoken] if before else []
        ways = (_join(filter(None, [*some, page])) for some in (words, words[:1], ()))
        fitting = (way for way in ways if cell_len(way) + cell_len(waiting) <= room)
        self._say("#before", next(fitting, ""))
        self._say("#waiting", waiting)
        self.query_one("#strip").display = bool(before or waiting) and not (named and is_line)

    def _before(self, call: Called | None, spoken: tuple[Language, ...]) -> tuple[Shown, ...]:
        """Everybody else who is still called, and then who was before, the latest first."""
        still = [other for other in self._state.called if other != call]
        over = [other for other in self._state.recent if other not in self._state.called]
        over = over[: max(0, CALLS_SHOWN - len(still))]
        rooms = ((other, other in still) for other in (*still, *over))
        return tuple(Shown(other, _room(other, spoken), is_open) for other, is_open in rooms)

    def _calling(self, call: Called, spoken: tuple[Language, ...], named: bool) -> Face:
        beside: list[tuple[str, ...]] = []
        if named:
            beside.append(tuple(lang("Now calling") for lang in spoken))
            if self._rows < TALL:  # in the masthead's place
                demo = ("DEMO 演示",) if self.kiosk.demo else ()
                beside.append((*demo, spoken[0].clock(self.kiosk.now())))
            beside.append(tuple(filter(None, (self._waiting((lang,)) for lang in spoken))))
        return Face(
            beside=tuple(beside),
            ticket=call.ticket,
            room=call.room,
            over_ticket=_join(lang("Now calling") for lang in spoken),
            over_room=" ".join(lang("Room") for lang in spoken) if is_numbered(call.room) else "",
            room_in_words=_room(call, spoken),
        )

    def _resting(self, spoken: tuple[Language, ...]) -> Face:
        sentences = tuple(
            lang("Please take a seat. We call numbers, not names.") for lang in spoken
        )
        return Face(time=spoken[0].clock(self.kiosk.now()), sentences=sentences)

    def _paint_masthead(self, spoken: tuple[Language, ...], *, is_resting: bool) -> None:
        clinic, now = self.kiosk.clinic, self.kiosk.now()
        name = clinic.name if self._columns >= BOTH_FROM else clinic.short_name
        self._say("#place", f"{name}   {spoken[0].pick(self.kiosk.location.name)}")
        # At rest the time stands large in the middle.
        self._say("#clock", spoken[0].day(now) if is_resting else spoken[0].clock(now))

    def _waiting(self, spoken: tuple[Language, ...]) -> str:
        if not (self._state.known and (self._state.waiting or self._state.called)):
            return ""
        return _join(
            lang.plural("{n} person waiting", "{n} people waiting", self._state.waiting)
            for lang in spoken
        )

    def _paint_notice(self, spoken: tuple[Language, ...]) -> None:
        texts = [lang("Numbers may be called out of order") for lang in spoken]
        said = self._state.notice_at(self.kiosk.now())
        if said:
            texts = list(dict.fromkeys(lang.pick(said) for lang in spoken))
        since = self._unread_since
        is_old = since is not None and self.kiosk.monotonic() - since[0] >= PATIENCE
        if since is not None and is_old:
            texts = [
                lang("No news since {time}. Ask at the desk.", time=lang.clock(since[1]))
                for lang in spoken
            ]
        notice = self.query_one("#notice")
        is_spare = self.has_class("-named") and self._rows < TALL
        has_news = is_old or bool(said)
        notice.display = has_news or not (is_spare and self.query_one(RecentCalls).display)
        notice.set_class(is_old, "-old")
        notice.set_class(bool(said) and not is_old, "-said")
        width = self._columns - notice.gutter.width
        in_a_line = cell_len(_join(texts)) <= width
        if is_spare and not in_a_line:  # a second line would take the room's large name its place
            lines = [line for text in texts for line in wrap(text, width)]
            texts = [lines[int(self._turned * len(lines))]]
        self._say("#notice", _join(texts) if in_a_line else "\n".join(texts))

    def _say(self, selector: str, text: str) -> None:
        widget = self.query_one(selector, Static)
        if str(widget.content) != text:
            widget.update(text)


def _join(texts: Iterable[str]) -> str:
    return APART.join(texts)


def _room(call: Called, spoken: tuple[Language, ...]) -> str:
    """The room as on a bilingual sign: the words, then the number once; of a name, that alone."""
    words = [lang("Room") for lang in spoken] if is_numbered(call.room) else []
    return " ".join([*words, call.room])
