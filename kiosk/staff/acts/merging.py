"""Two tickets, one person: which other ticket stays, asked with who is plausible."""

from db import OPEN, CheckIn, CheckInStore
from kiosk.languages.language import Language
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import really_merge, which_stays
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.steps import Happened, Step
from kiosk.staff.acts.told import MERGED
from kiosk.staff.asking.entry import LineQuestion
from kiosk.staff.asking.questions import Answer
from kiosk.staff.seen.duplicates import Likely, Sign, likely
from kiosk.staff.seen.rows import fit, name_text
from kiosk.staff.seen.shown import finds

MOST = 8
NAME_CELLS = 20
SHOWN = 20
"""Cells of what was typed, in the sentence about it; all of it stands in the field."""


def merge(at: AtDesk, seen: CheckIn) -> None:
    """Ask for the ticket that stays, and once more before what cannot be taken back."""
    snapshot = at.queue.snapshot
    names = not at.queue.view.names_hidden
    found = likely(seen, snapshot, names=names)[:MOST] if snapshot else []
    if not found:
        _ask_for_ticket(at, seen)
        return
    stays = {one.check_in.id: one.check_in for one in found}

    def chosen(id_: str) -> None:
        if id_:
            _really(at, seen, stays[id_])
        else:
            _ask_for_ticket(at, seen)

    answers = [Answer(one.check_in.id, _told(at, one)) for one in found]
    at.ask(which_stays(seen, answers, at._), chosen)


def _told(at: AtDesk, one: Likely) -> str:
    """A ticket, whose it is, and what speaks for it."""
    person = at.queue.snapshot.people.get(one.check_in.id) if at.queue.snapshot else None
    name = fit(name_text(person, at.queue.view), NAME_CELLS)
    why = at._(", ").join(_sign_word(sign, at._) for sign in one.signs)
    return f"{one.check_in.ticket} {name} ({why})"


def _sign_word(sign: Sign, lang: Language) -> str:
    words = {
        Sign.PHONE: lang("same phone"),
        Sign.NAME: lang("like name"),
        Sign.SERVICE: lang("same service"),
    }
    return words[sign]


def _ask_for_ticket(at: AtDesk, seen: CheckIn, value: str = "") -> None:
    """Have the ticket typed; where there is none `value` stands there to be corrected."""

    def named(words: str) -> None:
        today = at.queue.snapshot.today if at.queue.snapshot else ()
        others = [c for c in today if c.id != seen.id and c.status in OPEN]
        found = [c for c in others if words.strip() and finds(c, None, words)]
        if len(found) == 1:
            _really(at, seen, found[0])
        else:
            at.say(at._("There is no other ticket {typed}", typed=fit(words, SHOWN)), refused=True)
            _ask_for_ticket(at, seen, words)

    line = LineQuestion(
        text=at._("{ticket} is a duplicate. Ticket that stays:", ticket=seen.ticket),
        enter=at._("next"),
        cancel=at._("cancel"),
        value=value,
    )
    at.ask_line(line, named)


def _really(at: AtDesk, seen: CheckIn, stays: CheckIn) -> None:
    by = at.desk.account.name
    job = Job(lambda store: store.merge(seen.id, stays.id, by, seen.revision), _merged, MERGED)
    at.ask(really_merge(seen.ticket, stays.ticket, at._), lambda _: at.desk.do(job))


def _merged(_: CheckInStore, result: object) -> Step:
    assert isinstance(result, CheckIn)
    return Step((Happened(MERGED.kind, result),), None)
