"""What signing in asks, one after another: the name, the PIN, and for some the room."""

from collections.abc import Mapping, Sequence

from textual.widget import Widget
from textual.widgets import Static

from db import Account
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.settings import PROGRAM
from kiosk.staff.acts.staff_desk import Left
from kiosk.staff.door.listing import Listing
from kiosk.staff.door.pin import PinPad
from kiosk.staff.refusals import refusal
from kiosk.staff.seen.rows import printable
from kiosk.staff.seen.staff_words import account_words, role_word
from kiosk.widgets.host import Kiosk
from kiosk.widgets.pages import Item, Pages

COMMAND = f"{PROGRAM} accounts add NAME --role reception"
"""How the first account is made: at the machine itself, never from the lobby."""
FEW = 4
"""So many cards are large ones."""


def ask_who(listing: Listing, why: str, kiosk: Kiosk) -> list[Widget]:
    """Who it is, as soon as that is known; `why`: for what reason nobody is signed in any more."""
    lang = kiosk.language
    if listing.accounts is None:
        return []
    if listing.trouble:
        return _cannot_be_read(refusal(listing.trouble, lang, kiosk.clinic.zone), lang)
    if listing.is_gone:
        return [_lead(lang("This account does not exist any more. Please ask a manager."))]
    return _ask_name(listing.accounts, lang, why)


def _cannot_be_read(why: str, lang: Language) -> list[Widget]:
    """That nobody can sign in, and why; the screen goes on looking."""
    return [
        _lead(lang("The staff accounts cannot be read.")),
        Static(why, markup=False),
        Static(lang("Once they can be read, this screen goes on by itself."), markup=False),
    ]


def _ask_name(accounts: Sequence[Account], lang: Language, why: str) -> list[Widget]:
    """Who it is; while there are no accounts, how the first one is made."""
    if not accounts:
        return [
            _lead(lang("There are no staff accounts yet.")),
            Static(lang("At this machine, in a terminal, run:"), markup=False),
            Static(COMMAND, id="command", markup=False),
            Static(lang("This screen then goes on by itself."), markup=False),
        ]
    items = [Item(a.name, printable(a.name), (role_word(a.role, lang),)) for a in accounts]
    apart = "" if lang.runs_on else " "
    lead = apart.join(filter(None, (why, lang("Who are you?"))))
    return [_lead(lead), _cards(items, lang("More names"))]


def ask_pin(account: Account, lang: Language) -> list[Widget]:
    """The PIN of one account."""
    who = printable(account_words(account, lang))
    return [PinPad(who, lang("Your PIN, 6 to 8 digits"), lang("Delete"))]


def ask_room(account: Account, occupied: Mapping[str, Sequence[str]], kiosk: Kiosk) -> list[Widget]:
    """Which room they are in, with who else is there, or else what it offers."""
    items, lang, clinic = [], kiosk.language, kiosk.clinic
    for room in kiosk.settings.rooms:
        others = [name for name in occupied.get(room.name, ()) if name != account.name]
        services = filter(None, map(clinic.service, room.services))
        offers = ", ".join(lang.pick(service.title) for service in services)
        line = lang("{names} is there", names=", ".join(others)) if others else offers
        items.append(Item(room.name, room_text(room.name, lang), (printable(line),)))
    items.append(Item("", lang("At the desk"), (lang("Asked for a room with every call"),)))
    return [_lead(lang("Which room are you in?")), _cards(items, lang("More rooms"))]


def why_locked(left: Left, minutes: int, lang: Language) -> str:
    """Why nobody is signed in any more, where they did not lock the screen themselves."""
    if left is Left.IDLE:
        return lang.plural(
            "Locked after {n} minute without a key.",
            "Locked after {n} minutes without a key.",
            minutes,
        )
    return lang("A new day has begun.") if left is Left.DAY_OVER else ""


def _lead(text: str) -> Static:
    return Static(text, classes="lead", markup=False)


def _cards(items: list[Item], more: str) -> Pages:
    cards = Pages(items, more=more)
    cards.add_class("few" if len(items) <= FEW else "many")
    return cards
