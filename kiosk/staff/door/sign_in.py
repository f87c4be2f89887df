"""Signing in: whose account, the PIN, and for who sees people the room; also the locked screen."""

from collections.abc import Callable, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from db import Account, Role
from kiosk.input.guard import Meaning
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.settings import Mode
from kiosk.staff.acts.staff_desk import Left
from kiosk.staff.desk.screen import QueueScreen
from kiosk.staff.door.glance import Glance
from kiosk.staff.door.listing import Lister, Listing
from kiosk.staff.door.pin import SHORTEST, PinPad
from kiosk.staff.door.sign_in_body import (
    ask_pin,
    ask_room,
    ask_who,
    why_locked,
)
from kiosk.staff.door.staying import Staying
from kiosk.staff.door.verifying import Verifier
from kiosk.staff.meaning import in_an_answer, in_the_queue
from kiosk.staff.refusals import refusal
from kiosk.staff.screen import StaffScreen
from kiosk.staff.seen.alerts import Bell
from kiosk.widgets.keypad import DELETE, typed_key, typed_press
from kiosk.widgets.pages import Pages
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen


class SignInScreen(StaffScreen[None]):
    """Asks who is there and for their PIN, and opens the queue; shows no name of a patient."""

    chosen: var[Account | None] = var(None, init=False)
    """Whose PIN is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._bell, self._lister = Bell(), Lister(self)
        self._verifier, self._staying = Verifier(self), Staying(self)
        self._checking = False
        self._listing = Listing()
        self._occupied: Mapping[str, Sequence[str]] | None = None
        """Who is in which room, while the account whose PIN was right is asked for theirs."""
        self._room_before: dict[str, str] = {}
        """The room of each account when it last signed in here, by name."""
        self._stamp: str | None = None
        """What the account whose PIN was right had then."""
        self._why = ""
        """Why nobody is signed in any more, until somebody chooses a name."""

    def compose(self) -> ComposeResult:
        """Head, body and buttons; the body is filled as far as one has come."""
        _, kiosk = self._, self.kiosk
        title = (_("Staff: sign in"), "bold"), "   ", _.pick(kiosk.location.name)
        with Horizontal(id="sign-in-head"):
            yield Static(Content.assemble(*title), id="sign-in-title")
            if kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
            if len(kiosk.languages) > 1:
                yield Press(self._other_language().own_name, key="+", id="language")
            yield Static(_.clock(kiosk.now()), id="sign-in-clock", markup=False)
        yield Glance(self._bell)
        yield Vertical(id="sign-in-body")
        with Horizontal(id="sign-in-bar"):
            yield Press(_("Back"), key="-", id="back")
            yield Press(_("Sign in"), key="Enter", id="enter", classes="main")

    def on_mount(self) -> None:
        """Read who may sign in."""
        super().on_mount()
        self.query_one("#enter").visible = False
        self.query_one("#back").visible = self.borrowed
        if self.kiosk.account_changed:
            self._why = self._("Your account was changed.")
        self._lister.read()

    # Who may sign in

    @on(Lister.Listed)
    async def _listed(self, event: Lister.Listed) -> None:
        """Show them; while there are none, they are looked for again: somebody may make one."""
        before, self._listing = self._listing, event.listing
        if not self._listing.says_what(before) and self.chosen is None:
            await self._fill()

    def tick(self) -> None:
        """The clock; the way back to the lobby when nobody is there any more."""
        if not self.on_top:
            return
        clock, now = self.query_one("#sign-in-clock", Static), self._.clock(self.kiosk.now())
        if str(clock.content) != now:
            clock.update(now)
            self._show_glance()
        self._staying.tick()
        if self.abandoned:
            self.kiosk.open_mode(Mode.lobby)
        elif self.chosen and self.left_alone:
            self.app.call_later(self._choose, None)  # a right PIN may wait here for a room
        elif not self._listing.accounts and self._lister.is_due():
            self._lister.read()

    @property
    def at_rest(self) -> bool:
        """While nobody is being asked for a PIN or a room."""
        return self.chosen is None

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self._show_glance)

    def _show_glance(self) -> None:
        for glance in self.query(Glance):
            glance.show()

    def forget(self) -> None:
        """Follow the queue no more."""
        for glance in self.query(Glance):
            glance.rest()

    # The body

    async def _fill(self) -> None:
        """Show the accounts, or the PIN of the one chosen, or why there is neither."""
        body, enter = self.query_one("#sign-in-body"), self.query_one("#enter", Press)
        async with self.batch():
            await body.remove_children()
            await body.mount_all(self._body())
        enter.visible = self.chosen is not None
        if self._occupied is not None and self.chosen:
            before = self._room_before.get(self.chosen.name, "")
            enter.visible = self._known_room(before)
            enter.relabel(self._("{room} again", room=room_text(before, self._)))
        else:
            enter.relabel(self._("Sign in"))
        self.query_one("#back").visible = self.chosen is not None or self.borrowed

    def _body(self) -> Sequence[Widget]:
        if self.chosen is None or self._listing.nobody:
            return ask_who(self._listing, self._why, self.kiosk)
        if self._occupied is None:
            return ask_pin(self.chosen, self._)
        return ask_room(self.chosen, self._occupied, self.kiosk)

    def _known_room(self, name: str) -> bool:
        return name in {room.name for room in self.kiosk.settings.rooms}

    def _other_language(self) -> Language:
        tags = [lang.tag for lang in self.kiosk.languages]
        return self.kiosk.languages[(tags.index(self._.tag) + 1) % len(tags)]

    # Keys

    def means(self, key: events.Key) -> Meaning:
        """What a key does: digits of a PIN are a field, all else chooses."""
        if self.chosen and self._occupied is None:
            return in_the_queue(key)
        return in_an_answer(key)

    def way_back(self) -> Callable[[], None]:
        """What was typed of the PIN before a scan."""
        pads = self.query(PinPad)
        return pads.first().way_back() if pads else super().way_back()

    async def on_key(self, event: events.Key) -> None:
        """Digits choose a name, then make a PIN; Enter checks it."""
        typed = typed_key(event.key, event.character)
        match event.key:
            case "escape" | "minus":
                await self._back()
            case "plus":
                await self._change_language()
            case "enter" if self.chosen:
                await self._enter()
            case _ if self.chosen and typed and self._occupied is None:
                self._type(typed)
            case _ if typed and typed != DELETE:
                await self._press_digit(typed)
            case "down" | "right":
                self.focus_next()
            case "up" | "left":
                self.focus_previous()
            case _:
                return
        event.stop()

    @on(Press.Pressed)
    async def _touched(self, event: Press.Pressed) -> None:
        name = event.press.id or ""
        match name:
            case "back":
                await self._back()
            case "language":
                await self._change_language()
            case "enter":
                await self._enter()
            case _ if typed := typed_press(name):
                self._type(typed)
            case _:
                await self._pick(name)

    @on(KioskScreen.Command)
    async def _command(self, event: KioskScreen.Command) -> None:
        """F10 starts over here too; there is no help but these few words."""
        if event.name == "start-over":
            await self._choose(None)

    async def _press_digit(self, digit: str) -> None:
        """Choose by a key, at once: the next one may already be a digit of the PIN."""
        for press in self.query("Pages Press").results(Press):
            if press.key == digit and press.visible:
                await self._pick(press.id or "")

    async def _pick(self, press_id: str) -> None:
        name = self.query_one(Pages).choose(press_id)
        if name is not None and self.chosen:
            await self.open_queue(self.chosen, name)
        elif name:
            await self._choose(name)

    async def _choose(self, name: str | None) -> None:
        """Ask for the PIN of the account with this name; for None go back to the names."""
        self._why = "" if name else self._why
        self.chosen = next((a for a in self._listing.accounts or () if a.name == name), None)
        self._checking, self._occupied, self._stamp = False, None, None
        self.set_focus(None)
        await self._fill()

    async def _back(self) -> None:
        if self.chosen:
            await self._choose(None)
            self._lister.read()
        elif self.borrowed:
            self.kiosk.open_mode(Mode.lobby)

    async def _change_language(self) -> None:
        """Say everything in the next language; a PIN half typed is typed again."""
        self.kiosk.choose_language(self._other_language().tag)
        await self.recompose()
        await self._fill()

    # The PIN

    def _type(self, typed: str) -> None:
        if not self._checking:
            self.query_one(PinPad).type(typed)

    async def _enter(self) -> None:
        """Check the PIN; where the room is asked, the same one as before."""
        if self._occupied is None or self.chosen is None:
            self._check()
        elif self._known_room(room := self._room_before.get(self.chosen.name, "")):
            await self.open_queue(self.chosen, room)

    def _check(self) -> None:
        """Hand the PIN to a thread; from here on nothing on this screen knows it."""
        if self._checking or self.chosen is None:
            return
        pad = self.query_one(PinPad)
        if pad.count < SHORTEST:
            pad.say(self._("A PIN has 6 to 8 digits."))
            return
        self._checking = True
        self._verifier.verify(self.chosen, pad.take())
        pad.say(self._("Checking the PIN"))

    @on(Verifier.Checked)
    async def _checked(self, event: Verifier.Checked) -> None:
        """Open the queue, or say why not; an answer nobody waits for any more is dropped."""
        if event.account != self.chosen or not self._checking:
            return
        self._checking = False
        if event.refused:
            why = refusal(event.refused, self._, self.kiosk.clinic.zone)
            self.query_one(PinPad).say(why)
            return
        self._stamp = event.stamp
        rooms = [room.name for room in self.kiosk.settings.rooms]
        if event.account.role is Role.reception:
            await self.open_queue(event.account)
        elif len(rooms) == 1:
            sees_people = event.account.role is Role.practitioner
            await self.open_queue(event.account, rooms[0] if sees_people else "")
        else:
            self._occupied = event.occupied
            await self._fill()

    async def open_queue(self, account: Account, room: str = "") -> None:
        """Show the queue to somebody whose PIN was right; the next one is asked who they are."""
        self._room_before[account.name] = room
        stamp, self._stamp = self._stamp, None
        self._staying.end()
        await self._choose(None)
        self.kiosk.sign_in(account, stamp or self.kiosk.accounts().stamp(account.name))
        self.forget()
        queue = QueueScreen(account, room, self._bell)
        self.app.push_screen(queue, lambda _: self._signed_out(account.name, room, queue.desk.left))

    def _signed_out(self, name: str, room: str, left: Left) -> None:
        """Somebody else may sign in, or the accounts may have changed meanwhile."""
        if left is Left.IDLE:
            self._staying.begin(name, room)
        self._why = why_locked(left, self.kiosk.settings.staff_idle_minutes, self._)
        self.call_later(self._fill)
        self._lister.read()
        self.query_one(Glance).follow()
