"""The figures on the screen: arrivals by hour, waits, visits, no-shows and rooms of any days."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db import StoreError
from kiosk.input.guard import Meaning
from kiosk.languages import typed
from kiosk.languages.language import Language
from kiosk.queue.figures import Period, read_figures
from kiosk.staff.acts import sentences
from kiosk.staff.acts.keys import Key
from kiosk.staff.asking.columns import fitted
from kiosk.staff.asking.entry import EntryBar
from kiosk.staff.asking.key_lines import KeyLines
from kiosk.staff.figures.plot import bars
from kiosk.staff.figures.two_tables import Tables
from kiosk.staff.meaning import in_a_line
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying
from kiosk.widgets.screen import KioskScreen

FIRST_HOUR, LAST_HOUR = 8, 18
"""Hours that are always shown; others when somebody came."""
EDGES, TALL_EDGES = 2, 8
"""Cells free beside the keys, as the style sheet has them: where they are right, once is enough."""
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

    def said(self) -> list[Saying]:
        """Each hour with its number."""
        return [Saying(f"{label}: {self._written(n)}") for label, n in self._hours.items()]

    def render(self) -> Content:
        """The bars."""
        width, height = self.size
        labels, values = list(self._hours), list(self._hours.values())
        return bars(labels, values, cells=width, rows=height, written=self._written)


class DayKeys(KeyLines):
    """The keys in one line, or in as many as hold their words."""

    def __init__(self, lang: Language) -> None:
        super().__init__("days-keys")
        self._keys = [
            Key(action, letter, label, "")
            for action, letter, label in (
                ("today", "1", lang("Today")),
                ("week", "2", lang("7 days")),
                ("month", "3", lang("30 days")),
                ("days", "4", lang("Choose")),
                ("earlier", "<", lang("earlier")),
                ("later", ">", lang("later")),
                ("queue", "Esc", lang("Queue")),
            )
        ]

    def written(self, key: Key) -> Content:
        """The key as a patch, and its word."""
        return Content.assemble((f" {key.letter} ", Press.CHIP), f" {key.label}")

    def fit(self, room: int) -> None:
        """Fill so many cells."""
        cells = [self.written(key).cell_length for key in self._keys]
        columns = len(cells)
        while (widths := fitted(cells, columns, room)) is None and columns > 1:
            columns -= 1
        rows = [self._keys[n : n + columns] for n in range(0, len(self._keys), columns)]
        self.lay_out(rows, widths or [room])

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit(self.size.width)


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
        self._bar: EntryBar | None = None
        """Where days are typed, while they are asked for."""

    def compose(self) -> ComposeResult:
        """The days, the numbers, the plot, two tables, the keys; today to begin with."""
        _ = self._
        self._first = self._last = self._today = self.kiosk.now().date()
        place = _.pick(self.kiosk.location.name)
        with Horizontal(id="staff-head"):
            title = _("Figures") + f"  {place}"
            yield Static(Content.styled(title, "bold"), id="title")
            yield Static(self._days, id="days", markup=False)
            if self.kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
        yield Static(id="sums", markup=False)
        yield Plot()
        yield Tables(_)
        with Vertical(id="bottom"):
            keys = DayKeys(_)
            keys.fit(self.app.size.width - (TALL_EDGES if self.has_class("-tall") else EDGES))
            yield keys

    def on_mount(self) -> None:
        """Read the figures."""
        super().on_mount()
        self._look_at(self._first, self._last)

    # Reading

    def _look_at(self, first: date, last: date) -> None:
        self._first, self._last = sorted(min(day, self._today) for day in (first, last))
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

    # Showing

    def _show(self) -> None:
        period, _ = self._period, self._
        if period is None:
            return
        days = self.query_one("#days", Static)
        if days.content != self._days:
            days.update(self._days)
        sums, told = self.query_one("#sums", Static), _sums(period, _)
        breaks = any(line.cell_length > sums.size.width for line in told.split("\n"))
        sums.update(told, layout=breaks or sums.size.height > told.plain.count("\n") + 1)
        hours = [int(hour) for hour in period.by_hour]
        shown_hours = range(min([FIRST_HOUR, *hours]), max([LAST_HOUR, *hours]) + 1)
        labels = [f"{hour:02d}" for hour in shown_hours]
        arrivals = {label: period.by_hour.get(label, 0) for label in labels}
        self.query_one(Plot).show(arrivals, _.number)
        titles = {s.slug: _.pick(s.title) for s in self.kiosk.clinic.services}
        titles |= {"": _("Not sure"), "other": _("Others")}
        self.query_one(Tables).show(period, titles)

    @property
    def _days(self) -> str:
        """Which days are shown, in words."""
        _, first, last = self._, self._first, self._last
        if first == last == self._today:
            return f"{_('Today')} {_.day(first)}"
        if first.year == self._today.year:
            words = [_.day(first), _.day(last)]
        else:
            words = [first.isoformat(), last.isoformat()]
        return words[0] if first == last else " - ".join(words)

    # Keys

    def means(self, key: events.Key) -> Meaning:
        """What a key does: text while dates are typed."""
        return in_a_line(key) if self._bar else super().means(key)

    async def on_key(self, event: events.Key) -> None:
        """Digits choose days, arrows go through them, Escape leads back."""
        if self._bar:
            if not self._bar.press(event):
                return
        elif event.key in KEYS:
            await self._choose(KEYS[event.key])
        elif event.key in ("left", "less_than_sign"):
            await self._choose("earlier")
        elif event.key in ("right", "greater_than_sign"):
            await self._choose("later")
        elif event.key in ("escape", "enter", "g", "G", "ｇ", "minus"):
            self.dismiss(None)
        elif event.key in ("l", "L", "ｌ"):
            self.dismiss("lock")
        else:
            return
        event.stop()
        event.prevent_default()

    @on(KeyLines.Chosen)
    async def _touched(self, event: KeyLines.Chosen) -> None:
        await self._choose(event.action)

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F10 locks from here too."""
        if event.name == "start-over":
            self.dismiss("lock")

    async def _choose(self, what: str) -> None:
        today, length = self._today, self._last - self._first + timedelta(days=1)
        match what:
            case "today":
                self._look_at(today, today)
            case "week":
                self._look_at(today - timedelta(days=6), today)
            case "month":
                self._look_at(today - timedelta(days=29), today)
            case "days":
                await self._ask_days()
            case "earlier" if self._first.year > typed.FIRST_YEAR:
                self._look_at(self._first - length, self._last - length)
            case "later" if self._last + length <= today:
                self._look_at(self._first + length, self._last + length)
            case "queue":
                self.dismiss(None)

    async def _ask_days(self) -> None:
        """Have two days typed, or one, in place of the keys."""
        self._bar = EntryBar()
        self.query_one(DayKeys).display = False
        await self.query_one("#bottom").mount(self._bar)
        self._bar.ask(
            self._("First and last day:"),
            self._days_typed,
            enter=self._("show"),
            cancel=self._("cancel"),
            hint=self._("Such as {first} {last}", first=self._first, last=self._last),
        )

    def _days_typed(self, words: str | None) -> None:
        bar, self._bar = self._bar, None
        self.set_focus(None)
        self.query_one(DayKeys).display = True
        if bar:
            bar.remove()
        if words is None:
            return
        try:
            days = [typed.day(day) for day in words.split()]
            first, last = (*days, *days)[0], days[-1]
        except (ValueError, IndexError):
            sentence = self._("A day looks like {day}", day=self._today.isoformat())
            self.query_one("#days", Static).update(sentence)
            return
        self._look_at(first, last)


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
        second = Content.assemble((lang("Waiting time") + " ", "$quiet"), (waited, "bold"))
    else:
        second = Content.styled(lang("Nobody has been called."), "$quiet")
    if period.rough_days:
        rough = lang("{n} of the days are purged: approximate", n=period.rough_days)
        second = Content.assemble(second, "  ", (rough, "$quiet"))
    return Content.assemble(line, "\n", second)
