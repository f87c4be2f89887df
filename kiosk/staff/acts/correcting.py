"""Putting things right: walk-ins, mistyped names and services, duplicates, priority, reception."""

from rich.cells import cell_len

from db import OPEN, Arrival, CheckIn, CheckInStore, Reception, ReceptionState, Status
from kiosk.languages import typed
from kiosk.queue.public import reception_now
from kiosk.staff.acts.calling import CallingScreen
from kiosk.staff.acts.choices import (
    back_when,
    really_erase,
    really_merge,
    what_to_correct,
    which_service,
    which_state,
)
from kiosk.staff.acts.steps import Happened, Step
from kiosk.staff.desk.jobs import Job
from kiosk.staff.desk.shown import finds


class CorrectingScreen(CallingScreen):
    """The queue screen as far as its keys change what a check-in says, or the desk."""

    def action_key(self, action: str) -> None:
        """Keys that change what is known of somebody; the others call them."""
        check_in = self.selected
        match action:
            case "add":
                self._add()
            case "correct" if check_in and check_in.status is not Status.void:
                self._correct(check_in)
            case "merge" if check_in and check_in.status is not Status.void:
                self._merge(check_in)
            case "transfer" if check_in and self.is_possible(action):
                self._transfer(check_in)
            case "priority" if check_in and self.is_possible(action):
                self._set_priority(check_in)
            case "reception":
                self._ask_reception()
            case _:
                super().action_key(action)

    # Walk-ins

    def _add(self) -> None:
        """A walk-in in three keys: no name, not sure what for."""
        self.ask_line(
            self._("Walk-in. Name:"),
            self._add_named,
            enter=self._("next; empty: no name"),
        )

    def _add_named(self, name: str) -> None:
        name, by, tag = name.strip(), self.account.name, self._language_of(name)

        def add(service: str) -> None:
            def run(store: CheckInStore) -> CheckIn:
                arrival = Arrival(name=name, service=service, language=tag)
                return store.check_in(arrival, allow_same_phone=True, by=by)

            def step(_: CheckInStore, result: object) -> Step:
                assert isinstance(result, CheckIn)
                return Step(
                    (Happened("checked_in", result),),
                    lambda store: store.void(result.id, by, "added by mistake"),
                )

            self.bring(Job("add", run, step))

        text = self._("What for?")
        self.ask(which_service(self.kiosk.clinic.services, text, self._, not_sure=True), add)

    def _language_of(self, name: str) -> str:
        """What a walk-in is called in: English where the name is written in Latin letters only."""
        tags = self.kiosk.clinic.languages
        latin = bool(name) and cell_len(name) == len(name)
        return "en" if latin and "en" in tags else tags[0]

    # What was said on arriving

    def _correct(self, seen: CheckIn) -> None:
        def chosen(what: str) -> None:
            match what:
                case "name" | "phone":
                    self._correct_person(seen, what)
                case "service":
                    text = self._("{ticket} is for:", ticket=seen.ticket)
                    services = self.kiosk.clinic.services
                    question = which_service(services, text, self._, not_sure=True)
                    self.ask(question, lambda slug: self._amend(seen, service=slug))
                case "appointment":
                    self._correct_time(seen)
                case "erase":
                    self.ask(really_erase(seen.ticket, self._), lambda _: self._erase(seen))
                case "calm":
                    self._amend(seen, urgent=False)
                case "void":
                    by, why = self.account.name, "entered in error"
                    self.change(
                        "void", seen, lambda store: store.void(seen.id, by, why, seen.revision)
                    )

        self.ask(what_to_correct(seen, self._), chosen)

    def _correct_person(self, seen: CheckIn, what: str) -> None:
        person = self.snapshot.people.get(seen.id) if self.snapshot else None
        known = getattr(person, what, "") if not self.names_hidden else ""
        texts = {
            "name": self._("Name of {ticket}:", ticket=seen.ticket),
            "phone": self._("Phone of {ticket}:", ticket=seen.ticket),
        }
        self.ask_line(
            texts[what],
            lambda words: self._amend(seen, **{what: words.strip()}),
            enter=self._("save; empty: none"),
            value=known,
        )

    def _correct_time(self, seen: CheckIn) -> None:
        def save(words: str) -> None:
            try:
                time = typed.clock(words) if words.strip() else None
            except ValueError:
                why = self._("A time looks like 10:30. Nothing was changed.")
                self.say(why, refused=True)
                return
            self._amend(seen, appointment=bool(time), appointment_time=time)

        self.ask_line(
            self._("Appointment of {ticket}, such as 10:30:", ticket=seen.ticket),
            save,
            enter=self._("save; empty: none"),
            value=seen.appointment_time or "",
        )

    def _amend(self, seen: CheckIn, **changes: object) -> None:
        by = self.account.name
        self.change("amend", seen, lambda store: store.amend(seen.id, by, seen.revision, **changes))

    def _erase(self, seen: CheckIn) -> None:
        by = self.account.name
        self.change("erase", seen, lambda store: store.days.erase(seen.ticket, by))

    def _merge(self, seen: CheckIn) -> None:
        """Ask for the ticket that stays, and once more before what cannot be taken back."""

        def named(words: str) -> None:
            others = [c for c in self.snapshot.today if c.id != seen.id] if self.snapshot else []
            others = [c for c in others if c.status in OPEN]
            found = [c for c in others if words.strip() and finds(c, None, words)]
            if len(found) != 1:
                self.say(self._("There is no other ticket {typed}", typed=words), refused=True)
                return
            by, stays = self.account.name, found[0]
            job = Job(
                "merge", lambda store: store.merge(seen.id, stays.id, by, seen.revision), _merged
            )
            self.ask(really_merge(seen.ticket, stays.ticket, self._), lambda _: self.do(job))

        self.ask_line(
            self._("{ticket} is a duplicate. Ticket that stays:", ticket=seen.ticket),
            named,
            enter=self._("next"),
            value=seen.same_phone_as or "",
        )

    def _set_priority(self, seen: CheckIn) -> None:
        value, by = 0 if seen.priority > 0 else 1, self.account.name
        self.change(
            "priority", seen, lambda store: store.set_priority(seen.id, value, by, seen.revision)
        )

    def _transfer(self, seen: CheckIn) -> None:
        by = self.account.name
        services = [s for s in self.kiosk.clinic.services if s.slug != seen.service]

        def move(slug: str) -> None:
            self.change(
                "transfer", seen, lambda store: store.transfer(seen.id, slug, by, seen.revision)
            )

        text = self._("Move {ticket} to:", ticket=seen.ticket)
        self.ask(which_service(services, text, self._), move)

    # Reception

    def _ask_reception(self) -> None:
        """Ask whether reception takes people, and when it is back if it is away."""

        def chosen(state: str) -> None:
            if state == ReceptionState.away:
                self.ask(back_when(self.kiosk.now(), self._), lambda at: self._set(state, at))
            else:
                self._set(state, "")

        self.ask(which_state(self._), chosen)

    def _set(self, state: str, until: str) -> None:
        new, by, back = ReceptionState(state), self.account.name, until or None
        said: list[Reception | None] = []  # what staff had set before; shown may be another

        def run(store: CheckInStore) -> Reception:
            said.append(store.reception_said())
            return store.set_reception_state(new, by, back)

        def take_back(store: CheckInStore) -> Reception:
            old = said.pop()
            store.set_reception_state(old.state if old else None, by, old.until if old else None)
            return reception_now(store.moment(), self.kiosk.opening_now())

        self.do(Job("reception", run, lambda *_: Step((), take_back)))


def _merged(_: CheckInStore, result: object) -> Step:
    assert isinstance(result, CheckIn)
    return Step((Happened("merged", result),), None)
