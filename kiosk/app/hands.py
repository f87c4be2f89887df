"""Hands: what counts as a key or a touch at this terminal, by what stands on its glass."""

from collections.abc import Callable

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.screen import Screen

from kiosk.input.guard import AFTER_READING, InputGuard, Meaning, Row, Stroke, Verdict
from kiosk.input.on_glass import OnGlass
from kiosk.settings import Settings
from kiosk.textual_private.half_width import mark
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

SIGNS_OF_LIFE = (
    events.Key,
    events.MouseDown,
    events.MouseScrollDown,  # what a finger that draws a text along becomes
    events.MouseScrollUp,
    events.Paste,
)
"""What only somebody who is there can cause."""
FILL_AGAIN = 0.05
"""Seconds between looks at cards that fill in late, because others came up meanwhile."""


class Hands:
    """What an app knows of the hands before it, to judge each key and each touch by."""

    def __init__(
        self, app: App[int], settings: Settings, monotonic: Callable[[], float], guard: InputGuard
    ) -> None:
        self._kiosk = app
        self._settings = settings
        self._monotonic = monotonic
        self._guard = guard
        self._on_glass = OnGlass()
        self._hollow: set[Press] = set()
        """Cards that are painted as not to be chosen yet."""
        self._early = False
        """Whether the finger on the glass came down too early: nothing comes of it."""

    # What stands there

    def appears(self) -> None:
        """What is painted next was not there before, though the screen was."""
        self._on_glass.appears()

    def painted(self, screen: KioskScreen[object]) -> None:
        """A frame of this screen is on its way to the glass."""
        self._on_glass.painted(screen, self._monotonic())

    def readable_at(self, screen: KioskScreen[object], card: Press | None) -> float | None:
        """From when on a card, or what has none, may be chosen; None while it is not seen."""
        self._on_glass.look(screen)
        delay = self._settings.seen_after_grave if screen.grave else self._settings.seen_after
        if not screen.fits:
            return None
        if not delay:
            return float("-inf")
        since = self._on_glass.since
        if since is None or (card and card.seen_since is None and card.size):
            return None
        return max(since, (card and card.seen_since) or since) + delay

    def fills_in(self, card: Press) -> bool:
        """Whether a card is to be painted as one that cannot be chosen yet; later it is filled."""
        if not (self._settings.seen_after or self._settings.seen_after_grave):
            return False
        if not card.is_attached:  # it is on its way out
            return False
        screen = card.screen
        if not isinstance(screen, KioskScreen) or screen.meaning_of(card) not in AFTER_READING:
            return False
        readable, now = self.readable_at(screen, card), self._monotonic()
        if readable is not None and now >= readable:
            return False
        if not self._hollow:
            self._kiosk.set_timer(max(self._settings.seen_after, FILL_AGAIN), self._fill)
        self._hollow.add(card)
        return True

    def _fill(self) -> None:
        cards, self._hollow = self._hollow, set()
        for card in cards:
            if card.is_attached and card.screen is self._kiosk.screen:
                card.refresh()  # painting it, it is looked again

    def forget(self) -> None:
        """Let go of the screens of a session."""
        self._hollow.clear()
        self.appears()

    # Keys

    def as_meant(self, key: events.Key) -> events.Key:
        """The mark that an input method made another of, where it is no text."""
        meant, screen = mark(key), self._kiosk.screen
        if meant is key or not isinstance(screen, KioskScreen):
            return key
        return key if screen.means(key) is Meaning.TEXT else meant

    def judge(self, key: events.Key, stroke: Stroke) -> Verdict:
        """What becomes of the key that is next."""
        screen = self._kiosk.screen
        if not isinstance(screen, KioskScreen):
            return Verdict.COUNTS
        meaning = screen.means(key)
        readable = self.readable_at(screen, screen.card_for(key))
        verdict = self._guard.judge(
            stroke,
            meaning,
            self._on_glass.place,
            readable=readable,
            takes_scans=screen.TAKES_SCANS,
        )
        if verdict is Verdict.COUNTS and meaning is Meaning.TYPES and stroke.row and stroke.first:
            stroke.row.take_back = screen.way_back()
        return verdict

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Paint that a key was pressed which waits for what may follow it."""
        screen = self._kiosk.screen
        if isinstance(screen, KioskScreen):
            screen.show_pressed(key, pressed=pressed)

    def scanned(self, row: Row) -> None:
        """Tell whoever stands here that keys were left out, or have the screen use them."""
        screen = self._kiosk.screen
        if isinstance(screen, KioskScreen):
            screen.scanned(row.text.strip())

    def left_out(self) -> None:
        """Tell whoever stands here that more came at once than hands type."""
        screen = self._kiosk.screen
        if isinstance(screen, KioskScreen):
            screen.scanned("")

    # Touches

    def takes(self, event: events.MouseEvent, screen: Screen[object]) -> bool:
        """Whether a touch counts: not if the finger came down before it could see on what."""
        if isinstance(event, events.MouseDown) and isinstance(screen, KioskScreen):
            arrived = float(getattr(event, "arrived", self._monotonic()))
            readable = self.readable_at(screen, self._card_at(event, screen))
            self._early = readable is None or arrived < readable
        if isinstance(event, events.MouseDown | events.MouseUp | events.Click):
            return not self._early
        return True

    def _card_at(self, event: events.MouseEvent, screen: Screen[object]) -> Press | None:
        try:
            widget, _region = screen.get_widget_at(int(event.x), int(event.y))
        except NoWidget:
            return None
        return next((node for node in widget.ancestors_with_self if isinstance(node, Press)), None)
