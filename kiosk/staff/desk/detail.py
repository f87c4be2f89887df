"""The line about the selected check-in: everything the table has no room for."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content

from db import CheckIn
from kiosk.languages.room_names import room_text
from kiosk.staff.desk.masked_phone import masked, spaced
from kiosk.staff.desk.rows import View, fit, name_text, printable, room_before, service_text
from kiosk.staff.desk.snapshot import Snapshot

GAP = "  "
NAME_CELLS = 24


def detail(
    check_in: CheckIn, snapshot: Snapshot, view: View, *, phone_shown: bool, cells: int
) -> Content:
    """What is known of the check-in, in so many cells; what does not fit is left out."""
    line = Content.styled(check_in.ticket, "bold $jade")
    left = cells - line.cell_length
    for piece in _pieces(check_in, snapshot, view, phone_shown):
        if cell_len(piece) + len(GAP) <= left:
            line = Content.assemble(line, GAP, piece)
            left -= cell_len(piece) + len(GAP)
    return line


def _pieces(check_in: CheckIn, snapshot: Snapshot, view: View, phone_shown: bool) -> Iterator[str]:
    lang, person = view.lang, snapshot.people.get(check_in.id)
    yield fit(name_text(person, view), NAME_CELLS)
    yield service_text(check_in, view)
    came = check_in.arrived_at.astimezone(view.now.tzinfo)
    yield lang("came {time}", time=lang.clock(came))
    if room := room_before(check_in, snapshot):
        yield lang("was in {room}", room=room_text(room, lang))
    if person and person.phone and not view.names_hidden:
        phone = printable(spaced(person.phone, view.clinic.region))
        yield lang("phone {number}", number=phone if phone_shown else masked(phone))
    if check_in.first_visit:
        yield lang("first visit")
    if check_in.appointment:
        if check_in.practitioner:
            yield lang("appt with {name}", name=check_in.practitioner)
        elif check_in.appointment_time:
            yield lang("appt {time}", time=check_in.appointment_time)
    if check_in.whom == "child":
        yield lang("for a child")
    elif check_in.whom == "companion":
        yield lang("for a companion")
    if check_in.guardian:
        yield lang("guardian agreed")
    if check_in.same_phone_as:
        yield lang("same phone as {ticket}", ticket=check_in.same_phone_as)
