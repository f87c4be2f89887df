"""What screens may ask of the app that runs them, without importing it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from kiosk.content import Clinic, Location
from kiosk.i18n import Language
from kiosk.settings import Settings
from kiosk.widgets.queue_state import QueueState

if TYPE_CHECKING:
    from db import Account, Accounts, CheckInStore


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
    demo: bool
    monotonic: Callable[[], float]
    """Seconds of a clock that only goes forward; what idling is measured by."""
    last_input: float
    """When, on that clock, a key or a touch last came."""
    queue_state: QueueState
    """What the lobby and the board may know of the queue: reactive."""
    signed_in: "Account | None"
    """Who works at this terminal, if anybody does."""

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        ...

    def store(self) -> "CheckInStore":
        """The check-in store of this location; raises StoreError while it cannot be opened."""
        ...

    def accounts(self) -> "Accounts":
        """The staff's accounts."""
        ...

    def choose_language(self, tag: str) -> None:
        """Go on in the language with this tag."""
        ...

    def end_session(self) -> None:
        """Drop everything of this patient and go back to Home."""
        ...

    def open_mode(self, mode: str) -> None:
        """Go to another mode: "lobby" or "staff"."""
        ...
