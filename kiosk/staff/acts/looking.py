"""What keys change of what is seen at this terminal; the queue stays as it is."""

from db import CheckIn
from kiosk.languages.language import Language
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import which_part
from kiosk.staff.acts.operations import note
from kiosk.staff.asking.entry import LineQuestion
from kiosk.staff.seen.shown import Shown, parts


def choose_part(at: AtDesk) -> None:
    """Show a part of the day."""
    offered = parts(at._, at.kiosk.settings, at.desk.room)
    at.ask(which_part(offered, at._), lambda part: at.queue.show_only(Shown(part)))


def search(at: AtDesk) -> None:
    """Show whom is found while it is typed; Enter stays with them, Escape goes back."""
    before = at.queue.shown

    def typed(text: str) -> None:
        at.queue.show_only(Shown(before.part, text) if text.strip() else before)

    line = LineQuestion(
        text=at._("Find:"),
        enter=at._("keep"),
        cancel=at._("cancel"),
        hint=at._("Ticket, name, first letters in pinyin, or the end of a phone number"),
        changed=typed,
    )
    at.ask_line(line, typed, cancelled=lambda: at.queue.show_only(before))


def open_ticket(at: AtDesk, code: str) -> None:
    """A ticket's code opens it, whatever part of the day it is in; anything else was left out."""
    queue = at.queue
    today = queue.snapshot.today if queue.snapshot else ()
    found = [one for one in today if one.ticket.casefold() == code.casefold()]
    if not found or at.asking:
        at.say(at._("A scanned code was left out."), refused=True)
        return
    queue.go_to(found[0])


def hide(at: AtDesk) -> None:
    """Cover every name, or show them again."""
    at.hide_names(not at.queue.view.names_hidden)


def show_phone(at: AtDesk, one: CheckIn) -> None:
    """Show the phone number; that is written down."""
    at.queue.show_phone(one)
    note(at, "phone_seen", ticket=one.ticket, day=str(one.day))


def no_phone(one: CheckIn, lang: Language) -> str:
    """Why there is none to show."""
    return lang("{ticket} left no phone number: c adds one", ticket=one.ticket)


def open_key_page(at: AtDesk) -> None:
    """Show all keys, in words."""
    at.beyond.open_key_page()


def open_figures(at: AtDesk) -> None:
    """Show arrivals, waits and rooms."""
    at.beyond.open_figures()
