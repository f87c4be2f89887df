"""The reader: one text of the clinic's, a page at a time."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kiosk.content import Article, Service
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.press import Press
from kiosk.widgets.prose import Prose
from kiosk.widgets.words import Words


class ReaderScreen(LobbyScreen[None]):
    """An article or a service: its text, the caution it needs, and how far one has read."""

    IDLE = 4.0

    def __init__(self, text: Article | Service) -> None:
        super().__init__()
        self._text = text

    def heading(self) -> str:
        """The title."""
        return self._.pick(self._text.title)

    def next_label(self) -> str:
        """Enter turns the page, and closes after the last."""
        at_end = self.query(VerticalScroll) and self._at_end()
        return self._("Done") if at_end else self._("Next page")

    def compose_body(self) -> ComposeResult:
        """The text, and below it what always has to be said."""
        with VerticalScroll(id="page", can_focus=False):
            yield Prose(self._.pick(self._text.body), after=tuple(self._notices()))

    def _notices(self) -> list[str]:
        notices = []
        if isinstance(self._text, Service) and self._text.ask_first:
            notices.append(
                self._(
                    "Please tell us first if you are pregnant, take blood thinners, have a "
                    "pacemaker, a bleeding or skin problem, osteoporosis, a recent injury or "
                    "operation, or new numbness or weakness."
                )
            )
        if isinstance(self._text, Service) or self._text.health:
            notices.append(
                self._(
                    "General information, not a diagnosis. Please ask a practitioner. In an "
                    "emergency tell the staff at once, or call {number}.",
                    number=self.kiosk.clinic.emergency_number,
                )
            )
        if not self._text.verified:
            notices.append(self._("Not yet checked by the clinic."))
        return notices

    def on_mount(self) -> None:
        """Say how far one is, once it is known how long the text is."""
        super().on_mount()
        self.call_after_refresh(self._show_progress)
        self.watch(self.query_one("#page"), "scroll_y", self._show_progress, init=False)

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def _at_end(self) -> bool:
        return self._page.scroll_target_y >= self._page.max_scroll_y

    def _show_progress(self) -> None:
        if not self.query("#page"):
            return
        page = self._page
        height = max(1, page.size.height)
        pages = max(1, -(-page.virtual_size.height // height))
        here = pages if self._at_end() else min(pages, round(page.scroll_target_y / height) + 1)
        self.query_one("#step", Words).say(self._("Page {n} of {of}", n=here, of=pages))
        self.query_one("#next", Press).relabel(self.next_label())

    async def relanguage(self) -> None:
        """The same text in another language, from its beginning."""
        await super().relanguage()
        self.watch(self._page, "scroll_y", self._show_progress, init=False)
        self.call_after_refresh(self._show_progress)

    async def on_resize(self) -> None:
        """Another width makes other pages."""
        self.call_after_refresh(self._show_progress)

    async def next(self) -> None:
        """A page on, with two lines kept for the eye; from the last, back."""
        if self._at_end():
            self.dismiss()
            return
        page = self._page
        page.scroll_to(y=page.scroll_target_y + page.size.height - 2, animate=False)
        self._show_progress()

    def action_lines(self, lines: int) -> None:
        """Scroll by some lines."""
        self._page.scroll_relative(y=lines, animate=False)

    BINDINGS = [
        ("down", "lines(1)"),
        ("up", "lines(-1)"),
        ("pagedown,space", "lines(14)"),
        ("pageup", "lines(-14)"),
    ]
