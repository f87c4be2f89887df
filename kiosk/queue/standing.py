"""Where a ticket stands and what to do: all that its number alone may tell."""

from datetime import datetime, timedelta
from typing import assert_never

import msgspec

from db import CheckIn, Status
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.wait import Wait

FRESH = timedelta(minutes=3)
"""So long after a call the room is still waiting; later the way is by the desk."""


class Standing(msgspec.Struct, frozen=True):
    """Two sentences: how it stands, and what to do now ("" where there is nothing to do)."""

    said: str
    do: str = ""


def standing(
    check_in: CheckIn, ahead: int, wait: Wait | None, now: datetime, _: Language
) -> Standing:
    """The sentences for a check-in with `ahead` people before it; `now` is clinic time.

    `wait` is the expected wait, None where nobody can tell.
    """
    match check_in.status:
        case Status.waiting if check_in.urgent:
            # Not that it is urgent: anybody may have typed the number.
            return Standing(_("You are next."), _("Please go to the desk and tell the staff."))
        case Status.waiting if ahead == 0:
            return Standing(
                people_ahead(ahead, wait, _), _("Please stay near. We call your number.")
            )
        case Status.waiting:
            return Standing(
                people_ahead(ahead, wait, _),
                _("Please sit. We call numbers, not names. Numbers may be called out of order."),
            )
        case Status.called | Status.no_show:
            return _called(check_in, now, _)
        case Status.parked:
            return Standing(
                _("Your place is kept while you are away."),
                _('Are you back? Press 1, "I am back": then you are next in line.'),
            )
        case Status.in_service:
            return Standing(_("You are being seen now."))
        case Status.left:
            return Standing(
                _("You have left the queue."),
                _("If that was a mistake, go to the desk: they can put you back."),
            )
        case Status.void:
            return Standing(_("This number is not used any more."), _("Please ask at the desk."))
        case Status.done:
            return Standing(
                _("This visit is finished."), _("For anything else please ask at the desk.")
            )
    assert_never(check_in.status)


def people_ahead(ahead: int, wait: Wait | None, _: Language) -> str:
    """How many will be called before, and how long that takes where it can be told.

    In few words: the ticket has 31 columns for it at 80 × 24.
    """
    if wait is not None:
        low, high = wait.shown
        if ahead == 0:
            return _("You are next: about {low}-{high} min", low=low, high=high)
        return _("{n} ahead, about {low}-{high} minutes", n=ahead, low=low, high=high)
    if ahead == 0:
        return _("You are next.")
    return _.plural("{n} person ahead of you", "{n} people ahead of you", ahead)


def _called(check_in: CheckIn, now: datetime, _: Language) -> Standing:
    at = check_in.called_at or now
    time, room = _.clock(at.astimezone(now.tzinfo)), room_text(check_in.room or "", _)
    said = _("Called at {time}, {room}.", time=time, room=room)
    if check_in.status is Status.called and now - at < FRESH:
        return Standing(said, _("It is your turn. Please go there now."))
    return Standing(said, _("Go to the desk; your number is still good."))
