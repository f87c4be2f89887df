"""Step 3, the name: surname and title, typed in any script, or none; and who it is for."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.widgets import Input

from kiosk.lobby.checkin.draft import Draft
from kiosk.lobby.checkin.view import Go, Outcome, StepView
from kiosk.lobby.names import LONGEST, clean_name
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

    def _whoms(self) -> list[tuple[str, str, str]]:
        return [
            ("4", "self", self._("Me")),
            ("5", "child", self._("My child")),
            ("6", "companion", self._("Someone with me")),
        ]

    def _marked(self, whom: str, label: str) -> str:
        return f"✓ {label}" if whom == self.draft.whom else label

    def chosen(self, name: str) -> Outcome:
        """Who it is for only marks the card; a way to give the name leads on."""
        if name.startswith("for-"):
            self.draft = self.but(whom=name.removeprefix("for-"))
            for _key, whom, label in self._whoms():
                self.query_one(f"#for-{whom}", Press).relabel(self._marked(whom, label))
            return None
        return Go(self.but(name_by=name))


class SurnameView(StepView):
    """The commonest surnames, eight at a time."""

    def compose(self) -> ComposeResult:
        """A page of surnames, and the way to more."""
        yield from self.question(
            self._("Which surname?"), self._("Not here? Go back and choose Type it.")
        )
        items = [
            Item(surname, surname if self._.chinese else f"{surname} {romanised}")
            for surname, romanised in self.kiosk.clinic.surnames.items()
        ]
        yield Pages(items, more=self._("More surnames"), columns=3)

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
        yield from self.question(self._("How shall we call you?"))
        with Grid(classes="choices three"):
            yield Tile(self._("Mr {surname}", surname=self._shown()), key="1", id="mr")
            yield Tile(self._("Ms {surname}", surname=self._shown()), key="2", id="ms")
            yield Tile(self._("Child {surname}", surname=self._shown()), key="3", id="child")

    def _shown(self) -> str:
        return self.draft.romanised or self.draft.surname

    def chosen(self, name: str) -> Outcome:
        """Each is an answer."""
        return Go(self.but(title=name))


class NameField(Input):
    """A line to type a name in. It has no clipboard and no suggestions."""

    BINDINGS = []

    def on_key(self, event: events.Key) -> None:
        """While it is empty, the keys of the frame are the frame's; afterwards they are text."""
        commands = ("minus", "asterisk", "slash", "plus")
        if not self.value and event.key in commands:
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A bar-code scanner pastes; take what fits, without what does not show."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean_name(event.text)[: LONGEST - len(self.value)])


class TypedView(StepView):
    """A name in any script, typed on a real keyboard."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """One line, with room for any name."""
        yield from self.question(self._("Please type your name"), self._("In any language."))
        yield NameField(
            self.draft.typed_name, max_length=LONGEST, id="name-field", select_on_focus=False
        )
        yield Words("", id="problem", classes="problem")
        yield Words(self._("No keyboard? Go back and choose another way."), classes="hint")

    def ready(self) -> None:
        """Typing may begin at once."""
        self.query_one(NameField).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        full = len(event.value) >= LONGEST
        longest = self._("A name has at most {n} characters here.", n=LONGEST)
        self.query_one("#problem", Words).say(longest if full else "")

    def collect(self) -> Draft:
        """With the name as it stands."""
        return self.but(typed_name=clean_name(self.query_one(NameField).value))

    def enter(self) -> Outcome:
        """An empty line is not a name."""
        draft = self.collect()
        if draft.typed_name:
            return Go(draft)
        self.query_one("#problem", Words).say(
            self._("Please type a name, or go back and choose No name.")
        )
        return None
