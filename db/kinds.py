"""What can happen on a day, as its events are called, and which of it anybody may take back."""

from enum import Enum, StrEnum
from typing import assert_never


class EventKind(StrEnum):
    """All that this version knows of; on disk it stands as a word."""

    checked_in = "checked_in"
    called = "called"
    recalled = "recalled"
    began = "began"
    completed = "completed"
    no_show = "no_show"
    left = "left"
    returned = "returned"
    parked = "parked"
    transferred = "transferred"
    priority_set = "priority_set"
    room_set = "room_set"
    amended = "amended"
    confirmed = "confirmed"
    """Staff say that somebody has an appointment, and when: from then on it orders things."""
    voided = "voided"
    answered = "answered"
    """Somebody goes to an urgent check-in: it changes nothing else of it."""
    reopened = "reopened"
    """What had ended goes on, for a reason."""
    erased = "erased"
    """A name or phone was destroyed."""
    merged = "merged"
    """A duplicate went into another check-in."""
    absorbed = "absorbed"
    """That one took it in."""
    undone = "undone"
    carried = "carried"
    """A check-in was brought from the day it seemed to be in."""
    help_called = "help_called"
    help_acknowledged = "help_acknowledged"
    reception = "reception"
    """Staff said whether reception takes people, or took it back."""
    paused = "paused"
    """A room has a break until a time, or goes on."""
    away = "away"
    """A practitioner is not here today, or is after all."""
    notice = "notice"
    """A line is shown to everybody until a time, or no more."""
    listed = "listed"
    """Today's list got somebody, has somebody otherwise, or no more."""
    unknown = "unknown"
    """What a newer version, or another program, wrote."""

    @classmethod
    def of(cls, word: str) -> "EventKind":
        """Give the kind of an event by the word that stands on disk."""
        return _BY_WORD.get(word, cls.unknown)


_BY_WORD = {kind.value: kind for kind in EventKind}


class Undoing(Enum):
    """What becomes of an event when somebody takes back what was done."""

    back = 0
    """It is taken back."""
    passed = 1
    """It is never taken back; what was done before it can be."""
    ends = 2
    """It is never taken back, nor what was done before it."""


def undoing(kind: EventKind) -> Undoing:
    """Say what becomes of an event of that kind; one that nobody knows is a step like others."""
    match kind:
        case (
            EventKind.called
            | EventKind.recalled
            | EventKind.began
            | EventKind.completed
            | EventKind.no_show
            | EventKind.left
            | EventKind.returned
            | EventKind.parked
            | EventKind.transferred
            | EventKind.priority_set
            | EventKind.room_set
            | EventKind.amended
            | EventKind.confirmed
            | EventKind.voided
            | EventKind.reopened
            | EventKind.unknown
        ):
            return Undoing.back
        case (
            EventKind.checked_in
            | EventKind.answered
            | EventKind.erased
            | EventKind.undone
            | EventKind.carried
            | EventKind.help_called
            | EventKind.help_acknowledged
            | EventKind.reception
            | EventKind.paused
            | EventKind.away
            | EventKind.notice
            | EventKind.listed
        ):
            return Undoing.passed
        case EventKind.merged | EventKind.absorbed:
            return Undoing.ends
    assert_never(kind)
