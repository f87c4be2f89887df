"""A slip for somebody at the desk, and what is said of it; the ticket stands whatever becomes."""

import msgspec

from db import CheckIn
from kiosk.languages.language import language
from kiosk.log import log_fault
from kiosk.printing.printer import NotPrinted, print_text
from kiosk.printing.slip import slip
from kiosk.queue.standing import standing
from kiosk.staff.acts.at_desk import AtDesk


class SlipSent(msgspec.Struct, frozen=True):
    """What became of a slip."""

    ticket: str
    printed: bool


def print_slip(at: AtDesk, one: CheckIn) -> None:
    """Send a slip to the printer, as the lobby does, in the language of the ticket."""
    kiosk, queue, lang = at.kiosk, at.kiosk.settings.printer or "", language(one.language)

    def work() -> SlipSent:
        store = kiosk.store()
        now, ahead, wait = store.get(one.id) or one, store.ahead(one), kiosk.expected_wait(one)
        place = standing(now, ahead, wait, kiosk.now(), lang).said
        text = slip(one.ticket, place, kiosk.clinic, kiosk.location, kiosk.now(), lang)
        try:
            print_text(text, queue)
        except NotPrinted as fault:
            log_fault(fault, "a slip was not printed")
            return SlipSent(one.ticket, printed=False)
        return SlipSent(one.ticket, printed=True)

    at.carry_out(work)


def tell_slip(at: AtDesk, outcome: object) -> None:
    """Say whether it is with the printer."""
    match outcome:
        case SlipSent(printed=True):
            at.say(at._("{ticket}: the slip is sent to the printer", ticket=outcome.ticket))
        case SlipSent():
            text = at._("{ticket}: the slip could not be printed", ticket=outcome.ticket)
            at.say(text, refused=True)
        case _:
            at.say(at._("The slip could not be printed"), refused=True)
