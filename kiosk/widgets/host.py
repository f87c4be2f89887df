"""What screens may ask of the app that runs them, without importing it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from kiosk.content.clinic import Clinic, Location
from kiosk.content.hours import Opening
from kiosk.languages.language import Language
from kiosk.queue.public import QueueState
from kiosk.settings import Mode, Settings

if TYPE_CHECKING:
    from textual.events import MouseEvent
    from textual.screen import Screen

    from db import Account, Accounts, CheckIn, CheckInStore, Moment
    from kiosk.queue.wait import Wait
    from kiosk.widgets.press import Press
    from kiosk.widgets.screen import KioskScreen


class Committed(Message):
    """What came of a commit: what it gave, such as the CheckIn on disk, or why it failed."""

    def __init__(self, outcome: object) -> None:
        super().__init__()
        self.outcome = outcome


class Kiosk(Protocol):
    """The app, as its screens see it."""

    settings: Settings
    clinic: Clinic
    location: Location
    language: Language
    """What the person at this terminal reads now."""
    languages: tuple[Language, ...]
    """What they may choose from; the first two stand on Home."""
    language_chosen: bool
    """Whether somebody chose a language in this session."""
    theme: str
    """The colours of this session: the name of one of styles/themes.py."""
    larger: bool
    """Whether somebody asked for fewer and bigger things in this session."""
    demo: bool
    only_account: str | None
    """The name of the only account that can sign in at this terminal; None: all can."""
    start_mode: Mode
    """The mode the command asked for."""
    monotonic: Callable[[], float]
    """Seconds of a clock that only goes forward; what idling is measured by."""
    last_input: float
    """When, on that clock, a key or a touch last came."""
    moment: "Moment | None"
    """How today stands, None while that is not known: reactive; see `follow_moment`."""
    queue_trouble: Exception | None
    """Why it is not known, None while it is or before the first look: reactive."""
    queue_state: QueueState
    """What the lobby and the board may know of the queue: reactive."""
    signed_in: "Account | None"
    """Who works at this terminal, if anybody does."""
    account_changed: bool
    """Whether the last to work here was signed out because their account is another now."""

    @property
    def committing(self) -> bool:
        """Whether something is being put on disk: nothing may end the session until it is."""
        ...

    @property
    def pair(self) -> tuple[Language, ...]:
        """The session's language and one more, for what is said in two."""
        ...

    @property
    def adapted(self) -> bool:
        """Whether this session has a language, colours or a size of its own."""
        ...

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        ...

    def opening_now(self) -> Opening:
        """What the hours of this location say of now."""
        ...

    def store(self) -> "CheckInStore":
        """The check-in store of this location; raises StoreError while it cannot be opened."""
        ...

    def expected_wait(self, check_in: "CheckIn") -> "Wait | None":
        """How long until a check-in is called, None where nobody can tell; some milliseconds."""
        ...

    def accounts(self) -> "Accounts":
        """The staff's accounts."""
        ...

    def sign_in(self, account: "Account", stamp: str | None) -> None:
        """Note who works here; `stamp` is what their account had when the PIN was right."""
        ...

    def sign_out_if_changed(self) -> bool:
        """Sign out whoever works here if their account is gone or has another role or PIN."""
        ...

    def choose_language(self, tag: str) -> None:
        """Go on in the language with this tag."""
        ...

    def commit(
        self, work: Callable[[], object], *, reply_to: "Screen[None]", holding: bool = True
    ) -> None:
        """Have the store do `work` in the background; a Committed comes to `reply_to`.

        With `holding` keys, touches and the end of the session wait for it.
        """
        ...

    def appears(self) -> None:
        """Say that what this screen shows next was not there before: it has to be read first."""
        ...

    def note_painted(self, screen: "KioskScreen[object]") -> None:
        """Hear that a frame has been painted."""
        ...

    def takes(self, event: "MouseEvent", screen: "KioskScreen[object]") -> bool:
        """Whether a touch counts."""
        ...

    def fills_in(self, card: "Press") -> bool:
        """Whether a card cannot be chosen yet and is to be painted so."""
        ...

    def end_session(self) -> None:
        """Drop everything of this patient and go back to Home."""
        ...

    def open_mode(self, mode: Mode) -> None:
        """Go to another mode, leaving nothing of the one before."""
        ...
