"""A job: something the store is to do for a key, and how it is told and taken back."""

from collections.abc import Callable

import msgspec

from db import CheckIn, CheckInStore
from kiosk.staff.acts.steps import Step, Way
from kiosk.staff.acts.told import Told


class Job(msgspec.Struct, frozen=True):
    """Something the store is to do, in a thread, after all that was asked of it before."""

    run: Way
    step: Callable[[CheckInStore, object], Step | None] = lambda *_: None
    """From what came of it to the step that was, if it was one; called in the job's thread."""
    told: Told | None = None
    """How it is told where it was done to a check-in."""
    again: Callable[[], None] | None = None
    """How what was typed for it is saved after all, where a colleague changed somebody meanwhile;
    None where there is nothing to keep."""
    reopen: Callable[[object], None] | None = None
    """Shows the form again with all that was typed, where the store refused it; told why."""
    then: Callable[[CheckIn], None] | None = None
    """What follows at this terminal once it is done."""
