"""An appointment that staff have confirmed: until then its time is only what somebody said."""

from datetime import datetime

from db.checkin import OPEN, CheckIn, check_text
from db.core import StoreCore
from db.desk.editing import edit, find
from db.desk.errors import IllegalTransition
from db.due import is_due, is_of_list
from db.kinds import EventKind


def confirm(
    core: StoreCore,
    id: str,
    by: str,
    due_at: datetime,
    practitioner: str | None = None,
    expected_revision: int | None = None,
    booking: str | None = None,
) -> CheckIn:
    """Note that somebody who is still here has an appointment at a moment of today.

    `practitioner` is whom with, None: nobody in particular. `booking` is who of today's list they
    are, None: as it was; raises HasCome where another check-in is theirs. Raises TypeError for what
    is no aware moment, ValueError for one of another service day, and InvalidArrival for a name
    that cannot be shown.
    """
    check_text("practitioner", practitioner or "")
    with core.writing() as day:
        check_in = find(day, id, expected_revision)
        if check_in.status not in OPEN:
            raise IllegalTransition(check_in.ticket, check_in.status, EventKind.confirmed)
        whom = practitioner or check_in.practitioner
        said = is_due(core, day, due_at) | {"practitioner": whom}
        said |= {"booking": check_in.booking}
        if booking is not None:
            said |= is_of_list(day, booking, own=id)
        step = edit(core, day, check_in, EventKind.confirmed, by, **said)
        return core.commit(day, [step])[0]
