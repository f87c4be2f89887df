"""The base of every screen: its language, its host, and what all screens forbid."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import ClassVar, TypeVar, cast

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget

from kiosk.input.guard import Meaning
from kiosk.languages.language import Language, mark
from kiosk.textual_private.screen import SparingScreen
from kiosk.widgets.cursor import cursor_in
from kiosk.widgets.host import Kiosk
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying, said_within

Result = TypeVar("Result")

TOO_SMALL = mark("Please make this window larger: 80x24 at least.")

_STYLES = Path(__file__).parent.parent / "styles"


def styles(*names: str) -> list[str | PurePath]:
    """Paths of style sheets, for a CSS_PATH that subclasses in other folders inherit.

    A screen names all sheets of its audience, so that no later screen makes Textual parse anew.
    """
    return [_STYLES / f"{name}.tcss" for name in names]


class KioskScreen(SparingScreen[Result]):
    """A screen of the kiosk; `self._("…")` is its text in the session's language."""

    AUTO_FOCUS = None
    ALLOW_SELECT = False
    ANY_KEY = False
    """Whether this screen waits for any key at all, F1, F10 and F12 among them."""
    TAKES_SCANS = False
    """Whether what a scanner sends here is taken as if it were typed."""
    RESTS: ClassVar[tuple[str, ...]] = ("Entry", ".question", "#heading")
    """Where the terminal's cursor stands while nothing has the focus: the first that is seen."""
    # What stands on a screen is hidden by base.tcss where it would not fit.
    HORIZONTAL_BREAKPOINTS = [(0, "-too-small"), (80, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (24, "-short"), (32, "-tall")]

    # Textual repaints the whole screen whenever the focus moves; the two cards that change do that
    # by themselves, in a quarter of the time.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget that keys go to."""

    class Command(Message):
        """A key that works on every screen was pressed: `name` is "help" or "start-over"."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    _was_seen = False

    async def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come up for the first time as it was made: else all of it is styled a second time."""
        event.refresh_styles = event.refresh_styles and self._was_seen
        self.call_after_refresh(self._note_seen)

    def _note_seen(self) -> None:
        self._was_seen = True

    def on_compose(self) -> None:
        """Know the size before anything stands here: else the first resize styles all anew."""
        width, height = self.app.size
        for breakpoints, room in (
            (self.HORIZONTAL_BREAKPOINTS, width),
            (self.VERTICAL_BREAKPOINTS, height),
        ):
            self.add_class([name for least, name in breakpoints if least <= room][-1])

    def forget(self) -> None:
        """Let go of every name: the screen is about to be taken away for somebody else."""

    # What keys and touches do here, for whoever judges them

    def means(self, key: events.Key) -> Meaning:
        """What a key does on this screen as it stands now."""
        return Meaning.MOVES

    def card_for(self, key: events.Key) -> Press | None:
        """The card that a key chooses, if it chooses one."""
        return None

    def meaning_of(self, card: Press) -> Meaning:
        """What a card of this screen does."""
        return Meaning.MOVES

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Paint that a key was pressed while it waits for what may follow it; then, no more."""
        if card := self.card_for(key):
            card.show_pressed(pressed)

    def way_back(self) -> Callable[[], None]:
        """How to have undone what is typed into a field next."""
        return lambda: None

    def scanned(self, text: str) -> None:
        """Hear that this came from a scanner and was left out."""

    @property
    def grave(self) -> bool:
        """Whether what is asked here needs longer to be read."""
        return False

    @property
    def at_rest(self) -> bool:
        """Whether nobody would miss anything if this screen went and came back as it begins."""
        return False

    @property
    def fits(self) -> bool:
        """Whether what stands here is seen: not in a window that is too small for it."""
        return not (self.has_class("-too-small") or self.has_class("-too-low"))

    def painted(self) -> None:
        """Note since when it is seen."""
        self.kiosk.note_painted(cast("KioskScreen[object]", self))

    def takes(self, event: events.MouseEvent) -> bool:
        """Not what came down before it could be seen on what."""
        return self.kiosk.takes(event, cast("KioskScreen[object]", self))

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        return cast(Kiosk, self.app)

    def render(self) -> RenderableType:
        """Nothing of its own, unless the terminal is too small for what stands on it."""
        if self.fits:
            return super().render()
        return Text("\n".join(lang(TOO_SMALL) for lang in self.kiosk.pair))

    def said(self) -> Iterable[Saying]:
        """All that it says, in reading order."""
        if self.fits:
            return said_within(self)
        return [Saying(lang(TOO_SMALL)) for lang in self.kiosk.pair]

    @property
    def cursor(self) -> Offset:
        """Where the terminal's cursor stands: on what has the focus, or else on what is asked."""
        for widget in (self.focused,) if self.focused else self._rests():
            seen = self.seen(widget)
            if seen and widget.visible and (at := cursor_in(widget, seen)) is not None:
                return at
        return Offset()

    def _rests(self) -> Iterator[Widget]:
        # A query takes ten times as long as this walk, and one is asked for with every frame.
        widgets = list(self.walk_children(Widget))
        return (widget for rest in self.RESTS for widget in widgets if _is(widget, rest))

    @property
    def on_top(self) -> bool:
        """Whether keys and touches come here; `is_current` is true under a modal screen too."""
        return self.app.screen is self

    @property
    def _(self) -> Language:
        return self.kiosk.language


def _is(widget: Widget, rest: str) -> bool:
    """Whether it is the one with this "#id", of this ".class", or of this type."""
    match rest[0]:
        case "#":
            return widget.id == rest[1:]
        case ".":
            return widget.has_class(rest[1:])
    return type(widget).__name__ == rest
