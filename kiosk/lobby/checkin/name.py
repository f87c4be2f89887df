"""Step 3, the name: who it is for, how it is given, and the list of surnames and titles."""

from textual.app import ComposeResult
from textual.containers import Grid

from db import Whom
from kiosk.intake.draft import NameBy
from kiosk.intake.names import Title, addressed, written
from kiosk.lobby.checkin.view import Go, Outcome, StepView
from kiosk.widgets.pages import Item, Pages
from kiosk.widgets.press import Press, Tile
from kiosk.widgets.words import Words


class NameView(StepView):
    """How to call this person, and for whom the check-in is."""

    def compose(self) -> ComposeResult:
        """Equal ways to give a name, a list where the clinic has one; below, for whom it is."""
        yield from self.question(self._("What may we call you?"), self._("Only staff see it."))
        with Grid(classes="choices three"):
            if self.kiosk.clinic.surnames:
                yield Tile(
                    self._("Surname and title"), self._("Choose from a list"), key="1", id="surname"
                )
            yield Tile(self._("Type it"), self._("With a keyboard"), key="2", id="typed")
            yield Tile(self._("No name"), self._("Your number is enough"), key="3", id="none")
        yield Words(self._("Who is it for?"), classes="question")
        with Grid(classes="choices three low"):
            for key, whom, label in self._whoms():
                yield Press(self._marked(whom, label), key=key, id=f"for-{whom}")

    def _whoms(self) -> list[tuple[str, Whom, str]]:
        return [
            ("4", Whom.oneself, self._("Me")),
            ("5", Whom.child, self._("My child")),
            ("6", Whom.companion, self._("Someone with me")),
        ]

    def _marked(self, whom: Whom, label: str) -> str:
        return f"✓ {label}" if whom == self.draft.whom else label

    def chosen(self, name: str) -> Outcome:
        """Who it is for only marks the card; a way to give the name leads on."""
        if name.startswith("for-"):
            self.draft = self.but(whom=Whom(name.removeprefix("for-")))
            for _key, whom, label in self._whoms():
                self.query_one(f"#for-{whom}", Press).relabel(self._marked(whom, label))
            return None
        return Go(self.but(name_by=NameBy(name)))


class SurnameView(StepView):
    """The commonest surnames, eight at a time."""

    def compose(self) -> ComposeResult:
        """A page of surnames, and the way to more."""
        yield from self.question(
            self._("Which surname?"), self._("Not here? Go back and choose Type it.")
        )
        items = [
            Item(surname, written(surname, self._) if self._.chinese else f"{surname} {romanised}")
            for surname, romanised in self.kiosk.clinic.surnames.items()
        ]
        yield Pages(items, more=self._("More surnames"), columns=3, larger=self.kiosk.larger)

    def chosen(self, name: str) -> Outcome:
        """More turns the page, from the last to the first."""
        surname = self.query_one(Pages).choose(name)
        if surname is None:
            return None
        latin = "" if self._.chinese else self.kiosk.clinic.surnames[surname]
        return Go(self.but(surname=surname, romanised=latin))


class TitleView(StepView):
    """How the surname is followed."""

    def compose(self) -> ComposeResult:
        """Three forms of address."""
        yield from self.question(self._("How should we address you?"))
        with Grid(classes="choices three"):
            surname = self.draft.romanised or self.draft.surname
            for key, title in enumerate(Title, start=1):
                yield Tile(addressed(surname, title, self._), key=str(key), id=title)

    def chosen(self, name: str) -> Outcome:
        """Each is an answer."""
        return Go(self.but(title=Title(name)))
