"""The queue screen, as far as what its keys do needs it."""

from collections.abc import Callable
from typing import Protocol

from db import CheckIn
from kiosk.languages.language import Language
from kiosk.settings import Mode
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.staff_desk import StaffDesk
from kiosk.staff.asking.entry import LineQuestion
from kiosk.staff.asking.questions import Question
from kiosk.staff.form.form_fields import Field, Filled, Filling
from kiosk.staff.seen.rows import View
from kiosk.staff.seen.shown import Shown
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.widgets.host import Kiosk


class QueueSeen(Protocol):
    """The queue as it is seen at one terminal."""

    snapshot: Snapshot | None
    """The queue when it was last read."""
    shown: Shown
    """Which part of it stands in the table."""

    @property
    def view(self) -> View:
        """How this terminal looks at the queue now."""
        ...

    @property
    def selected(self) -> CheckIn | None:
        """The check-in under the cursor, as it was when last read or done something to here."""
        ...

    @property
    def why_nobody(self) -> str:
        """Why nobody is selected, where nobody is."""
        ...

    def show_only(self, wanted: Shown) -> None:
        """Show another part of the queue."""
        ...

    def show_phone(self, one: CheckIn) -> None:
        """Show the whole phone number for some seconds."""
        ...

    def go_to(self, one: CheckIn) -> None:
        """Select somebody of today, and show another part where they are not in this one."""
        ...

    def expect(self, job: Job) -> None:
        """Have the cursor go to whom a job will bring, unless it is moved first."""
        ...


class FormHere(Protocol):
    """The form, where somebody is added or corrected."""

    def fill_in(self, filling: Filling, filled: Filled, at: Field | None = None) -> None:
        """Have a form filled in, in which this stands, beginning `at` a field."""
        ...

    def save(self, filled: Filled) -> None:
        """Close it and save it with this in it, unless something in it is wrong."""
        ...

    def drop(self, then: Callable[[], None]) -> None:
        """Close it and do something else; what would be lost is asked about before."""
        ...

    def close(self) -> None:
        """Keep nothing of what was typed."""
        ...


class FurtherScreens(Protocol):
    """The screens beyond the queue."""

    def open_key_page(self) -> None:
        """Show all keys, in words."""
        ...

    def open_figures(self) -> None:
        """Show the figures of today and other days."""
        ...

    def open_list(self, then: Callable[[str], None]) -> None:
        """Show today's list; `then` hears the id of whom was chosen there."""
        ...


class AtDesk(Protocol):
    """Where somebody works: their desk, the queue as it is seen there, ways to ask and say."""

    desk: StaffDesk

    @property
    def queue(self) -> QueueSeen:
        """What is seen here of the queue."""
        ...

    @property
    def form(self) -> FormHere:
        """Where somebody is added or corrected."""
        ...

    @property
    def beyond(self) -> FurtherScreens:
        """The screens beyond the queue."""
        ...

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        ...

    @property
    def _(self) -> Language: ...

    @property
    def asking(self) -> bool:
        """Whether something is asked, so that keys are answers."""
        ...

    def say(self, text: str, *, refused: bool = False, undo: bool = False) -> None:
        """Put a sentence on the line of the last action, with the time and the way back."""
        ...

    def would_do(self, one: CheckIn) -> str:
        """Say which keys would do for somebody as they stand (acts/refusing.py)."""
        ...

    def ask(
        self,
        question: Question,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask in place of the keys, which rest meanwhile."""
        ...

    def ask_line(
        self,
        line: LineQuestion,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Have a line typed in place of the keys."""
        ...

    def carry_out(self, work: Callable[[], object]) -> None:
        """Have something done beside the store's jobs; what came of it is told (slips.py)."""
        ...

    def brought(self, job: Job, check_in: CheckIn) -> None:
        """Know somebody as they are now, and go there if the job brought them."""
        ...

    def hide_names(self, hidden: bool) -> None:
        """Cover every name and phone, or show them."""
        ...

    def leave(self, mode: Mode) -> None:
        """Sign out, and go to another mode after what is still to do."""
        ...
