"""Step 2, what for: an appointment or a group of services, the service, and the first visit."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from kiosk.input.guard import Meaning
from kiosk.intake.draft import Draft
from kiosk.lobby.checkin.view import Go, Outcome, StepView
from kiosk.widgets.keypad import DELETE, Entry, Keypad, typed_key, typed_press, typing
from kiosk.widgets.pages import Item, Pages
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words

NOT_SURE = "9"


class PurposeView(StepView):
    """An appointment, a group of services, or not sure."""

    APPOINTMENT = True

    def compose(self) -> ComposeResult:
        """The groups come from the clinic's content, with the keys it gives them."""
        if self.APPOINTMENT and self.kiosk.queue_state.reception == "full":
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


class WhenView(StepView):
    """The time of the appointment, if it is known."""

    NEXT = True

    def compose(self) -> ComposeResult:
        """A field of four digits and a keypad."""
        with Horizontal(classes="with-keypad"):
            with Vertical(classes="beside-keypad"):
                yield from self.question(
                    self._("What time is your appointment?"),
                    self._("You may skip this."),
                )
                yield Entry(*self._shown(), longest=len("00:00"))
                yield Words("", id="problem", classes="problem")
            yield Keypad(delete=self._("Delete"))

    def _shown(self) -> tuple[str, str]:
        digits = self.draft.time
        text = digits[:2] + (":" + digits[2:] if len(digits) > 1 else "")
        return text, "__:__"[len(text) :]

    def next_label(self) -> str:
        """Enter alone leaves the time out."""
        return self._("Next") if self.draft.time else self._("Skip")

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Digits are a field."""
        return typing(typed_key(key.key, key.character))

    def restore(self, draft: Draft) -> None:
        """The time as it was before a scan."""
        self.draft = draft
        self._say("")
        self._show_time()

    def _show_time(self) -> None:
        entry = self.query_one(Entry)
        entry.shown, entry.blank = self._shown()
        self.post_message(self.Edited())

    def typed(self, event: events.Key) -> bool:
        """A digit, or delete."""
        key = typed_key(event.key, event.character)
        if key is not None:
            self._take(key)
        return key is not None

    def chosen(self, name: str) -> Outcome:
        """A key of the keypad."""
        if (key := typed_press(name)) is not None:
            self._take(key)
        return None

    def _take(self, key: str) -> None:
        digits = self.draft.time[:-1] if key == DELETE else self.draft.time + key
        self._say("")
        if len(digits) == 1 and digits > "2":
            digits = "0" + digits  # 9 is 09: nobody has an appointment at ninety
        if not _may_become_a_time(digits):
            self._say(self._("Times go from 00:00 to 23:59."))
            return
        if key == DELETE and digits == "0" and self.draft.time[1:2] > "2":
            digits = ""
        self.draft = self.but(time=digits)
        self._show_time()

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Words).say(problem)

    def enter(self) -> Outcome:
        """Half a time is no answer; none is one."""
        if len(self.draft.time) in (0, 4):
            return Go(self.draft)
        self._say(self._("Please give all four digits, for example 10:30, or delete them."))
        return None


def _may_become_a_time(digits: str) -> bool:
    if len(digits) > 4:
        return False
    hour, minute = digits[:2], digits[2:]
    return (len(hour) < 2 or hour < "24") and (not minute or minute[0] < "6") and hour[:1] < "3"


class PractitionerView(StepView):
    """With whom the appointment is, if the clinic names anybody."""

    def compose(self) -> ComposeResult:
        """Those whom clinic.toml names, and somebody else."""
        yield from self.question(self._("Who is your appointment with?"))
        with Grid(classes="choices two big"):
            for key, who in enumerate(self.kiosk.clinic.practitioners[:8], start=1):
                titles = [
                    self._.pick(service.title)
                    for slug in who.services
                    if (service := self.kiosk.clinic.service(slug))
                ]
                yield Tile(who.name, ", ".join(titles), key=str(key), id=f"with-{key}")
            yield Tile(self._("Someone else, or I do not know"), key=NOT_SURE, id="not-sure")

    def chosen(self, name: str) -> Outcome:
        """Somebody who gives one service only has answered the next question too."""
        if name == "not-sure":
            return Go(self.but(practitioner=None, service=None))
        who = self.kiosk.clinic.practitioners[int(name.removeprefix("with-")) - 1]
        known = [slug for slug in who.services if self.kiosk.clinic.service(slug)]
        return Go(self._with(who.name, known[0] if len(known) == 1 else None))

    def _with(self, name: str, service: str | None) -> Draft:
        return self.but(practitioner=name, service=service)


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
