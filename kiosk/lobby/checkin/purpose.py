"""Step 2, what for: an appointment or a group of services, and the service."""

from textual.app import ComposeResult
from textual.containers import Grid

from db import ReceptionState
from kiosk.lobby.checkin.view import NOT_SURE, Go, Outcome, StepView
from kiosk.widgets.pages import Item, Pages
from kiosk.widgets.press import Tile


class PurposeView(StepView):
    """An appointment, a group of services, or not sure."""

    APPOINTMENT = True

    def compose(self) -> ComposeResult:
        """The groups come from the clinic's content, with the keys it gives them."""
        if self.APPOINTMENT and self.kiosk.queue_state.reception is ReceptionState.full:
            yield from self._only_appointments()
            return
        yield from self.question(self._("What brings you here today?"))
        with Grid(classes="choices two"):
            if self.APPOINTMENT:
                yield Tile(
                    self._("I have an appointment"),
                    self._("Staff see that you are here"),
                    key="1",
                    id="appointment",
                )
            for group in self.kiosk.clinic.groups:
                yield Tile(
                    self._.pick(group.title),
                    self._.pick(group.hint) if group.hint else "",
                    key=group.key,
                    id=f"group-{group.slug}",
                )
            yield Tile(
                self._("Not sure"),
                self._("Reception can help you choose"),
                key=NOT_SURE,
                id="not-sure",
            )

    def _only_appointments(self) -> ComposeResult:
        """No more numbers for walk-ins: an appointment is one, and the desk knows the rest."""
        yield from self.question(
            self._("No more walk-in numbers today. Please ask at the desk."),
            self._("With an appointment you can check in here."),
        )
        with Grid(classes="choices two big"):
            yield Tile(
                self._("I have an appointment"),
                self._("Staff see that you are here"),
                key="1",
                id="appointment",
            )
            yield Tile(
                self._("No appointment"), self._("I will ask at the desk"), key="2", id="desk"
            )

    def chosen(self, name: str) -> Outcome:
        """An appointment asks for its time; a group for its service."""
        if name == "desk":
            self.kiosk.end_session()
            return None
        if name == "appointment":
            return Go(self.but(appointment=True, group=None, service=None))
        appointment = self.draft.appointment and not self.APPOINTMENT
        if name == "not-sure":
            return Go(self.but(appointment=appointment, group=None, service=""))
        group = name.removeprefix("group-")
        return Go(self.but(appointment=appointment, group=group, service=None))


class GroupView(PurposeView):
    """The same for somebody who has said that they have an appointment."""

    APPOINTMENT = False


class ServiceView(StepView):
    """One service of the group, or not sure."""

    def compose(self) -> ComposeResult:
        """At most eight services a group bear a digit; content is checked for that."""
        yield from self.question(self._("Which one?"))
        services = self.kiosk.clinic.services_of(self.draft.group or "")[:8]
        items = [
            Item(f"service-{one.slug}", self._.pick(one.title), (self._.pick(one.summary),))
            for one in services
        ]
        unsure = Item("not-sure", self._("Not sure"), (self._("Reception can help you choose"),))
        if self.kiosk.larger:
            yield Pages([*items, unsure], more=self._("Next page"), larger=True)
            return
        with Grid(classes="choices two pages"):
            for key, item in enumerate(items, start=1):
                yield Tile(item.label, *item.lines, key=str(key), id=item.name)
            yield Tile(unsure.label, *unsure.lines, key=NOT_SURE, id=unsure.name)

    def chosen(self, name: str) -> Outcome:
        """Not sure is an answer too."""
        for pages in self.query(Pages):
            chosen = pages.choose(name)
            if chosen is None:
                return None
            name = chosen
        return Go(self.but(service="" if name == "not-sure" else name.removeprefix("service-")))
