"""Today's list: who is booked and has not come, and who has; one of them may be checked in."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.input.guard import Meaning
from kiosk.languages.language import Language
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.operations import note
from kiosk.staff.asking.entry import EntryBar, LineQuestion
from kiosk.staff.asking.key_lines import KeyLines
from kiosk.staff.desk.list_table import ListKeys, ListTable
from kiosk.staff.meaning import in_a_line
from kiosk.staff.screen import StaffScreen
from kiosk.staff.seen.masked_phone import masked, spaced
from kiosk.staff.seen.rows import View, fit, printable
from kiosk.staff.seen.todays_list import (
    ListCounts,
    Listed,
    found_in,
    list_counts,
    list_row,
    local_time,
    todays_list,
)
from kiosk.widgets.screen import KioskScreen

EDGES, TALL_EDGES = 2, 4
"""Cells free beside the keys, as the style sheet has them."""
PHONE_SECONDS = 10.0
REFRESH_EVERY = 20.0
NAME_CELLS = 30
GAP = "  "
KEYS = {
    **dict.fromkeys(("escape", "full_stop", ".", "．", "。", "minus", "f", "F", "ｆ"), "queue"),
    **dict.fromkeys(("/", "slash", "／", "、"), "search"),
    **dict.fromkeys(("h", "H", "ｈ"), "hide"),
    **dict.fromkeys(("v", "V", "ｖ"), "show_phone"),
    **dict.fromkeys(("l", "L", "ｌ"), "lock"),
}


class ListScreen(StaffScreen[str | None]):
    """Gives the id of whom Enter chose, "lock" where the screen is to be locked, or None."""

    RESTS = ("ListTable", "#counts", "#title")

    def __init__(self, at: AtDesk) -> None:
        super().__init__()
        self._at = at
        self.listed: dict[str, Listed] = {}
        """Who is on it, by id, in the order of the table."""
        self._typed = ""
        """What is looked for."""
        self._bar = EntryBar()
        """Where that is typed."""
        self._phone_of = ""
        self._phone_until = 0.0
        self._refresh_at = 0.0

    def compose(self) -> ComposeResult:
        """Where we are, how many stand where, the table, the one selected, the keys."""
        _ = self._
        with Horizontal(id="staff-head"):
            title = _("Today's list") + f"  {_.pick(self.kiosk.location.name)}"
            yield Static(Content.styled(title, "bold"), id="title")
            yield Static(id="when", markup=False)
            if self.kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
        yield Static(id="counts", markup=False)
        yield ListTable()
        yield Static(id="detail", markup=False)
        with Vertical(id="bottom"):
            yield ListKeys(_)
            self._bar.display = False
            yield self._bar

    def on_mount(self) -> None:
        """Show who is on it."""
        super().on_mount()
        self.query_one(ListTable).focus()
        self.show_list(anew=True)

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        tall = self.has_class("-tall")
        self.query_one(ListTable).set_up(self._, 2 if tall else 1)
        self.query_one(ListKeys).fit(self.app.size.width - (TALL_EDGES if tall else EDGES))
        self.show_list()

    @property
    def _view(self) -> View:
        return self._at.queue.view

    @property
    def selected(self) -> Listed | None:
        """Who is under the cursor."""
        return self.listed.get(self.query_one(ListTable).selected or "")

    def show_list(self, *, anew: bool = False) -> None:
        """Show everybody as they stand now."""
        snapshot, view = self._at.queue.snapshot, self._view
        if snapshot is None or not self.query(ListTable):
            return
        self._refresh_at = self.kiosk.monotonic() + REFRESH_EVERY
        found = found_in(todays_list(snapshot, view), self._typed, view)
        self.listed = {one.booking.id: one for one in found}
        self.query_one("#counts", Static).update(_counted(list_counts(snapshot, view), self._))
        listed = self.listed
        self.query_one(ListTable).show(
            list(listed), lambda id_: list_row(listed[id_], view), anew=anew
        )
        self._show_selected()

    def _show_selected(self) -> None:
        now, one, view = self.kiosk.now(), self.selected, self._view
        self.query_one("#when", Static).update(f"{self._.day(now.date())} {self._.clock(now)}")
        detail = self.query_one("#detail", Static)
        if one is None:
            empty = self._("Nobody is booked today, as far as is known here.")
            if self._typed:
                empty = self._("Nobody was found")
            detail.update("" if self.listed else empty)
            return
        words = [local_time(one.booking.due_at, view)]
        row = list_row(one, view)
        words += [fit(row.name, NAME_CELLS), row.service, *row.flags]
        if one.person and one.person.phone and not view.names_hidden:
            phone = printable(spaced(one.person.phone, view.clinic.region))
            shown = phone if self._phone_of == one.booking.id else masked(phone)
            words.insert(2, self._("phone {number}", number=shown))
        detail.update(fit(GAP.join(words), max(0, detail.size.width)))

    def tick(self) -> None:
        """Once a second: the clock, and what is only shown for a while."""
        now = self.kiosk.monotonic()
        if self._phone_of and now >= self._phone_until:
            self._phone_of = ""
            self._show_selected()
        if now >= self._refresh_at:
            self.show_list()

    def on_queue_table_moved(self) -> None:
        """Another person is selected: the phone shown was not theirs."""
        self._phone_of = ""
        self._show_selected()

    # Keys

    def action_key(self, action: str) -> None:
        """Do what a key stands for, whether it was pressed or touched."""
        match action:
            case "call_this" if one := self.selected:
                self.dismiss(one.booking.id)
            case "queue" if self._typed:
                self._look_for("")
            case "queue":
                self.dismiss(None)
            case "search":
                self._search()
            case "lock":
                self.dismiss("lock")
            case "hide":
                self._at.hide_names(not self._view.names_hidden)
                self._phone_of = ""
                self.show_list()
            case "show_phone":
                self._show_phone()

    def _search(self) -> None:
        """Have words typed in place of the keys; who is found stands there meanwhile."""
        before, keys = self._typed, self.query_one(ListKeys)
        line = LineQuestion(
            text=self._("Find:"),
            enter=self._("keep"),
            cancel=self._("cancel"),
            hint=self._("Ticket, name, first letters in pinyin, or the end of a phone number"),
            changed=self._look_for,
        )

        def typed(words: str | None) -> None:
            self._bar.display, keys.display = False, True
            self.query_one(ListTable).focus()
            self._look_for(before if words is None else words)

        self._bar.display, keys.display = True, False
        self._bar.ask(line, typed)

    def _look_for(self, words: str) -> None:
        self._typed = words
        self.show_list(anew=True)

    def means(self, key: events.Key) -> Meaning:
        """What a key does: text while words are typed."""
        return in_a_line(key) if self._bar.asking else super().means(key)

    def _show_phone(self) -> None:
        """Show the whole number for some seconds; that is written down, by time and not by name."""
        one, view = self.selected, self._view
        if one is None:
            return
        if view.names_hidden:
            self._say(self._("Names and phones are hidden: h shows them"))
            return
        if one.person is None or not one.person.phone:
            self._say(self._("The list has no phone number of theirs"))
            return
        self._phone_of = one.booking.id
        self._phone_until = self.kiosk.monotonic() + PHONE_SECONDS
        self._show_selected()
        time = local_time(one.booking.due_at, view)
        note(self._at, "phone_seen", booked=time, day=str(view.now.date()))

    def _say(self, sentence: str) -> None:
        """Say why not, in the place of whom it is about."""
        self.query_one("#detail", Static).update(Content.styled(sentence, "bold $terracotta"))

    def on_key(self, event: events.Key) -> None:
        """Letters; arrows and Enter are the table's."""
        if self._bar.asking and event.key in ("up", "down"):
            self.query_one(ListTable).action_move(1 if event.key == "down" else -1)
        elif self._bar.asking:
            if self._bar.press(event):
                event.stop()
                event.prevent_default()
            return
        elif action := KEYS.get(event.key) or KEYS.get(event.character or ""):
            self.action_key(action)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(KeyLines.Chosen)
    def _touched(self, event: KeyLines.Chosen) -> None:
        self.action_key(event.action)

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F10 locks from here too; F1 leads back."""
        self.action_key("lock" if event.name == "start-over" else "queue")

    def on_unmount(self) -> None:
        """Let go of every name now: Textual's timers may keep the screen itself for a while."""
        self.listed = {}


def _counted(counts: ListCounts, lang: Language) -> Content:
    """How many stand where."""
    parts = [
        Content.assemble((f"{word} ", "$quiet"), (lang.number(number), tone))
        for word, number, tone in (
            (lang("Missing"), counts.missing, "bold $terracotta" if counts.missing else "bold"),
            (lang("Late"), counts.late, "bold $terracotta" if counts.late else "bold"),
            (lang("Still to come"), counts.expected, "bold"),
            (lang("Have come"), counts.come, "bold"),
        )
    ]
    return Content("   ").join(parts)
