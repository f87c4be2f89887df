"""Words that staff's screens have in common: accounts, roles, statuses, reception."""

from collections.abc import Iterable

from db import Account, CheckIn, ReceptionState, Status
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text


def account_words(account: Account, lang: Language, room: str = "") -> str:
    """An account with its role or its room, such as "Lin, reception" or "Mei, Room 2"."""
    if room:
        return lang("{name}, {role}", name=account.name, role=room_text(room, lang))
    return lang("{name}, {role}", name=account.name, role=role_word(account.role, lang))


def role_word(role: str, lang: Language) -> str:
    """What an account may do, in a word."""
    words = {
        "reception": lang("reception"),
        "practitioner": lang("practitioner"),
        "manager": lang("manager"),
    }
    return words.get(role, role)


def reception_words(lang: Language) -> dict[str, str]:
    """The states of reception, each in a word."""
    return {
        ReceptionState.open: lang("open"),
        ReceptionState.away: lang("away"),
        ReceptionState.full: lang("full"),
        ReceptionState.closed: lang("closed"),
    }


def nobody_selected(lang: Language) -> str:
    """Why a key that is about somebody does nothing, and what would select them."""
    return lang("Nobody selected: type a number, or use arrows")


def sent_on(lang: Language, *, lab_only: bool) -> str:
    """Those who went elsewhere and come back, for a count and for the part of the day."""
    return lang("At lab") if lab_only else lang("Sent on")


def nobody_here(today: Iterable[CheckIn], lang: Language) -> str:
    """Why nobody stands among those who are here; one entered in error never was."""
    came = any(one.status is not Status.void for one in today)
    return lang("Nobody is here any more") if came else lang("Nobody is here yet")


def status_word(status: str, lang: Language) -> str:
    """A status in a word, for sentences."""
    words = {
        "waiting": lang("waiting"),
        "called": lang("called"),
        "in_service": lang("with staff"),
        "parked": lang("away, and coming back"),
        "done": lang("done"),
        "no_show": lang("marked as a no-show"),
        "left": lang("gone"),
        "void": lang("void"),
    }
    return words.get(status, status)
