"""The job that gives somebody a ticket at the desk, and takes it back."""

from collections.abc import Callable

from db import CheckIn, CheckInStore
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.steps import Happened, Step, Way
from kiosk.staff.acts.told import ADDED


def adding(
    run: Way,
    by: str,
    *,
    reopen: Callable[[object], None] | None = None,
    then: Callable[[CheckIn], None] | None = None,
) -> Job:
    """A job that checks somebody in by `run`, for an account's name; `u` makes the ticket void."""

    def step(_: CheckInStore, result: object) -> Step:
        assert isinstance(result, CheckIn)
        return Step(
            (Happened(ADDED.kind, result),),
            lambda store: store.void(result.id, by, "added by mistake"),
        )

    return Job(run, step, ADDED, reopen=reopen, then=then)
