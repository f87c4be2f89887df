"""What is one of a few, for who asks before the store is loaded: nothing of ours is imported."""

from enum import StrEnum


class Whom(StrEnum):
    """Who a check-in is for; on disk it stands as a word."""

    oneself = "self"
    child = "child"
    companion = "companion"


class ReceptionState(StrEnum):
    """Whether reception takes people."""

    open = "open"
    away = "away"
    full = "full"
    closed = "closed"
