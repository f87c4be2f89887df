"""What a key has the store do to a check-in, in order, so that it is told and can be taken back."""

from collections.abc import Callable, Mapping

from db import CheckIn, CheckInStore, Status
from kiosk.settings import Mode
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.steps import Happened, Step, Way, step_of
from kiosk.staff.acts.told import BEGAN, COMPLETED, NO_SHOW, RECALLED, RETURNED, Told

Operation = Callable[[CheckInStore, str, str, int], CheckIn]
"""A method of the store: the check-in's id, by whom, and as it was seen."""


def bring(at: AtDesk, job: Job) -> None:
    """Have the store do what brings somebody: the cursor goes there, for the next key."""
    at.queue.expect(job)
    at.desk.do(job)


def change(
    at: AtDesk,
    told: Told,
    run: Way,
    *,
    brings: bool = False,
    again: Callable[[], None] | None = None,
    reopen: Callable[[object], None] | None = None,
    then: Callable[[CheckIn], None] | None = None,
) -> None:
    """Have the store change one check-in, which `u` takes back; `brings`: the cursor goes.

    `again`, `reopen` and `then` are the job's (jobs.py).
    """
    by = at.desk.account.name

    def step(store: CheckInStore, result: object) -> Step | None:
        assert isinstance(result, CheckIn)
        return step_of(store, by, result)

    job = Job(run, step, told, again, reopen, then)
    if brings:
        bring(at, job)
    else:
        at.desk.do(job)


def operate(
    at: AtDesk, operation: Operation, told: Told, seen: CheckIn, *, brings: bool = False
) -> None:
    """Have the store do something to a check-in as it was seen."""
    by = at.desk.account.name
    change(at, told, lambda store: operation(store, seen.id, by, seen.revision), brings=brings)


def recall(at: AtDesk, seen: CheckIn, *, brings: bool = False) -> None:
    """Call somebody to the same room again."""
    operate(at, CheckInStore.recall, RECALLED, seen, brings=brings)


def begin(at: AtDesk, seen: CheckIn, *, brings: bool = False) -> None:
    """Who was called came in."""
    operate(at, CheckInStore.begin, BEGAN, seen, brings=brings)


def complete(at: AtDesk, seen: CheckIn) -> None:
    """The visit is over."""
    operate(at, CheckInStore.complete, COMPLETED, seen)


def no_show(at: AtDesk, seen: CheckIn) -> None:
    """Who was called did not come."""
    operate(at, CheckInStore.no_show, NO_SHOW, seen)


def put_back(at: AtDesk, seen: CheckIn) -> None:
    """Somebody waits in the queue again, though they may have left it."""
    if seen.status is not Status.left:
        operate(at, CheckInStore.return_to_queue, RETURNED, seen)
        return
    by = at.desk.account.name

    def step(_: CheckInStore, result: object) -> Step:
        assert isinstance(result, CheckIn)
        what = Happened(RETURNED.kind, result)
        return Step((what,), lambda store: store.leave(result.id, by))

    at.desk.do(Job(lambda store: store.bring_back(seen.id, by, seen.revision), step, RETURNED))


def note(at: AtDesk, kind: str, **told: str) -> None:
    """Have it written down that whoever is signed in saw something."""
    audit = at.kiosk.accounts().audit
    by, device = at.desk.account.name, at.kiosk.settings.device
    at.desk.do(Job(lambda _: audit.note(kind, by, device, **told)))


def undo(at: AtDesk) -> None:
    """Take back the last step."""
    at.desk.do(Job(at.desk.steps.take_back))


def lock(at: AtDesk) -> None:
    """Lock this screen."""
    at.leave(Mode.staff)


BECAME: Mapping[str, Callable[[AtDesk, CheckIn], None]] = {
    "recall": recall,
    "begin": begin,
    "no_show": no_show,
    "put_back": put_back,
}
"""What is done for each answer to what became of somebody (choices.py)."""
