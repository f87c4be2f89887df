"""What may come instead of a ticket: a possible duplicate, the desk, trouble, and the alarm."""

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.lobby.checkin.view import Commit, Desk, Outcome, StepView
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words


class DuplicateView(StepView):
    """The same name and phone are in the queue: it may be the same person, or it may not."""

    def compose(self) -> ComposeResult:
        """Nothing here tells whether or where the other ticket is."""
        yield from self.question(
            self._("You may already have a number"),
            self._("Please ask at the desk. They can find it for you."),
        )
        with Grid(classes="choices two big"):
            yield Tile(self._("This is another person"), key="1", id="another")
            yield Tile(self._("I will ask at the desk"), key="2", id="desk")

    def chosen(self, name: str) -> Outcome:
        """Another person gets a ticket of their own."""
        return Commit(allow_same_phone=True) if name == "another" else Desk()


class DeskView(StepView):
    """The check-in goes on at the desk."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """What happened, what it means, and what to do."""
        with Vertical(classes="message"):
            yield from self.question(
                self._("Please go to the desk"),
                self._("Nothing you typed was kept. Reception can check you in."),
            )

    def next_label(self) -> str:
        """There is nothing more to do here."""
        return self._("Done")


class TroubleView(DeskView):
    """The same because the kiosk cannot keep the check-in."""

    def compose(self) -> ComposeResult:
        """What happened, what it means, and what to do."""
        with Vertical(classes="message"):
            yield from self.question(
                self._("Please check in at the desk"),
                " ".join(
                    [
                        self._("This kiosk cannot save check-ins just now."),
                        self._("Reception can check you in."),
                    ]
                ),
            )


class AlarmView(StepView):
    """What to do at once, before the store has answered, and when it cannot."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """The same in both languages; nothing here depends on anything."""
        number = self.kiosk.clinic.emergency_number
        for lang in self.kiosk.pair:
            with Vertical(classes="alarm"):
                yield Words(lang("Tell staff now."), classes="loud")
                yield Words(lang("Do not wait for your number."), classes="loud")
                yield Words(lang("Nobody here? Call {number}.", number=number), classes="loud")

    def next_label(self) -> str:
        """There is nothing more to do here."""
        return self._("Done")
