"""Signing in: whose account, then the PIN; the first screen of the staff mode."""

import asyncio
from collections.abc import Sequence

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from db import Account, StoreError
from kiosk.i18n import Language
from kiosk.staff import sentences
from kiosk.staff.header import account_words, role_word
from kiosk.staff.pin import SHORTEST, PinPad, typed_pin
from kiosk.staff.queue import QueueScreen
from kiosk.staff.rows import printable
from kiosk.staff.screen import StaffScreen
from kiosk.widgets.keypad import typed_press
from kiosk.widgets.pages import Item, Pages
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

COMMAND = "run_kiosk.py accounts add NAME --role reception"
"""How the first account is made: at the machine itself, never from the lobby."""
LOOK_AGAIN_SECONDS = 2.0
FEW = 4
"""So many names leave room for large cards."""


class SignInScreen(StaffScreen[None]):
    """Asks who is there and for their PIN, and opens the queue."""

    accounts: var[tuple[Account, ...] | None] = var(None, init=False)
    """Who may sign in; None until that was read."""
    chosen: var[Account | None] = var(None, init=False)
    """Whose PIN is asked for."""

    class Listed(Message):
        """The accounts were read, or could not be."""

        def __init__(self, outcome: Sequence[Account] | StoreError) -> None:
            super().__init__()
            self.outcome = outcome

    class Checked(Message):
        """The PIN of an account was right, or was refused."""

        def __init__(self, account: Account, refused: StoreError | None) -> None:
            super().__init__()
            self.account = account
            self.refused = refused

    def __init__(self) -> None:
        super().__init__()
        self._checking = False
        self._look_again_at = 0.0

    def compose(self) -> ComposeResult:
        """Head, body and buttons; the body is filled as far as one has come."""
        _, kiosk = self._, self.kiosk
        place = _.pick(kiosk.location.name)
        title = Content.assemble((_("Staff: sign in"), "bold"), "   ", place)
        with Horizontal(id="sign-in-head"):
            yield Static(title, id="sign-in-title")
            if kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
            if len(kiosk.languages) > 1:
                yield Press(self._other_language().own_name, key="+", id="language")
            yield Static(_.clock(kiosk.now()), id="sign-in-clock", markup=False)
        yield Vertical(id="sign-in-body")
        with Horizontal(id="sign-in-bar"):
            yield Press(_("Back"), key="-", id="back")
            yield Press(_("Sign in"), key="Enter", id="enter", classes="main")

    def on_mount(self) -> None:
        """Read who may sign in."""
        super().on_mount()
        self.query_one("#enter").visible = False
        self.query_one("#back").visible = self.borrowed
        self.list_accounts()

    # Who may sign in

    @work(group="accounts", exclusive=True)
    async def list_accounts(self) -> None:
        """Read the accounts in a thread."""
        try:
            self.post_message(
                self.Listed(await asyncio.to_thread(lambda: self.kiosk.accounts().all()))
            )
        except StoreError as refused:
            self.post_message(self.Listed(refused))

    async def on_sign_in_screen_listed(self, event: Listed) -> None:
        """Show them; while there are none, look again: somebody may just be making one."""
        self._look_again_at = self.kiosk.monotonic() + LOOK_AGAIN_SECONDS
        before = self.accounts
        self.accounts = () if isinstance(event.outcome, StoreError) else tuple(event.outcome)
        if before != self.accounts and self.chosen is None:
            await self._fill()

    def tick(self) -> None:
        """The clock; the way back to the lobby when nobody is there any more."""
        if not self.on_top:
            return
        self.query_one("#sign-in-clock", Static).update(self._.clock(self.kiosk.now()))
        if self.abandoned:
            self.kiosk.open_mode("lobby")
        elif not self.accounts and self.kiosk.monotonic() >= self._look_again_at:
            self.list_accounts()

    # The body

    async def _fill(self) -> None:
        """Show the accounts, or the PIN of the one chosen, or why there is neither."""
        body = self.query_one("#sign-in-body")
        async with self.batch():
            await body.remove_children()
            await body.mount_all(self._body())
        self.query_one("#enter").visible = self.chosen is not None
        self.query_one("#back").visible = self.chosen is not None or self.borrowed

    def _body(self) -> Sequence[Widget]:
        _ = self._
        if self.chosen:
            who = printable(account_words(self.chosen, _))
            return [PinPad(who, _("Your PIN, 6 to 8 digits"), _("Delete"))]
        if self.accounts is None:
            return []
        if not self.accounts:
            return [
                Static(_("There are no staff accounts yet."), classes="lead", markup=False),
                Static(_("At this machine, in a terminal, run:"), markup=False),
                Static(COMMAND, id="command", markup=False),
                Static(_("This screen goes on by itself then."), markup=False),
            ]
        items = [Item(a.name, printable(a.name), role_word(a.role, _)) for a in self.accounts]
        pages = Pages(items, more=_("More names"))
        pages.add_class("few" if len(items) <= FEW else "many")
        return [Static(_("Who are you?"), classes="lead", markup=False), pages]

    def _other_language(self) -> Language:
        tags = [lang.tag for lang in self.kiosk.languages]
        return self.kiosk.languages[(tags.index(self._.tag) + 1) % len(tags)]

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Digits choose a name, then make a PIN; Enter checks it."""
        typed = typed_pin(event)
        match event.key:
            case "escape" | "minus":
                await self._back()
            case "plus":
                await self._change_language()
            case "enter" if self.chosen:
                self._check()
            case _ if self.chosen and typed:
                self._type(typed)
            case _ if typed and typed.isdigit():
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
                self._check()
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
        if account := self.query_one(Pages).choose(press_id):
            await self._choose(account)

    async def _choose(self, name: str | None) -> None:
        """Ask for the PIN of the account with this name; for None go back to the names."""
        self.chosen = next((a for a in self.accounts or () if a.name == name), None)
        self._checking = False
        self.set_focus(None)
        await self._fill()

    async def _back(self) -> None:
        if self.chosen:
            await self._choose(None)
            self.list_accounts()
        elif self.borrowed:
            self.kiosk.open_mode("lobby")

    async def _change_language(self) -> None:
        """Say everything in the next language; a PIN half typed is typed again."""
        self.kiosk.choose_language(self._other_language().tag)
        await self.recompose()
        await self._fill()

    # The PIN

    def _type(self, typed: str) -> None:
        if not self._checking:
            self.query_one(PinPad).type(typed)

    def _check(self) -> None:
        """Hand the PIN to a thread; from here on nothing on this screen knows it."""
        if self._checking or self.chosen is None:
            return
        pad = self.query_one(PinPad)
        if pad.count < SHORTEST:
            pad.say(self._("A PIN has 6 to 8 digits."))
            return
        self._checking = True
        # Not a @work method: those put their arguments into the worker's description.
        self.run_worker(self._verify(self.chosen, pad.take()), group="verify", exclusive=True)
        pad.say(self._("Checking the PIN"))

    async def _verify(self, account: Account, pin: str) -> None:
        device = self.kiosk.settings.device
        try:
            await asyncio.to_thread(lambda: self.kiosk.accounts().verify(account.name, pin, device))
        except StoreError as refused:
            # The frames of a traceback would keep the PIN for as long as the message lives.
            self.post_message(self.Checked(account, refused.with_traceback(None)))
        else:
            self.post_message(self.Checked(account, None))

    async def on_sign_in_screen_checked(self, event: Checked) -> None:
        """Open the queue, or say why not; an answer nobody waits for any more is dropped."""
        if event.account != self.chosen or not self._checking:
            return
        self._checking = False
        if event.refused:
            zone = self.kiosk.clinic.zone
            self.query_one(PinPad).say(sentences.refusal(event.refused, self._, zone))
            return
        await self.open_queue(event.account)

    async def open_queue(self, account: Account) -> None:
        """Show the queue to somebody whose PIN was right; the next one is asked who they are."""
        await self._choose(None)
        self.kiosk.signed_in = account
        self.app.push_screen(QueueScreen(account), self._signed_out)

    def _signed_out(self, _result: None) -> None:
        """Somebody else may sign in, or the accounts may have changed meanwhile."""
        self.list_accounts()
