"""The ticket of somebody who needs help now: what to do instead of waiting."""

import msgspec
from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from db import CheckIn, Status, StoreError, Whom
from kiosk.intake.draft import Draft
from kiosk.languages.room_names import room_text
from kiosk.lobby.ticket.ticket import TicketScreen
from kiosk.queue.standing import Standing
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words


class UrgentScreen(TicketScreen):
    """A nameless ticket made at once, and what to do instead of waiting."""

    GROWS = False
    """What to do needs its room, and stands in two languages."""

    def __init__(self, check_in: CheckIn) -> None:
        super().__init__(check_in, Draft())
        self._family = msgspec.structs.replace(self._family, party=None, whom=Whom.oneself)
        self._mistaken = False
        self.add_class("urgent")

    def heading(self) -> str:
        """What to do, before anything else."""
        return self._("Tell staff now.")

    def compose_buttons(self) -> ComposeResult:
        """A way out of a slip; the ticket itself only staff can clear."""
        mistake = Press(self._("Pressed by mistake"), key="1", id="mistake")
        mistake.display = not self._mistaken
        yield mistake
        someone = Press(self._("Go on with check-in"), key="1", id="someone")
        someone.display = self._mistaken
        yield someone
        with Grid(classes="pair"):
            yield Press(self._("More time"), key="2", id="more-time")
            yield Press(self._("Done"), key="Enter", id="next")
            yield Press(self._("Help"), key="/", id="help")
            yield from self.language_button()

    def compose_later(self) -> ComposeResult:
        """The same in the other language, for whoever stands beside."""
        emergency = self.kiosk.clinic.emergency_number
        for lang in self.kiosk.pair:
            with Vertical(classes="alarm"):
                yield Words(lang("Tell staff now."), classes="loud")
                yield Words(lang("Do not wait for your number."), classes="loud")
                yield Words(lang("Nobody here? Call {number}.", number=emergency), classes="loud")

    def _stands(self) -> Standing:
        """Whether anybody has seen it; nobody waits in a queue here."""
        if self._mistaken:
            return Standing(
                "", self._("No harm done. Please tell staff it was a mistake; they can clear it.")
            )
        going = None
        try:
            now = self.kiosk.store().get(self.check_in.id) or self.check_in
            going = self.kiosk.store().answered_by(self.check_in.id)
        except StoreError:
            now = self.check_in
        match now.status:
            case Status.called:
                room = room_text(now.room or "", self._)
                return Standing(self._("Staff have seen it. Please go to {room}.", room=room))
            case Status.in_service | Status.done:
                return Standing(self._("Staff have seen it."))
            case Status.void | Status.left:
                return Standing(self._("Staff have cleared this number."))
        if going is not None:
            return Standing(self._("{name} is coming to you.", name=going))
        state = self.kiosk.queue_state
        if state.staff_present:
            return Standing("", self._("It is on the staff's screen. Please tell somebody too."))
        number = self.kiosk.clinic.emergency_number
        return Standing(
            self._("Nobody is at the staff's screen just now.") if state.known else "",
            self._(
                "Go to the desk or find any member of staff. Nobody there? Call {number}.",
                number=number,
            ),
        )

    async def chosen(self, name: str) -> None:
        """A slip: say that staff will still look, and offer the check-in."""
        if name == "mistake":
            self._mistaken = True
            self._show_place()
            self.query_one("#mistake").display = False
            self.query_one("#someone").display = True
        else:
            await super().chosen(name)
