"""The reader: one text of the clinic's, a page at a time, and the ways on from it."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.css.query import NoMatches

from kiosk.content.clinic import Service
from kiosk.input.guard import Meaning
from kiosk.lobby.reading.came_for import came_for
from kiosk.lobby.reading.cautions import set_for_reading
from kiosk.lobby.reading.reading_order import Text, related
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.press import Press, Tile
from kiosk.widgets.prose import Prose
from kiosk.widgets.words import Words

BESIDE = 116
"""Columns from which the ways on stand beside the text and not below it."""
MOVES = ("down", "up", "pagedown", "pageup", "left", "right", "home", "end", "backspace")
TRAIL = 20
"""How many texts Back leads through, for somebody who follows one from another."""
BAR = 24
"""Columns of the line that says how far one has read."""


class ReaderScreen(LobbyScreen[None]):
    """An article or a service: its text, the caution it needs, and how far one has read."""

    IDLE = 4.0
    RESTS = ("Prose",)
    HORIZONTAL_BREAKPOINTS = [(0, "-too-small"), (80, "-narrow"), (BESIDE, "-wide")]

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text
        self._trail: list[Text] = []
        """The texts that led here, the last one last."""
        self._read = 0.0
        """How much of the text lies above the glass, from 0 to 1: kept when lines break anew."""

    # What stands on it

    def heading(self) -> str:
        """The title."""
        return self._.pick(self._text.title)

    def step(self) -> str:
        """How far one has read."""
        prose = self._prose()
        if prose is None:
            return ""
        here, pages = self._page_number(prose), prose.pages
        done = max(1, round(BAR * here / pages))
        return self._("Page {n} of {of}", n=here, of=pages) + "  " + "━" * done + "─" * (BAR - done)

    def next_label(self) -> str:
        """Enter turns the page; after the last it leads on."""
        prose = self._prose()
        at_end = prose is not None and self._page_number(prose) == prose.pages
        return self._("Read on") if at_end else self._("Next page")

    def compose_body(self) -> ComposeResult:
        """Who is being called; the text; the ways on."""
        yield CalledStrip(self._, waiting=True, id="strip")
        with Container(id="reading"):
            with VerticalScroll(id="page", can_focus=False):
                yield set_for_reading(
                    self._text, self.kiosk.clinic, self._, larger=self.kiosk.larger
                )
            with Container(id="ways"):
                yield Tile(self._check_in(), key="1", id="check-in", classes="main")
                yield Tile(self._("Page back"), key="2", id="page-back")
                yield Tile(self._("More on this"), *self._more(), key="3", id="more")

    def _check_in(self) -> str:
        if isinstance(self._text, Service):
            return self._("Check in for this")
        return self._("Check in here")

    def _more(self) -> list[str]:
        return [self._.pick(text.title) for text in related(self._text, self.kiosk.clinic)[:4]]

    # How far one has read

    def on_mount(self) -> None:
        """Say how far one is, once it is known how long the text is."""
        super().on_mount()
        self._follow_page()

    async def reload(self, text: Text) -> None:
        """Show the same text as it has been edited, at the same place in it."""
        self._text = text
        await self.relanguage()

    async def relanguage(self) -> None:
        """The same text in another language, at the same place in it."""
        await super().relanguage()
        self._follow_page()

    async def on_resize(self) -> None:
        """Another width makes other pages."""
        self.call_after_refresh(self._keep_place)

    def _follow_page(self) -> None:
        self.watch(self._page, "scroll_y", self._scrolled, init=False)
        self.call_after_refresh(self._keep_place)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def _prose(self) -> Prose | None:
        """The text on the glass; None between two compositions."""
        try:
            return self.query_one(Prose)
        except NoMatches:
            return None

    def _page_number(self, prose: Prose) -> int:
        """The page one is on, from 1: that which the first line on the glass belongs to."""
        return min(prose.pages, round(self._page.scroll_target_y) // prose.page_height + 1)

    def _turn(self, pages: int) -> None:
        """Go some pages on, or back; from the middle of a page, back is to its beginning."""
        prose = self._prose()
        if prose is None:
            return
        top, height = round(self._page.scroll_target_y), prose.page_height
        here = -(-top // height) if pages < 0 else top // height
        self._go(max(0, min(prose.pages - 1, here + pages)) * height)

    def _go(self, y: float) -> None:
        self._page.scroll_to(y=y, animate=False, immediate=True)
        self._scrolled()

    def _scrolled(self) -> None:
        prose = self._prose()
        if prose is not None and prose.size.height:
            self._read = self._page.scroll_target_y / prose.size.height
            self._show_progress(prose)

    def _show_progress(self, prose: Prose) -> None:
        self.query_one("#step", Words).say(self.step())
        self.query_one("#next", Press).relabel(self.next_label())
        back = self.query_one("#page-back", Press)
        back.visible = self._page.scroll_target_y > 0
        if self.focused is back and not back.visible:
            self.set_focus(None)  # else Textual gives it to a neighbour, which Enter then presses

    def _keep_place(self) -> None:
        """After lines have been broken anew: the page that holds what stood on top."""
        prose = self._prose()
        if prose is not None:
            top = round(self._read * prose.size.height)
            self._go(top // prose.page_height * prose.page_height)
            self._show_progress(prose)

    # Keys

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Lines and pages; the space bar too."""
        if key.key == "space":
            return Meaning.PAGES
        return Meaning.MOVES if key.key in MOVES else None

    def next_means(self) -> Meaning:
        """It turns a page, and from the last one leads on."""
        prose = self._prose()
        more = prose is not None and self._page_number(prose) < prose.pages
        return Meaning.PAGES if more else Meaning.OPENS

    async def typed(self, event: events.Key) -> bool:
        """The keys that a keyboard has for pages and lines."""
        match event.key:
            case "down" | "up":
                lines = 1 if event.key == "down" else -1
                self._go(self._page.scroll_target_y + lines)
            case "pagedown" | "right" | "space":
                self._turn(1)
            case "pageup" | "left" | "backspace":
                self._turn(-1)
            case "home":
                self._go(0)
            case "end":
                self._turn(10_000)
            case _:
                return False
        return True

    async def next(self) -> None:
        """A page on; from the last, to what one may read after it."""
        prose = self._prose()
        if prose is not None and self._page_number(prose) < prose.pages:
            self._turn(1)
        else:
            self._lead_on()

    async def back(self) -> None:
        """The text that led here, or the shelf."""
        if self._trail:
            await self._show(self._trail.pop())
        else:
            self.dismiss()

    async def chosen(self, name: str) -> None:
        """Check in, turn back, or see what belongs to this."""
        match name:
            case "check-in":
                self.begin_check_in(came_for(self._text, self.kiosk.queue_state.reception))
            case "page-back":
                self._turn(-1)
            case "more":
                self._lead_on()

    def _lead_on(self) -> None:
        self.enter("onward", self._text, then=self._open)

    async def _open(self, text: Text | None) -> None:
        """Read another text; Back leads to this one."""
        if text is not None:
            self._trail = [*self._trail, self._text][-TRAIL:]
            await self._show(text)

    async def _show(self, text: Text) -> None:
        self._text, self._read = text, 0.0
        await self.relanguage()
