"""The line about the selected check-in: everything the table has no room for."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db import CheckIn
from kiosk.languages.room_names import room_text
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.desk.key_area import KeyHint
from kiosk.staff.seen.masked_phone import masked, spaced
from kiosk.staff.seen.matching import proposal
from kiosk.staff.seen.rows import View, fit, name_text, printable, room_before, service_text
from kiosk.staff.seen.snapshot import Snapshot

GAP = "  "
NAME_CELLS = 24


class SelectedLine(Horizontal):
    """Who is selected, with the phone masked but for some seconds, and the key that shows it."""

    class Resized(Message):
        """It has other room than before, or has some again: what stands there was cut for less."""

    def __init__(self, show_phone: Key) -> None:
        super().__init__(id="selected")
        self._show_phone = show_phone
        self._phone_of: str | None = None
        self._phone_until = 0.0

    def compose(self) -> ComposeResult:
        """What is known, and the key."""
        yield Static(id="detail", markup=False)
        yield KeyHint(self._show_phone)

    def on_resize(self) -> None:
        """Have it shown anew."""
        self.post_message(self.Resized())

    def uncover(self, one: CheckIn, until: float) -> None:
        """Show the phone number of somebody, once they are shown again."""
        self._phone_of, self._phone_until = one.id, until

    def cover(self) -> None:
        """Mask the phone number, once somebody is shown again."""
        self._phone_of = None

    def is_over(self, now: float) -> bool:
        """Whether a phone number has been shown for long enough."""
        return self._phone_of is not None and now >= self._phone_until

    def show(self, check_in: CheckIn, snapshot: Snapshot, view: View) -> None:
        """Say what is known of somebody."""
        hint = self.query_one(KeyHint)
        hint.visible = check_in.has_phone and not view.names_hidden
        room = self.content_size.width - hint.outer_size.width - 1
        shown = check_in.id == self._phone_of
        line = detail(check_in, snapshot, view, phone_shown=shown, cells=room)
        self.query_one("#detail", Static).update(line, layout=False)

    def show_nobody(self, why: str) -> None:
        """Say why nobody is selected."""
        self.query_one(KeyHint).visible = False
        self.query_one("#detail", Static).update(why, layout=False)

    def clear(self) -> None:
        """Forget who was selected."""
        self._phone_of = None
        self.query_one("#detail", Static).update("")


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
    phone = ""
    if person and person.phone and not view.names_hidden:
        phone = printable(spaced(person.phone, view.clinic.region))
    if phone and phone_shown:
        yield lang("phone {number}", number=phone)
    yield fit(name_text(person, view), NAME_CELLS)
    if proposed := proposal(check_in, snapshot, view):
        yield proposed
    yield service_text(check_in, view)
    came = check_in.arrived_at.astimezone(view.now.tzinfo)
    yield lang("came {time}", time=lang.clock(came))
    if room := room_before(check_in, snapshot):
        yield lang("was in {room}", room=room_text(room, lang))
    if phone and not phone_shown:
        yield lang("phone {number}", number=masked(phone))
    if check_in.first_visit:
        yield lang("first visit")
    yield from _appointment(check_in, snapshot, view)
    if check_in.whom == "child":
        yield lang("for a child")
    elif check_in.whom == "companion":
        yield lang("for a companion")
    if check_in.guardian:
        yield lang("guardian agreed")
    if check_in.same_phone_as:
        yield lang("same phone as {ticket}", ticket=check_in.same_phone_as)


def _appointment(check_in: CheckIn, snapshot: Snapshot, view: View) -> Iterator[str]:
    """What somebody only says of an appointment is told in other words than a confirmed one."""
    lang, name = view.lang, check_in.practitioner
    if due := check_in.due_at:
        yield lang("appt {time} confirmed", time=lang.clock(due.astimezone(view.now.tzinfo)))
    if not check_in.appointment:
        return
    if name in snapshot.moment.away:
        yield lang("appt with {name}, who is away today", name=name)
    elif name:
        yield lang("appt with {name}", name=name)
    elif check_in.appointment_time and not check_in.due_at:
        yield lang("appt {time}", time=check_in.appointment_time)
