"""KioskApp: modes, themes, language, session reset, and the workers that outlive a session."""

import asyncio
import gc
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, assert_never

import msgspec
from textual import events, work
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.driver import Driver
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen

from kiosk.app.commits import Committing
from kiosk.app.content_watch import Published
from kiosk.app.hands import Hands
from kiosk.app.held import Held
from kiosk.app.modes import MODES
from kiosk.app.queue_watch import QueueWatch
from kiosk.app.session import Session
from kiosk.app.tending import Tending
from kiosk.content.clinic import Clinic
from kiosk.content.hours import Opening, opening
from kiosk.input.guard import Row, Stroke, Verdict
from kiosk.languages.language import Language, language
from kiosk.queue.public import QueueState
from kiosk.settings import Mode, Settings
from kiosk.textual_private.faults import FaultTolerant
from kiosk.textual_private.forgetting import forget_painted, forget_shown
from kiosk.textual_private.freed import fill_when_freed
from kiosk.textual_private.stylesheet import ParsedOnce
from kiosk.widgets.screen import KioskScreen, styles
from kiosk.widgets.themes import THEMES

if TYPE_CHECKING:
    from db import Account, Accounts, CheckIn, CheckInStore, Moment
    from kiosk.queue.wait import ExpectedWaits, Wait

BATCHES_HELD = 8
"""The last batches of paint that were to end a little later; each ends once, whoever ends it."""
READY_AFTER = 0.5
"""Seconds of rest after the start before anything is loaded ahead of its first use."""

_SIGNS_OF_LIFE = (
    events.Key,
    events.MouseDown,
    events.MouseScrollDown,  # what a finger that draws a text along becomes
    events.MouseScrollUp,
    events.Paste,
)


class KioskApp(Published, Committing, FaultTolerant, inherit_bindings=False):
    """One app for patients, staff and the board; the command picks the mode it starts in."""

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
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    ESCAPE_TO_MINIMIZE = False
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
        self.DEFAULT_MODE = mode  # type: ignore[misc]
        super().__init__(settings, clinic)
        self.demo = demo
        self.monotonic = monotonic
        self.queue_watch = QueueWatch(self, self, self.store)
        self.hands = Hands(self, settings, monotonic, self.guard)
        self.appears, self.takes = self.hands.appears, self.hands.takes
        self.fills_in = self.hands.fills_in
        self._held: deque[ExitStack] = deque(maxlen=BATCHES_HELD)
        self.when_seen: list[Callable[[], object]] = []
        """What is done once the mode that was asked for can be seen and used."""
        self._signing_out = False
        """Whether what is pressed is still meant for somebody who may not any more."""
        self.start_mode = mode
        self._clock = clock or (lambda: datetime.now(UTC))
        self._open_store = open_store
        self._open_accounts = open_accounts
        self._store: CheckInStore | None = None
        self._accounts: Accounts | None = None
        self._waits: ExpectedWaits | None = None
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        for theme in THEMES:
            self.register_theme(theme)
        self.session = self._first_session()
        self.animation_level = "none"  # nothing glides or flashes, whatever TEXTUAL_ANIMATIONS says

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

    def _first_session(self, *, account_changed: bool = False) -> Session:
        now, first = self.monotonic(), self.first_language
        return Session.first(self.settings, first, now, account_changed=account_changed)

    # What screens ask for (widgets/host.py)

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        return self._clock().astimezone(self.clinic.zone)

    def opening_now(self) -> Opening:
        """What the hours of this location say of now."""
        return opening(self.location.hours, self.clinic.region, self.now())

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
    def at_rest(self) -> bool:
        """Whether nobody is in the middle of anything: the program may end and be started anew."""
        return (
            self.current_mode == self.start_mode
            and self.signed_in is None
            and not self.commits_under_way
            and self.monotonic() - self.last_input > self.settings.idle
            and isinstance(self.screen, KioskScreen)
            and self.screen.at_rest
        )

    def store(self) -> "CheckInStore":
        """The check-in store, opened when first asked for; raises StoreError."""
        if self._store is None:
            if self._open_store is None:
                from db import StoreUnavailable

                raise StoreUnavailable("This kiosk was started without a store.")
            self._store = self._open_store()
        return self._store

    def expected_wait(self, check_in: "CheckIn") -> "Wait | None":
        """How long until a check-in is called, None where nobody can tell; some milliseconds."""
        return self._expected_waits().of(check_in)

    def _expected_waits(self) -> "ExpectedWaits":
        if self._waits is None:
            from kiosk.queue.wait import ExpectedWaits

            rooms = {room.name: room.services for room in self.settings.rooms}
            self._waits = ExpectedWaits(self.store(), rooms, self.now)
        return self._waits

    def accounts(self) -> "Accounts":
        """The staff's accounts, opened when first asked for."""
        if self._accounts is None:
            assert self._open_accounts is not None
            self._accounts = self._open_accounts()
        return self._accounts

    def sign_in(self, account: "Account", stamp: str | None) -> None:
        """Note who works here; `stamp` is what their account had when the PIN was right."""
        self.session = msgspec.structs.replace(
            self.session,
            signed_in=account,
            stamp=stamp,
            account_changed=False,
            last_input=self.monotonic(),
        )

    def sign_out_if_changed(self) -> bool:
        """Sign out whoever works here if their account is gone or has another role or PIN."""
        account = self.signed_in
        if account is None:
            return False
        from db import StoreError

        try:
            if self.accounts().stamp(account.name) == self.session.stamp:
                return False
        except StoreError:
            return False  # nobody could sign in again: what cannot be read takes nothing away
        self.signed_in, self.account_changed, self._signing_out = None, True, True
        self.forget_keys()
        asyncio.get_running_loop().run_in_executor(None, self._leave_desk, account.name)
        self.open_mode(Mode.staff)
        return True

    def _leave_desk(self, name: str) -> None:
        from db import StoreError

        with suppress(StoreError):
            self.store().leave_desk(name)

    def choose_language(self, tag: str) -> None:
        """Go on in another language until the session ends."""
        self.language = language(tag)
        self.language_chosen = True

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
        if self.take_up_content():
            self.queue_watch.look_at_hours()  # they may be others
        # Whoever was signed out is still there, and hears of it where one signs in.
        told = self.account_changed and mode == Mode.staff
        self.session = self._first_session(account_changed=told)
        self._forget_people()
        await self.switch_mode("between")
        for name, make in MODES.items():
            await self.remove_mode(name)
            self.add_mode(name, make)
        forget_painted()
        self.hands.forget()
        self.queue_watch.let_go()
        await self.switch_mode(mode)
        self._signing_out = False

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
        self.screen.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What can wait until something is to be seen."""
        gc.enable()
        fill_when_freed()
        if self._open_store is not None:
            self.queue_watch.start()
            if self.start_mode != Mode.board:  # which has no keys to destroy
                Tending(self, self.store).start()
            if self.start_mode == Mode.lobby:
                self.make_ready()

    @work(group="queue", exit_on_error=False)
    async def make_ready(self) -> None:
        """Load, in a thread, what the first patient would wait for; Home is painted before."""
        await asyncio.sleep(READY_AFTER)
        await asyncio.to_thread(self._load)

    def _load(self) -> None:
        from kiosk.lobby import ready

        ready.load(self.clinic, self.location)
        self.store().prepare()
        self._expected_waits().learn()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, and whether they still may be; the rest is Textual's."""
        if isinstance(event, _SIGNS_OF_LIFE):
            self.last_input = self.monotonic()
            if self._signing_out or self.sign_out_if_changed():
                return
        await super().on_event(event)

    # What counts of the hands before it

    def now_for_keys(self) -> float:
        """The app's own clock."""
        return self.monotonic()

    def arrival_of(self, event: events.Event) -> float:
        """When the terminal was read; for what comes from elsewhere, now."""
        return float(getattr(event, "arrived", self.monotonic()))

    def as_meant(self, key: events.Key) -> events.Key:
        """The key that was pressed, whatever an input method has made of it."""
        return self.hands.as_meant(key)

    def judge(self, key: events.Key, stroke: Stroke) -> Verdict:
        """What becomes of the key that is next."""
        return self.hands.judge(key, stroke)

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Paint that a key was pressed which waits for what may follow it."""
        self.hands.show_pressed(key, pressed=pressed)

    def scanned(self, row: Row) -> None:
        """Say that what a scanner sent was left out."""
        self.hands.scanned(row)

    def note_painted(self, screen: KioskScreen[object]) -> None:
        """A frame of this screen has been painted."""
        self.hands.painted(screen)
        if self.when_seen and screen is self.screen_stack[0] and self.current_mode in MODES:
            for act in self.when_seen:
                self.call_later(act)
            self.when_seen = []

    def pop_screen(self) -> AwaitComplete:
        """Take the screen on top away, and paint what is beneath once: when it is gone."""
        with ExitStack() as batch:
            batch.enter_context(self.batch_update())
            leaving = self.screen
            popped = super().pop_screen()
            forget_shown(leaving)
            # Textual refreshes what is beneath once more, right after the other has gone.
            held = batch.pop_all()
            self._held.append(held)
            self.call_next(self.call_next, held.close)
        return popped

    @property
    def cursor_position(self) -> Offset:
        """The cell where the terminal's cursor stands: asked for with every change painted."""
        screen = self.screen
        return screen.cursor if isinstance(screen, KioskScreen) else Offset()

    @cursor_position.setter
    def cursor_position(self, _at: Offset) -> None:
        """Nothing is noted: a field is asked where its cursor stands."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key does anything else while a screen waits for any key at all."""
        if action in ("command", "staff") and getattr(self.screen, "ANY_KEY", False):
            return False
        return super().check_action(action, parameters)

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
        self.forget_keys()
        for held in self._held:  # what would have ended it may have gone with the fault
            held.close()
        await self.renew(mode)
        from kiosk.widgets.fault import FOR_PATIENTS, FOR_STAFF, FaultScreen

        match mode:
            case Mode.lobby:
                self.push_screen(FaultScreen(FOR_PATIENTS))
            case Mode.staff:
                self.push_screen(FaultScreen(FOR_STAFF))
            case Mode.board:
                pass  # nobody is there to answer it
            case _:
                assert_never(mode)

    def get_driver_class(self) -> type[Driver]:
        """A terminal that strangers type at."""
        from kiosk.textual_private.driver import KioskDriver

        return KioskDriver

    # No clipboard: what one patient copies, the next could paste.

    @property
    def clipboard(self) -> str:
        """Always empty."""
        return ""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing."""
