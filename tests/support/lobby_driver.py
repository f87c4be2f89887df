"""Drives a lobby as a person does, by keys and taps, with clocks that stand still."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import msgspec
from fingers import AT_ONCE, Fingers, key_event
from rest import A_MOMENT, come_to_rest, drain
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from db import CheckIn, CheckInStore, open_accounts, open_store
from kiosk.app.app import KioskApp
from kiosk.content.clinic import Clinic, Order
from kiosk.content.texts import load_clinic
from kiosk.input.guard import Kind
from kiosk.settings import CHECKOUT, Settings
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
"""A Monday, 10:42 in Shanghai."""
CLINIC = load_clinic(CHECKOUT / "content")
DUE_FIRST = msgspec.structs.replace(
    CLINIC,
    locations=tuple(
        msgspec.structs.replace(one, order=Order.APPOINTMENT) for one in CLINIC.locations
    ),
)
"""The same clinic, where confirmed appointments order the queue."""

ENDLESS = ("queue", "follow", "jobs")
"""Groups of workers that go on for as long as their screen is there."""

PATIENCE = 5.0
"""Seconds after which what was to appear on the screen counts as missing."""
READING = 100
"""Waits of 5 ms for the queue to be read first; a store in trouble never answers."""


class Lobby:
    """A lobby over a store of its own."""

    def __init__(
        self, tmp_path: Path, language: str = "en", clinic: Clinic = CLINIC, **settings: object
    ) -> None:
        self.clinic = clinic
        self.fingers = Fingers()
        self.passed = 0.0
        """Seconds that the clocks have been moved on."""
        self.folder = tmp_path
        self.held = False
        """Whether a test keeps the store from answering."""
        self.store = self.open_store()
        self.app = KioskApp(
            Settings(
                language=language,
                data_dir=tmp_path / "data",
                keys_dir=tmp_path / "keys",
                device="kiosk-1",
                **AT_ONCE | settings,
            ),
            clinic,
            open_store=self.open_store,
            open_accounts=lambda: open_accounts(
                tmp_path / "data", keys_dir=tmp_path / "keys", clock=self.now
            ),
            clock=self.now,
            monotonic=lambda: self.passed,
        )
        self.pilot: Pilot[int | None]

    def open_store(self, **options: Any) -> CheckInStore:
        """One more handle on the store, as another process would have."""
        return open_store(
            self.folder / "data",
            location=self.clinic.location(None).slug,
            order=self.clinic.location(None).order,
            keys_dir=self.folder / "keys",
            time_zone=self.clinic.time_zone,
            phone_region=self.clinic.region,
            clock=self.now,
            **options,
        )

    def now(self) -> datetime:
        """The lobby's clock."""
        return NOW + timedelta(seconds=self.passed)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = (80, 24)) -> "Iterator[Lobby]":
        """Run the app at a size until the block ends."""
        async with self.app.run_test(size=size) as self.pilot:
            for _ in range(READING):  # another thread reads the queue
                if self.app.queue_state.known:
                    break
                await asyncio.sleep(0.005)
            await self.settle()
            yield self
        self.store.close()

    async def settle(self) -> None:
        """Let everything that was set going come to rest, and be painted."""
        await self._answered()
        for worker in [w for w in self.app.workers if w.group not in ENDLESS]:
            await worker.wait()
        await come_to_rest(self.app)

    async def _answered(self) -> None:
        """Wait until every key is done with, and the store has answered."""
        await drain(self.app, self.app.screen)
        while self.app.type_ahead.busy or (self.app.commits.under_way and not self.held):
            await asyncio.sleep(A_MOMENT)
            await drain(self.app, self.app.screen)
        await drain(self.app, self.app.screen)

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each answered before the next."""
        for key in keys:
            self.send(key)
            await self._answered()
        await self.settle()

    def send(self, *keys: str) -> None:
        """Press keys as fast as they come."""
        for key in keys:
            self.app.post_message(self.fingers.press(key))

    async def arrive_keys(
        self, *keys: str, at: float | None = None, kind: Kind = Kind.UNTOLD
    ) -> None:
        """Have keys arrive as a terminal reads them that tells nothing else; by default now."""
        for key in keys:
            event = key_event(key)
            event.arrived = self.passed if at is None else at
            event.kind = kind
            self.app.post_message(event)
        await self.settle()

    async def touch_at(self, x: int, y: int, *, at: float | None = None) -> None:
        """Touch a cell, as the terminal tells it."""
        for which in (events.MouseDown, events.MouseUp):
            event = which(None, x, y, 0, 0, 1, False, False, False, x, y)
            event.arrived = self.passed if at is None else at
            self.app.post_message(event)
        await self.settle()

    async def type(self, text: Iterable[str]) -> None:
        """Type a text, or keys by name, as fast as they come."""
        self.send(*text)
        await self.settle()

    async def tap(self, label: str) -> None:
        """Touch the card that says `label`."""
        for card in self.app.screen.query(Press):
            if card.display and card.visible and label in (card.label, card.key, *card.lines):
                await self.pilot.click(card)
                await self.settle()
                return
        raise AssertionError(f"there is no card {label!r} on\n{self.text}")

    async def wait(self, seconds: float) -> None:
        """Let time pass, and the screens notice it."""
        self.passed += seconds
        self.app.screen.tick()
        await self.settle()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that another thread or process brings about."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not holds():
            assert loop.time() < end, f"it never came:\n{self.text}"
            await asyncio.sleep(0.005)

    async def sees(self, *texts: str) -> None:
        """Wait until all of these are on the screen."""

        def all_there() -> bool:
            painted = self.text
            return all(text in painted for text in texts)

        try:
            await self.until(all_there)
        except AssertionError:
            raise AssertionError(f"{texts} never appeared on\n{self.text}") from None

    async def misses(self, text: str) -> None:
        """Wait until this is no longer on the screen."""
        await self.until(lambda: text not in self.text)

    async def still_holding(self, text: str) -> list[str]:
        """What still holds `text` a moment from now: timers that were running let go by then."""
        for _ in range(20):
            if not (holders := anywhere(text)):
                break
            await self.pilot.pause(0.1)
        return holders

    @property
    def lines(self) -> list[str]:
        """The screen as it is painted."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """The painted screen as one text."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def words(self) -> str:
        """The painted screen without line breaks and borders, to look for sentences in."""
        return " ".join(
            " ".join(line.translate(str.maketrans("▊▎▌▐█▛▜▙▟", " " * 9)).split())
            for line in self.lines
        )

    @property
    def cards(self) -> str:
        """What stands on the cards, unbroken: their labels and lines."""
        cards = [c for c in self.app.screen.query(Press) if c.display and c.visible]
        return "\n".join(" ".join((card.label, *card.lines)) for card in cards)

    @property
    def screen(self) -> str:
        """The name of the screen that is up."""
        return type(self.app.screen).__name__

    async def wrong_at(
        self, stops: AsyncIterator[str], look: Callable[[], list[str] | Awaitable[list[str]]]
    ) -> dict[str, tuple[list[str], str]]:
        """What `look` finds wrong at the stops of a tour, each with its screen."""
        wrong = {}
        async for name in stops:
            painted, found = self.text, look()
            if faults := found if isinstance(found, list) else await found:
                wrong[name] = (faults, painted)
        return wrong

    def today(self) -> list[CheckIn]:
        """Every check-in on disk, by another handle than the lobby's own."""
        return self.store.today()

    def cut_off(self) -> list[str]:
        """Widgets whose text is not wholly on the glass."""
        width, height = self.app.size
        wrong = [line for line in self.lines if cell_len(line) != width]
        for widget in self.app.screen.query(Widget):
            scrolls = any(
                isinstance(node, Widget) and node.is_scrollable and node.allow_vertical_scroll
                for node in widget.ancestors
                if node is not self.app.screen
            )
            region = widget.region
            shown = widget.visible and all(node.display for node in widget.ancestors_with_self)
            if isinstance(widget, Press) and shown and not widget.size:
                wrong.append(f"{widget!r} {widget.label!r} has no room at all")
            if not widget.display or not widget.visible or not region or scrolls:
                continue
            if region.right > width or region.bottom > height or region.x < 0 or region.y < 0:
                wrong.append(f"{widget!r} at {region}")
            elif (
                not widget.children
                and self.app.screen.find_widget(widget).clip.intersection(region) != region
            ):
                wrong.append(f"{widget!r} at {region} is cut by what it stands in")
            if isinstance(widget, Words) and widget.text:
                within = widget.parent.region if isinstance(widget.parent, Widget) else region
                above = [w.region for w in widget.siblings if w.display and w.visible and w.region]
                if not within.contains_region(region) or any(r.overlaps(region) for r in above):
                    wrong.append(f"{widget!r} at {region} has not room enough")
        return wrong


HOLDERS = (Segment, _lru_cache_wrapper, Widget, KioskApp)
"""Kinds of things that may hold what somebody typed."""


def anywhere(marker: str) -> list[str]:
    """What still holds `marker`: live widgets, what was painted, what a library remembers."""
    gc.collect()
    found = []
    for thing in gc.get_objects():
        if not isinstance(thing, HOLDERS):
            continue
        if isinstance(thing, Segment):
            found += ["Segment"] if marker in thing.text else []
        elif isinstance(thing, _lru_cache_wrapper):
            texts = [held for held in gc.get_referents(thing) if isinstance(held, str)]
            found += [f"{thing.__wrapped__}" for text in texts if marker in text]
        else:
            found += [
                f"{type(thing).__name__}.{name}"
                for name, value in vars(thing).items()
                if isinstance(value, str) and marker in value
            ]
    return found
