"""The figures on the screen: arrivals, waits, visits, no-shows and rooms of any days."""

import asyncio
from datetime import date, timedelta

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db import FEWEST, Role, StoreError
from kiosk.input.guard import Meaning
from kiosk.languages import typed, typed_days
from kiosk.queue.calibration import Calibration, read_calibration
from kiosk.queue.figures import Period, read_figures
from kiosk.queue.report_of_days import days_before
from kiosk.staff.asking.entry import EntryBar, LineQuestion
from kiosk.staff.asking.key_lines import KeyLines
from kiosk.staff.figures.parts import DayKeys, Plot
from kiosk.staff.figures.sums import sums
from kiosk.staff.figures.two_tables import Tables
from kiosk.staff.meaning import in_a_line
from kiosk.staff.refusals import refusal
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.screen import KioskScreen

FIRST_HOUR, LAST_HOUR = 8, 18
"""Hours that are always shown; others when somebody came."""
EDGES, TALL_EDGES = 2, 8
"""Cells free beside the keys, as the style sheet has them: where they are right, once is enough."""
KEYS = {
    "1": "today",
    "2": "week",
    "3": "month",
    "4": "days",
    "5": "weekdays",
    "9": "more",
    "pagedown": "more",
    "pageup": "less",
    "left": "earlier",
    "less_than_sign": "earlier",
    "right": "later",
    "greater_than_sign": "later",
}


class FiguresScreen(StaffScreen[str | None]):
    """Shows no name; gives "lock" where the screen is to be locked."""

    class Counted(Message):
        """The figures were read, or could not be."""

        def __init__(self, outcome: Period | StoreError) -> None:
            super().__init__()
            self.outcome = outcome

    class Compared(Message):
        """So were those of the days before, and how the expected wait held."""

        def __init__(self, before: Period, calibration: Calibration | None) -> None:
            super().__init__()
            self.before, self.calibration = before, calibration

    def __init__(self) -> None:
        super().__init__()
        self._first = self._last = date.min
        self._today = date.min
        self._period: Period | None = None
        self._before: Period | None = None
        self._calibration: Calibration | None = None
        self._by_weekday = False
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
        self._first, self._last = first, min(last, self._today)
        self._before = self._calibration = None
        self._by_weekday &= self._first != self._last
        self._count(self._first, self._last)

    @work(group="figures", exclusive=True)
    async def _count(self, first: date, last: date) -> None:
        try:
            found = await asyncio.to_thread(self._read, first, last)
            self.post_message(self.Counted(found))
            past = await asyncio.to_thread(self._read, *days_before(first, last))
            held = await asyncio.to_thread(self._calibrated, first, last)
            self.post_message(self.Compared(past, held))
        except StoreError as refused:
            self.post_message(self.Counted(refused))

    def _read(self, first: date, last: date) -> Period:
        """The figures; whoever may be recognised in days that are over stands with others."""
        kiosk, zone = self.kiosk, self.kiosk.clinic.zone
        fewest = 1 if first == last == self._today else FEWEST
        names = []
        if kiosk.settings.practitioner_figures:
            names = [one.name for one in kiosk.accounts().all() if one.role is Role.practitioner]
        return read_figures(kiosk.store(), first, last, zone, fewest=fewest, practitioners=names)

    def _calibrated(self, first: date, last: date) -> Calibration | None:
        rooms = {room.name: room.services for room in self.kiosk.settings.rooms}
        return read_calibration(self.kiosk.store(), first, last, self.kiosk.clinic.zone, rooms)

    def on_figures_screen_counted(self, event: Counted) -> None:
        """Show them."""
        if isinstance(event.outcome, StoreError):
            why = refusal(event.outcome, self._, self.kiosk.clinic.zone)
            self.query_one("#sums", Static).update(Content.styled(why, "bold $terracotta"))
            return
        self._period = event.outcome
        self._show()

    def on_figures_screen_compared(self, event: Compared) -> None:
        """Show them too."""
        self._before, self._calibration = event.before, event.calibration
        self._show()

    # Showing

    def _show(self) -> None:
        period, _ = self._period, self._
        if period is None:
            return
        days = self.query_one("#days", Static)
        if days.content != self._days:
            days.update(self._days)
        area, told = (
            self.query_one("#sums", Static),
            sums(period, self._before, self._calibration, _),
        )
        breaks = any(line.cell_length > area.size.width for line in told.split("\n"))
        area.update(told, layout=breaks or area.size.height > told.plain.count("\n") + 1)
        self.query_one(Plot).show(self._arrivals(period), _.number)
        titles = {s.slug: _.pick(s.title) for s in self.kiosk.clinic.services}
        titles |= {"": _("Not sure"), "other": _("Others")}
        self.query_one(Tables).show(period, titles)

    def _arrivals(self, period: Period) -> dict[str, int]:
        """Arrivals by hour, or by weekday."""
        if self._by_weekday:
            days = {day: sum(hours.values()) for day, hours in period.by_weekday.items()}
            return {self._.weekday(n): days.get(str(n + 1), 0) for n in range(7)}
        hours = [int(hour) for hour in period.by_hour]
        shown = range(min([FIRST_HOUR, *hours]), max([LAST_HOUR, *hours]) + 1)
        return {f"{hour:02d}": period.by_hour.get(f"{hour:02d}", 0) for hour in shown}

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
            case "weekdays" if self._first != self._last:
                self._by_weekday = not self._by_weekday
                self._show()
            case "more" | "less":
                self.query_one(Tables).turn(1 if what == "more" else -1)
            case "queue":
                self.dismiss(None)

    async def _ask_days(self) -> None:
        """Have two days typed, or one, in place of the keys."""
        self._bar = EntryBar()
        self.query_one(DayKeys).display = False
        await self.query_one("#bottom").mount(self._bar)
        self._ask_line(self._bar, "")

    def _ask_line(self, bar: EntryBar, value: str) -> None:
        line = LineQuestion(
            text=self._("Which days:"),
            enter=self._("show"),
            cancel=self._("cancel"),
            hint=self._("Such as yesterday, Nov, 1.11-15.11"),
            value=value,
        )
        bar.ask(line, lambda words: self._days_typed(bar, words))

    def _days_typed(self, bar: EntryBar, words: str | None) -> None:
        """Show these days; where there are none such, say so, and have them corrected."""
        try:
            days = None
            if words is not None:
                days = typed_days.days(words, self._today, month_first=self._.wide)
        except typed_days.StillToCome as refused:
            self._say(self._("{day} is still to come.", day=refused.day.isoformat()))
        except ValueError:
            day = self._today.isoformat()
            self._say(self._("Try {day}, Nov or 1.11-15.11.", day=day))
        else:
            self._bar = None
            self.set_focus(None)
            self.query_one(DayKeys).display = True
            bar.remove()
            if days:
                self._look_at(*days)
            else:
                self._say(self._days)
            return
        self._ask_line(bar, words or "")

    def _say(self, sentence: str) -> None:
        """Say something in place of the days, such as what is wrong with them."""
        self.query_one("#days", Static).update(sentence)
