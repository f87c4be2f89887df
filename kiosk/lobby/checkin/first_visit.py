"""Step 2, the last of it: whether the person has been here before."""

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.lobby.checkin.view import Go, Outcome, StepView
from kiosk.widgets.press import Tile


class FirstVisitView(StepView):
    """Whether the person is new here, which staff see."""

    def compose(self) -> ComposeResult:
        """Two equal answers; and what one comes for, where that was not asked here."""
        came_for = self.kiosk.clinic.service((self.draft.came_for and self.draft.service) or "")
        yield from self.question(
            self._("Is this the first visit to this clinic?"),
            self._("You come for: {service}", service=self._.pick(came_for.title))
            if came_for
            else "",
        )
        with Grid(classes="choices two big"):
            yield Tile(
                self._("Yes, the first visit"),
                self._("Please tell reception"),
                key="1",
                id="first",
            )
            yield Tile(self._("No, I have been here before"), key="2", id="again")

    def chosen(self, name: str) -> Outcome:
        """Either answer leads on."""
        return Go(self.but(first_visit=name == "first"))
