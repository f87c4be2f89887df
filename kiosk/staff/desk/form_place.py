"""The form at the desk: who hears of its keys, and what is asked before it is dropped."""

from collections.abc import Callable

from textual import events

from db import StaleCheckIn
from kiosk.input.guard import Meaning
from kiosk.staff.acts import sentences
from kiosk.staff.acts.choices import really_drop
from kiosk.staff.desk.bottom import Bottom
from kiosk.staff.desk.queue_view import QueueView
from kiosk.staff.form.form_fields import Field, Filled, Filling
from kiosk.staff.form.form_view import FormView
from kiosk.staff.seen.snapshot import Snapshot


class FormPlace:
    """Opens the form in place of the table, and closes it."""

    def __init__(self, queue: QueueView) -> None:
        self._queue = queue
        self._told_of = 0
        """The last revision of whom is corrected that somebody was told of."""

    @property
    def view(self) -> FormView:
        """The form."""
        return self._queue.form

    @property
    def _bottom(self) -> Bottom:
        return self._queue.screen.query_one(Bottom)

    @property
    def open(self) -> bool:
        """Whether one is filled in."""
        return self.view.filling is not None

    def fill_in(self, filling: Filling, filled: Filled, at: Field | None = None) -> None:
        """Have a form filled in."""
        if self._queue.snapshot is None:
            return
        self._told_of = 0
        self.view.open(filling, filled, (self._queue.view, self._queue.snapshot), at, self._do)
        self._queue.make_room(True)
        self._bottom.fill_in(True)
        self._queue.kiosk.appears()  # the key that opened it types nothing into it, however held

    def close(self) -> None:
        """Keep nothing of what was typed."""
        if self.open:
            self.view.close()
            self._queue.make_room(False)
            self._bottom.fill_in(False)

    def means(self, key: events.Key) -> Meaning | None:
        """What a key does in it; None while it is for something else."""
        return self.view.means(key) if self.open and not self._bottom.asking else None

    def press(self, event: events.Key) -> None:
        """A key, while nothing is asked."""
        self.view.press(event.key, event.character)

    def _do(self, what: str) -> None:
        filling, filled = self.view.filling, self.view.filled
        if filling is None:
            return
        if what == "drop":
            self.drop(lambda: None)
        elif what == "save":
            self.save(filled)
        else:
            filling.other(what, filled)

    def save(self, filled: Filled) -> None:
        """Close it and save it with this in it, unless something in it is wrong."""
        filling = self.view.filling
        if filling is None:
            return
        if wrong := self.view.wrong():
            self.view.refuse(wrong)
            return
        self.close()
        filling.save(filled)

    def drop(self, then: Callable[[], None]) -> None:
        """Close it and do something else; what would be lost is asked about before."""

        def drop() -> None:
            self.close()
            then()

        if self.view.touched:
            self._bottom.ask(really_drop(self._queue.kiosk.language), lambda _: drop())
        else:
            drop()

    def hear(self, snapshot: Snapshot, own: str) -> None:
        """Say what a colleague did meanwhile to whom is corrected; `own` is who is here."""
        form = self.view.filling.form if self.view.filling else None
        one = form.check_in if form else None
        now = snapshot.find(one.id) if one else None
        if one is None or now is None or now.revision <= max(one.revision, self._told_of):
            return
        self._told_of = now.revision
        events = [event for event in snapshot.moment.events if event.check_in == one.number]
        by, kind = (events[-1].by, events[-1].kind) if events else ("", "changed")
        if by == own:
            return
        stale = StaleCheckIn(one.ticket, by or "Someone", kind, now.status)
        lang = self._queue.kiosk.language
        meanwhile = sentences.just_now(stale, lang)
        said = lang("{meanwhile}. Your text is kept.", meanwhile=meanwhile)
        self._queue.say(said, refused=True)
