"""Step 1, safety: whether somebody needs help now, and the alarm if so. In two languages."""

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.languages.language import Language
from kiosk.lobby.checkin.view import Go, Outcome, StepView, Urgent
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words


class SafetyView(StepView):
    """Asks whether any of four emergencies is happening now; a bare Enter does nothing."""

    GRAVE = True

    def compose(self) -> ComposeResult:
        """The question in both languages side by side, then two equal answers."""
        with Grid(id="safety", classes="alone" if len(self.kiosk.pair) == 1 else ""):
            for lang in self.kiosk.pair:
                with Vertical():
                    yield Words(
                        lang("Is any of this happening NOW, to you or the person with you?"),
                        classes="question",
                    )
                    for nth, sign in enumerate(self._signs(lang)):
                        yield Words(sign, classes=f"sign {'odd' * (nth % 2)}")
        with Grid(classes="choices two"):
            yield self._answer("1", "none", [lang("None of these") for lang in self.kiosk.pair])
            yield self._answer("2", "yes", [lang("Yes, or not sure") for lang in self.kiosk.pair])

    def _answer(self, key: str, name: str, words: list[str]) -> Tile:
        return Tile(words[0], *words[1:], key=key, id=name)

    def _signs(self, _: Language) -> list[str]:
        return [
            _("Chest pain or pressure, trouble breathing"),
            _("Face drooping, sudden weakness on one side, unclear speech"),
            _("Sudden very bad headache, fainting, seizure"),
            _("Heavy bleeding, swelling lips or throat"),
        ]

    def chosen(self, name: str) -> Outcome:
        """Yes makes a ticket at once; "none" is never stored, it is only the way on."""
        return Urgent() if name == "yes" else Go(self.draft)


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
