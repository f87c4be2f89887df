"""The figures on the screen: arrivals by hour, waits, visits, no-shows and rooms of any days."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rich.cells import cell_len, set_cell_size
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db import StoreError
from kiosk.figures import Period, Took, read_figures
from kiosk.i18n import Language
from kiosk.staff import sentences
from kiosk.staff.columns import fitted, lay_out
from kiosk.staff.entry import EntryBar
from kiosk.staff.keys import Key, KeyHint
from kiosk.staff.plot import bars
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

FIRST_HOUR, LAST_HOUR = 8, 18
"""Hours that are always shown; others when somebody came."""
BETWEEN = 2
"""Cells between two columns, and twice as many between two tables."""
KEYS = {"1": "today", "2": "week", "3": "month", "4": "days"}


class Plot(Static):
    """Arrivals by hour, drawn anew for whatever room there is."""

    def __init__(self) -> None:
        super().__init__(id="plot", markup=False)
        self._hours: dict[str, int] = {}
        self._written: Callable[[int], str] = str

    def show(self, hours: dict[str, int], written: Callable[[int], str]) -> None:
        """Draw these: a label for each, and how many, as a language writes numbers."""
        self._hours, self._written = hours, written
        self.refresh()

    def render(self) -> Content:
        """The bars."""
        width, height = self.size
        labels, values = list(self._hours), list(self._hours.values())
        return bars(labels, values, cells=width, rows=height, written=self._written)


class DayKeys(Grid):
    """The keys in one line, or in as many as hold their words."""

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        cells, room = [hint.cells(twin=True) for hint in self.query(KeyHint)], self.size.width
        ways = (fitted(cells, columns, room) for columns in range(len(cells), 0, -1))
        lay_out(self, next(filter(None, ways), [room]))


class FiguresScreen(StaffScreen[str | None]):
    """Shows no name; gives "lock" where the screen is to be locked."""

    class Counted(Message):
        """The figures were read, or could not be."""

        def __init__(self, outcome: Period | StoreError) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self) -> None:
        super().__init__()
        self._first = self._last = date.min
        self._today = date.min
        self._period: Period | None = None

    def compose(self) -> ComposeResult:
        """The days, the numbers, the plot, two tables, the keys."""
        _ = self._
        place = _.pick(self.kiosk.location.name)
        with Horizontal(id="staff-head"):
            title = _("Figures") + f"  {place}"
            yield Static(Content.styled(title, "bold"), id="title")
            yield Static(id="days", markup=False)
            if self.kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
        yield Static(id="sums", markup=False)
        yield Plot()
        with Horizontal(id="tables"):
            yield Static(id="services", markup=False)
            yield Static(id="rooms", markup=False)
        with Vertical(id="bottom"):
            with DayKeys(id="days-keys"):
                for key, label in (
                    ("1", _("Today")),
                    ("2", _("7 days")),
                    ("3", _("30 days")),
                    ("4", _("Choose")),
                    ("<", _("earlier")),
                    (">", _("later")),
                    ("Esc", _("Queue")),
                ):
                    name = {"<": "earlier", ">": "later", "Esc": "queue"}.get(key)
                    yield KeyHint(Key(name or KEYS[key], key, label, ""))
            yield EntryBar()

    def on_mount(self) -> None:
        """Begin with today."""
        super().on_mount()
        self.query_one(EntryBar).display = False
        self._today = self.kiosk.now().date()
        self._look_at(self._today, self._today)

    # Reading

    def _look_at(self, first: date, last: date) -> None:
        self._first, self._last = min(first, last), min(max(first, last), self._today)
        self._count(self._first, self._last)

    @work(group="figures", exclusive=True)
    async def _count(self, first: date, last: date) -> None:
        zone = self.kiosk.clinic.zone
        try:
            found = await asyncio.to_thread(
                lambda: read_figures(self.kiosk.store(), first, last, zone)
            )
        except StoreError as refused:
            self.post_message(self.Counted(refused))
        else:
            self.post_message(self.Counted(found))

    def on_figures_screen_counted(self, event: Counted) -> None:
        """Show them."""
        if isinstance(event.outcome, StoreError):
            why = sentences.refusal(event.outcome, self._, self.kiosk.clinic.zone)
            self.query_one("#sums", Static).update(Content.styled(why, "bold $terracotta"))
            return
        self._period = event.outcome
        self._show()

    def on_resize(self) -> None:
        """As large as the terminal is now."""
        self.call_after_refresh(self._show)

    # Showing

    def _show(self) -> None:
        period, _ = self._period, self._
        if period is None or not self.query("#plot"):
            return
        self.query_one("#days", Static).update(_days(period, self._today, _))
        self.query_one("#sums", Static).update(_sums(period, _))
        hours = [int(hour) for hour in period.by_hour]
        shown = range(min([FIRST_HOUR, *hours]), max([LAST_HOUR, *hours]) + 1)
        labels = [f"{hour:02d}" for hour in shown]
        arrivals = {label: period.by_hour.get(label, 0) for label in labels}
        self.query_one(Plot).show(arrivals, _.number)
        tables = self.query_one("#tables").content_size
        rows = tables.height - 1
        titles = {s.slug: _.pick(s.title) for s in self.kiosk.clinic.services}
        titles |= {"": _("Not sure"), "other": _("Others")}
        services = [
            (
                titles.get(slug, slug),
                _.number(part.arrivals),
                _mean(part.wait, _),
                _mean(part.visit, _),
            )
            for slug, part in period.by_service.items()
        ]
        head = (_("Service"), _("Came"), _("Wait"), _("Visit"))
        if len(services) > rows:
            more = _("and {n} more", n=len(services) - rows + 1)
            services = [*services[: rows - 1], (more, "", "", "")]
        rooms = [
            (_("Room {room}", room=room), _.number(part.people), _mean(part.visit, _))
            for room, part in period.rooms.items()
        ]
        room_head = (_("Room"), _("Visits"), _("Visit"))
        beside = _widths(room_head, rooms)
        self.query_one("#rooms", Static).update(_table(room_head, rooms, beside, rows))
        widths = _widths(head, services)
        # A name may be longer than there is room for; the numbers may not.
        over = sum(widths) + BETWEEN + sum(beside) - tables.width
        widths[0] -= max(0, over)
        self.query_one("#services", Static).update(_table(head, services, widths, rows))

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Digits choose days, arrows go through them, Escape leads back."""
        line = self.query_one(EntryBar)
        if line.asking:
            if not line.press(event):
                return
        elif event.key in KEYS:
            self._choose(KEYS[event.key])
        elif event.key in ("left", "less_than_sign"):
            self._choose("earlier")
        elif event.key in ("right", "greater_than_sign"):
            self._choose("later")
        elif event.key in ("escape", "enter", "g", "G", "ｇ", "minus"):
            self.dismiss(None)
        elif event.key in ("l", "L", "ｌ"):
            self.dismiss("lock")
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        if not self.query_one(EntryBar).asking:
            self._choose((event.press.id or "").removeprefix("do-"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F10 locks from here too."""
        if event.name == "start-over":
            self.dismiss("lock")

    def _choose(self, what: str) -> None:
        today, length = self._today, self._last - self._first + timedelta(days=1)
        match what:
            case "today":
                self._look_at(today, today)
            case "week":
                self._look_at(today - timedelta(days=6), today)
            case "month":
                self._look_at(today - timedelta(days=29), today)
            case "days":
                self._ask_days()
            case "earlier":
                self._look_at(self._first - length, self._last - length)
            case "later" if self._last + length <= today:
                self._look_at(self._first + length, self._last + length)
            case "queue":
                self.dismiss(None)

    def _ask_days(self) -> None:
        """Have two days typed, or one."""
        bar, keys = self.query_one(EntryBar), self.query_one("#days-keys")

        def answered(typed: str | None) -> None:
            bar.display, keys.display = False, True
            self.set_focus(None)
            if typed is None:
                return
            try:
                days = [date.fromisoformat(day) for day in typed.split()]
                first, last = (*days, *days)[0], days[-1]
            except (ValueError, IndexError):
                sentence = self._("A day looks like {day}", day=self._today.isoformat())
                self.query_one("#days", Static).update(sentence)
                return
            self._look_at(first, last)

        bar.display, keys.display = True, False
        bar.ask(
            self._("First and last day:"),
            answered,
            enter=self._("show"),
            cancel=self._("cancel"),
            hint=self._("Such as {first} {last}", first=self._first, last=self._last),
        )


def _days(period: Period, today: date, lang: Language) -> str:
    first, last = lang.day(period.day), lang.day(period.last)
    if period.day.year != today.year:
        first, last = period.day.isoformat(), period.last.isoformat()
    if period.day == period.last:
        return f"{lang('Today')} {first}" if period.day == today else first
    return f"{first} - {last}"


def _sums(period: Period, lang: Language) -> Content:
    """Two lines: who came and what became of them; how long they waited."""
    words = (
        (lang("Arrivals"), period.arrivals),
        (lang("Finished"), period.by_status.get("done", 0)),
        (lang("No-show"), period.by_status.get("no_show", 0)),
        (lang("Left"), period.by_status.get("left", 0)),
        (lang("Void"), period.by_status.get("void", 0)),
    )
    line = Content("")
    for word, number in words:
        line = Content.assemble(line, (f"{word} ", "$quiet"), (lang.number(number), "bold"), "    ")
    if period.day != period.last:
        line = Content.assemble(
            line, (lang("Days") + " ", "$quiet"), (lang.number(period.days), "bold")
        )
    if wait := period.wait:
        waited = lang(
            "{mean} min on average, nine in ten at most {most} min",
            mean=wait.mean_minutes,
            most=wait.p90_minutes,
        )
        second = Content.assemble((lang("Wait") + " ", "$quiet"), (waited, "bold"))
    else:
        second = Content.styled(lang("Nobody has been called."), "$quiet")
    if period.rough_days:
        rough = lang("{n} of the days are purged: approximate", n=period.rough_days)
        second = Content.assemble(second, "  ", (rough, "$quiet"))
    return Content.assemble(line, "\n", second)


def _mean(took: Took | None, lang: Language) -> str:
    return lang("{n} min", n=round(took.mean_minutes)) if took else ""


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], fit: int
) -> Content:
    """As many rows as fit, the head above them."""
    lines = [Content.styled(_line(head, widths), "bold $jade")]
    lines += [Content(_line(row, widths)) for row in rows[: max(0, fit)]]
    return Content("\n").join(lines)


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Cells of each column, with what is free after it."""
    return [max(map(cell_len, column)) + BETWEEN for column in zip(head, *rows, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    sized = [set_cell_size(c, w - 1) + " " for c, w in zip(cells, widths, strict=True)]
    return "".join(sized)
