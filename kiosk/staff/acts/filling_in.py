"""Adding a walk-in and correcting somebody, both by one form."""

from collections.abc import Callable, Sequence
from datetime import datetime

from db import Arrival, CheckIn, CheckInStore, ImpossibleArrival, InvalidArrival
from kiosk.intake.phones import area_code
from kiosk.languages import typed
from kiosk.languages.language import Language
from kiosk.staff.acts.adding import adding
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import really_erase
from kiosk.staff.acts.operations import bring, change, note
from kiosk.staff.acts.slips import print_slip
from kiosk.staff.acts.told import AMENDED, ERASED, VOIDED
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.form.filling import Said, filled_with, said_in, time_of
from kiosk.staff.form.form_fields import NO, YES, Field, Filled, Filling, Form

_FIELDS = tuple(field for field in Field if field not in (Field.PRINT, Field.CAME))
_OF_STORE = {"appointment_time": Field.TIME}
"""Fields that the store calls otherwise."""


def add(at: AtDesk, begin: Filled = Filled()) -> None:  # noqa: B008 - it is frozen
    """A walk-in: nothing needs to be said of them. `begin`: what is known already."""
    printer = (Field.PRINT,) if at.kiosk.settings.printer else ()
    form = Form(title=at._("Add a walk-in"), fields=(*_FIELDS, *printer))
    at.form.fill_in(_adding(at, form), begin)


def _adding(at: AtDesk, form: Form) -> Filling:
    return Filling(form=form, save=lambda filled: _add(at, form, filled))


def _add(at: AtDesk, form: Form, filled: Filled) -> None:
    by, said = at.desk.account.name, _said(at, form.fields, filled)
    time = time_of(filled)

    def run(store: CheckInStore) -> CheckIn:
        due = None if time is None else _moment(store, time)
        return store.check_in(Arrival(**said), allow_same_phone=True, by=by, due_at=due)

    def reopen(refused: object) -> None:
        at.form.fill_in(_adding(at, form), filled, _field_of(refused, form))

    bring(at, adding(run, by, reopen=reopen, then=_printing(at, filled)))


def correct(at: AtDesk, seen: CheckIn) -> None:
    """The same form for somebody who is here, with what is known of them."""
    snapshot = at.queue.snapshot
    if snapshot is None:
        return
    person = snapshot.people.get(seen.id)
    hidden = at.queue.view.names_hidden
    given = filled_with(seen, None if hidden else person, snapshot)
    word = at._("(hidden)") if hidden else at._("(sealed)")
    has = {Field.NAME: seen.has_name, Field.PHONE: seen.has_phone}
    covered = {field: word for field in has if has[field] and (hidden or person is None)}
    printer = (Field.PRINT,) if at.kiosk.settings.printer else ()
    form = Form(
        title=at._("Correct {ticket}", ticket=seen.ticket),
        fields=(*_FIELDS, *printer, Field.CAME),
        given=given,
        covered=covered,
        check_in=seen,
        keys=tuple(_keys_for(seen, at._)),
    )
    at.form.fill_in(_correcting(at, form, seen), given)


def _keys_for(seen: CheckIn, lang: Language) -> list[Key]:
    words = {"calm": ("F7", lang("Not urgent after all"))} if seen.urgent else {}
    if seen.has_name or seen.has_phone:
        words["erase"] = "F8", lang("Erase name and phone")
    words["void"] = "F9", lang("All of it: void")
    return [Key(name, key, word, word, key.lower()) for name, (key, word) in words.items()]


def _correcting(at: AtDesk, form: Form, seen: CheckIn) -> Filling:
    def other(what: str, filled: Filled) -> None:
        match what:
            case "calm":
                at.form.save(filled.but(Field.URGENT, NO))
            case "erase":
                at.form.drop(lambda: _ask_to_erase(at, seen))
            case "void":
                at.form.drop(lambda: _void(at, seen))

    def looked_at(_: Field) -> None:
        note(at, "phone_seen", ticket=seen.ticket, day=str(seen.day))

    def save(filled: Filled) -> None:
        now = at.desk.as_done(seen) or seen  # what was done here since is no colleague's
        _save(at, form, seen, filled, now.revision)

    return Filling(
        form=form,
        save=save,
        other=other,
        seen=looked_at,
    )


def _save(at: AtDesk, form: Form, seen: CheckIn, filled: Filled, revision: int | None) -> None:
    """Write what was changed here, and nothing else."""
    by, fields = at.desk.account.name, form.changed(filled)
    said, then = _said(at, fields, filled), _printing(at, filled)
    came = typed.clock(filled.came) if Field.CAME in fields and filled.came.strip() else None
    time = time_of(filled) if Field.TIME in fields else None
    if not (said or came):
        if then:
            then(seen)
        else:
            at.say(at._("Nothing was changed"))
        return

    def run(store: CheckInStore) -> CheckIn:
        moments = {"due_at": time, "arrived_at": came}
        when = {name: _moment(store, clock) for name, clock in moments.items() if clock}
        return store.amend(seen.id, by, revision, **said, **when)

    def reopen(refused: object) -> None:
        at.form.fill_in(_correcting(at, form, seen), filled, _field_of(refused, form))

    change(
        at,
        AMENDED,
        run,
        again=lambda: _save(at, form, seen, filled, None),
        reopen=reopen,
        then=then,
    )


def _ask_to_erase(at: AtDesk, seen: CheckIn) -> None:
    by = at.desk.account.name

    def erase(_: str) -> None:
        change(at, ERASED, lambda store: store.days.erase(seen.ticket, by))

    at.ask(really_erase(seen.ticket, at._), erase)


def _void(at: AtDesk, seen: CheckIn) -> None:
    by, why = at.desk.account.name, "entered in error"
    change(at, VOIDED, lambda store: store.void(seen.id, by, why, seen.revision))


def _said(at: AtDesk, fields: Sequence[Field], filled: Filled) -> Said:
    snapshot = at.queue.snapshot
    return said_in(
        fields,
        filled,
        snapshot.today if snapshot else (),
        tags=at.kiosk.clinic.languages,
        region=at.kiosk.clinic.region,
        area=area_code(at.kiosk.location.phone),
    )


def _moment(store: CheckInStore, clock: str) -> datetime:
    """The moment of today at which the clinic's clocks show a time, such as 10:30."""
    hour, minute = map(int, clock.split(":"))
    return store.calendar.at(store.day, hour, minute)


def _printing(at: AtDesk, filled: Filled) -> Callable[[CheckIn], None] | None:
    return (lambda one: print_slip(at, one)) if filled.print == YES else None


def _field_of(refused: object, form: Form) -> Field:
    """Where what the store refused was typed; else where one begins."""
    name = refused.field if isinstance(refused, InvalidArrival) else ""
    if isinstance(refused, ImpossibleArrival):
        return Field.CAME
    field = _OF_STORE.get(name) or next((one for one in Field if one.value == name), None)
    return field if field in form.fields else form.fields[0]
