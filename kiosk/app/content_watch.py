"""Published: what the app knows of the clinic, as fresh as content/ is on disk."""

import asyncio
from contextlib import suppress

from textual import work
from textual.message import Message

from kiosk.app.type_ahead import TypeAhead
from kiosk.content.clinic import Clinic
from kiosk.content.news import ContentNews
from kiosk.languages.language import Language, language
from kiosk.log import log_fault
from kiosk.settings import Mode, Settings

CONTENT_EVERY = 30.0
"""Seconds between looks for edited content while nobody comes."""


class Published(TypeAhead, inherit_bindings=False):
    """An app that takes up edited content between two people, and never during a session."""

    language: Language
    language_chosen: bool

    class ContentChanged(Message):
        """There is other content to show."""

    def __init__(self, settings: Settings, clinic: Clinic) -> None:
        super().__init__()
        self.settings = settings
        self._news = ContentNews(settings.content_dir, clinic, settings.location)
        self._edited: Clinic | None = None
        self._session_over = asyncio.Event()
        self._publish(clinic)

    def _publish(self, clinic: Clinic) -> None:
        """Take all that screens know of the clinic from these values."""
        self.clinic = clinic = clinic.with_hours(self.settings.location, self.settings.hours)
        self.location = clinic.location(self.settings.location)
        offered, wanted = self.settings.languages, self.settings.language
        tags = [tag for tag in offered if tag in clinic.languages] or clinic.languages
        self.languages: tuple[Language, ...] = tuple(language(tag) for tag in tags)
        self.first_language = language(wanted if wanted in tags else tags[0])

    def take_up_content(self) -> bool:
        """Between two sessions: publish what has been read meanwhile, and have it looked for."""
        self._session_over.set()
        if self._edited is None:
            return False
        self._publish(self._edited)
        self._edited = None
        return True

    async def renew(self, mode: Mode) -> None:
        """Take all screens down and put up those of a mode, with what is published now."""
        raise NotImplementedError

    async def look_for_content(self) -> None:
        """Read what was saved in content/, in a thread."""
        if await asyncio.to_thread(self._news.look):
            self._edited = self._news.clinic
            self.post_message(self.ContentChanged())

    async def on_mount(self) -> None:
        """Look for new content after every session, and now and then while nobody comes."""
        self.follow_content()

    @work(group="queue", exit_on_error=False)
    async def follow_content(self) -> None:
        """Look whenever a session is over, or nobody has come for a while."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._session_over.wait(), CONTENT_EVERY)
            self._session_over.clear()
            try:
                await self.look_for_content()
            except Exception as fault:
                log_fault(fault, "content could not be looked for")

    async def on_published_content_changed(self) -> None:
        """Show it: in a lobby that somebody uses when they have gone, anywhere else at once."""
        if self._edited is None:
            return  # a session has ended meanwhile
        if self.current_mode != Mode.lobby:
            self.take_up_content()
        elif not (len(self.screen_stack) > 1 or self.language_chosen or self._key_since):
            await self.renew(Mode.lobby)
