"""ContentWatch: what the app knows of the clinic, as fresh as content/ is on disk."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import msgspec
from textual.app import App

from kiosk.content.clinic import Clinic, Location
from kiosk.content.news import ContentNews
from kiosk.languages.language import Language, language
from kiosk.log import log_fault
from kiosk.settings import Settings

CONTENT_EVERY = 30.0
"""Seconds between looks for edited content while nobody comes."""


class Published(msgspec.Struct, frozen=True):
    """All that screens know of the clinic, as it was read from content/."""

    clinic: Clinic
    location: Location
    """Where this terminal stands."""
    languages: tuple[Language, ...]
    """What may be chosen from here."""
    first_language: Language
    """What each session begins in."""

    @classmethod
    def of(cls, clinic: Clinic, settings: Settings) -> "Published":
        """What this terminal shows of a clinic."""
        clinic = clinic.with_hours(settings.location, settings.hours)
        tags = [tag for tag in settings.languages if tag in clinic.languages] or clinic.languages
        first = settings.language if settings.language in tags else tags[0]
        return cls(
            clinic,
            clinic.location(settings.location),
            tuple(language(tag) for tag in tags),
            language(first),
        )


class ContentWatch:
    """Reads what is edited, to be taken up between two people, and never during a session."""

    def __init__(
        self,
        app: App[int],
        news: ContentNews,
        *,
        publish: Callable[[Clinic], None],
        show: Callable[[], Awaitable[None]],
    ) -> None:
        """`publish` makes a clinic what is known from now on; `show` shows it if it may be."""
        self._kiosk = app
        self._news = news
        self._publish = publish
        self._show = show
        self.edited: Clinic | None = None
        """What was read and is not published yet."""
        self._session_over = asyncio.Event()

    def start(self) -> None:
        """Look for new content after every session, and now and then while nobody comes."""
        self._kiosk.run_worker(self._follow(), group="queue", exit_on_error=False)

    def take_up(self) -> bool:
        """Between two sessions: publish what has been read meanwhile, and have it looked for."""
        self._session_over.set()
        if self.edited is None:
            return False
        self._publish(self.edited)
        self.edited = None
        return True

    async def look(self) -> None:
        """Read what was saved in content/, in a thread."""
        if await asyncio.to_thread(self._news.look):
            self.edited = self._news.clinic
            # In the app's own queue, where screens may be put up.
            self._kiosk.call_later(self.show)

    async def show(self) -> None:
        """Show what was edited, unless a session has ended meanwhile."""
        if self.edited is not None:
            await self._show()

    async def _follow(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._session_over.wait(), CONTENT_EVERY)
            self._session_over.clear()
            try:
                await self.look()
            except Exception as fault:
                log_fault(fault, "content could not be looked for")
