"""KioskApp: modes, themes, language, session reset, and the workers that outlive a session."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen

from kiosk.app.commits import Commits
from kiosk.app.content_watch import ContentWatch, Published
from kiosk.app.hands import SIGNS_OF_LIFE, Hands
from kiosk.app.held import Held
from kiosk.app.modes import MODES, after_a_fault
from kiosk.app.opened import Opened
from kiosk.app.public_terminal import PublicTerminal
from kiosk.app.queue_watch import QueueWatch
from kiosk.app.ready import begin
from kiosk.app.session import Session
from kiosk.app.signing_in import SigningIn
from kiosk.app.type_ahead import TypeAhead
from kiosk.content.clinic import Clinic, Location
from kiosk.content.hours import Opening, opening, with_early
from kiosk.content.news import ContentNews
from kiosk.input.guard import InputGuard
from kiosk.languages.language import Language, language
from kiosk.queue.public import QueueState
from kiosk.settings import Mode, Settings
from kiosk.textual_private.forgetting import forget_painted
from kiosk.widgets.screen import KioskScreen, styles

if TYPE_CHECKING:
    from db import Account, Accounts, CheckIn, CheckInStore, Moment
    from kiosk.queue.wait import Wait
    from kiosk.widgets.host import Kiosk


class KioskApp(PublicTerminal, inherit_bindings=False):
    """One app for patients, staff and the board; the command picks the mode it starts in."""

    clinic: Held[Clinic] = Held("published")
    location: Held[Location] = Held("published")
    languages: Held[tuple[Language, ...]] = Held("published")
    first_language: Held[Language] = Held("published")
    language: Held[Language] = Held("session")
    language_chosen: Held[bool] = Held("session")
    larger: Held[bool] = Held("session")
    signed_in: "Held[Account | None]" = Held("session")
    account_changed: Held[bool] = Held("session")
    last_input: Held[float] = Held("session")
    moment: "var[Moment | None]" = var(None, init=False)
    queue_trouble: var[Exception | None] = var(None, init=False)
    queue_state: var[QueueState] = var(QueueState(), init=False)
    only_account: str | None = None
    CSS_PATH = styles("base")
    MODES: ClassVar = {**MODES, "between": Screen}
    # Priority, because plain bindings of the app are dead under a modal screen.
    BINDINGS = [
        Binding("f1", "command('help')", priority=True, show=False),
        Binding("f10", "command('start-over')", priority=True, show=False),
        Binding("f12", "staff", priority=True, show=False),
    ]

    class SessionEnded(Message):
        """A person's use of the kiosk is over; `mode` is what comes up for the next."""

        def __init__(self, mode: Mode = Mode.lobby) -> None:
            super().__init__()
            self.mode = mode

    def __init__(
        self,
        settings: Settings,
        clinic: Clinic,
        *,
        mode: Mode = Mode.lobby,
        demo: bool = False,
        open_store: "Callable[[], CheckInStore] | None" = None,
        open_accounts: "Callable[[], Accounts] | None" = None,
        clock: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        # By way of Textual's own first mode nothing would be painted for 50 ms.
        self.DEFAULT_MODE = mode  # type: ignore[misc]  # for each app its own
        super().__init__()
        self.settings = settings
        self.start_mode = mode
        self.demo = demo
        self.monotonic = monotonic
        self.published = Published.of(clinic, settings)
        self._clock = clock or (lambda: datetime.now(UTC))
        self.when_seen: list[Callable[[], object]] = []
        """What is done once the mode that was asked for can be seen and used."""
        self.session = Session.first(settings, self.first_language, monotonic())
        self._have_parts(Opened(settings, self.now, open_store, open_accounts))

    def _have_parts(self, opened: Opened) -> None:
        """Have the parts, and what of them screens ask for by the app's own name."""
        self.opened = opened
        self.store, self.accounts = opened.store, opened.accounts
        self.queue_watch = QueueWatch(self, self, self.store)
        news = ContentNews(self.settings.content_dir, self.clinic, self.settings.location)
        self.content_watch = ContentWatch(
            self, news, publish=self.publish, show=self.show_published
        )
        self.commits = Commits(self, freed=self.note_input)
        self.commit = self.commits.commit
        self.signing_in = SigningIn(self)
        self.sign_in = self.signing_in.sign_in
        self.sign_out_if_changed = self.signing_in.sign_out_if_changed
        guard = InputGuard()
        self.hands = hands = Hands(self, self.settings, self.monotonic, guard)
        self.appears, self.takes, self.fills_in = hands.appears, hands.takes, hands.fills_in
        self.type_ahead = TypeAhead(self, hands, guard, self.monotonic, super().on_event)
        self.left_out = self.type_ahead.left_out

    @property
    def session(self) -> Session:
        """All that the person who is here has made of this terminal."""
        return self._session

    @session.setter
    def session(self, session: Session) -> None:
        self._session = session
        self.theme = session.theme

    def watch_theme(self, theme: str) -> None:
        """Whoever changes the colours changes the session's."""
        self._session = msgspec.structs.replace(self._session, theme=theme)

    # What screens ask for (widgets/host.py)

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        return self._clock().astimezone(self.clinic.zone)

    def opening_now(self) -> Opening:
        """What the hours of this location say of now."""
        now = self.now()
        hours = opening(self.clinic.hours_of(self.location), self.clinic.region, now)
        return with_early(hours, now, self.settings.early_minutes)

    @property
    def pair(self) -> tuple[Language, ...]:
        """The session's language and one more, for what is said in two: English if it is not."""
        others = [lang for lang in self.languages if lang.tag != self.language.tag]
        others.sort(key=lambda lang: lang.tag != "en")
        return (self.language, *others[:1])

    @property
    def adapted(self) -> bool:
        """Whether this session has a language, colours or a size of its own."""
        return self.language_chosen or self.larger or self.theme != self.settings.theme

    @property
    def committing(self) -> bool:
        """Whether something is being put on disk: nothing may end the session until it is."""
        return self.commits.holding

    @property
    def at_rest(self) -> bool:
        """Whether nobody is in the middle of anything: the program may end and be started anew."""
        return (
            self.current_mode == self.start_mode
            and self.signed_in is None
            and not self.commits.under_way
            and self.monotonic() - self.last_input > self.settings.idle
            and isinstance(self.screen, KioskScreen)
            and self.screen.at_rest
        )

    def expected_wait(self, check_in: "CheckIn") -> "Wait | None":
        """How long until a check-in is called, None where nobody can tell; some milliseconds."""
        return self.opened.waits().of(check_in)

    def choose_language(self, tag: str) -> None:
        """Go on in another language until the session ends."""
        self.session = msgspec.structs.replace(
            self.session, language=language(tag), language_chosen=True
        )

    def end_session(self) -> None:
        """Drop everything of this patient and go back to Home."""
        self.post_message(self.SessionEnded())

    def open_mode(self, mode: Mode) -> None:
        """Go to another mode, leaving nothing of the one before."""
        self.post_message(self.SessionEnded(mode))

    async def on_kiosk_app_session_ended(self, event: SessionEnded) -> None:
        """Take all screens down and put new ones up: nothing of the last person can remain.

        In the app's own queue, one after another: half a change of modes would be no mode at all.
        """
        if not self.committing:
            await self.renew(event.mode)

    async def renew(self, mode: Mode) -> None:
        """Take all screens down and put up those of a mode, for the next person."""
        if self.content_watch.take_up():
            self.queue_watch.look_at_hours()  # they may be others
        # Whoever was signed out is still there, and hears of it where one signs in.
        told = self.account_changed and mode == Mode.staff
        first, now = self.first_language, self.monotonic()
        self.session = Session.first(self.settings, first, now, account_changed=told)
        self._forget_people()
        await self.switch_mode("between")
        for name, make in MODES.items():
            await self.remove_mode(name)
            self.add_mode(name, make)
        forget_painted()
        self.hands.forget()
        self.queue_watch.let_go()
        await self.switch_mode(mode)
        self.signing_in.has_sent_away()

    def _forget_people(self) -> None:
        """Have every screen let go of names, a broken one as far as it can."""
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen):
                with suppress(Exception):
                    screen.forget()

    # Life of the app

    async def on_mount(self) -> None:
        """Follow the queue, once the mode that was asked for is to be seen."""
        # Even in a thread, loading the store would keep Home from being seen: they share the time.
        self.screen.call_after_refresh(begin, self)
        self.follow_content()

    def follow_content(self) -> None:
        """Take up what is edited in content/."""
        self.content_watch.start()

    def publish(self, clinic: Clinic) -> None:
        """Take all that screens know of the clinic from these values."""
        self.published = Published.of(clinic, self.settings)

    async def show_published(self) -> None:
        """Show edited content: in a lobby that somebody uses when they have gone, else at once."""
        if self.current_mode != Mode.lobby:
            self.content_watch.take_up()
        elif not (len(self.screen_stack) > 1 or self.language_chosen or self.type_ahead.busy):
            await self.renew(Mode.lobby)

    def note_input(self) -> None:
        """Somebody is there."""
        self.last_input = self.monotonic()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, and whether they still may be; the rest is Textual's."""
        if isinstance(event, SIGNS_OF_LIFE):
            self.note_input()
            if self.signing_in.sends_away():
                return
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.type_ahead.arrived(event)
        else:
            await super().on_event(event)

    def note_painted(self, screen: KioskScreen[object]) -> None:
        """A frame of this screen has been painted."""
        self.hands.painted(screen)
        if self.when_seen and screen is self.screen_stack[0] and self.current_mode in MODES:
            for act in self.when_seen:
                self.call_later(act)
            self.when_seen = []

    def action_command(self, name: str) -> None:
        """F1 and F10 do the same on every screen, with a field in focus too."""
        self.screen.post_message(KioskScreen.Command(name))

    def action_staff(self) -> None:
        """F12 in the lobby leads to the staff's PIN, where the clinic allows it."""
        allowed = self.settings.staff_on_kiosk or self.demo
        if self.current_mode == Mode.lobby and allowed and not self.committing:
            self.open_mode(Mode.staff)

    async def start_anew(self) -> None:
        """After a fault: the same mode with new screens, and a sentence for whoever stands here."""
        mode = Mode(self.current_mode) if self.current_mode in MODES else self.start_mode
        self.type_ahead.forget()
        self.end_batches()
        await self.renew(mode)
        if (told := after_a_fault(mode)) is not None:
            self.push_screen(told)


if TYPE_CHECKING:

    def as_screens_see_it(app: KioskApp) -> Kiosk:
        """Mypy says here where the app is not what its screens take it for."""
        return app
