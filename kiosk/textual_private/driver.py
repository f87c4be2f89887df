"""The terminal as the kiosk reads it: whatever bytes come, they are keys, touches or nothing."""

import codecs
import logging
import os
import re
import select
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual import constants, events
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    SPECIAL_SEQUENCES,
    XTermParser,
)
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message
from textual.messages import InBandWindowResize

from kiosk.input.guard import Kind

log = logging.getLogger("clinic.terminal")

A_READ = 2048
"""Bytes taken at once. Whoever fills this is no finger and no keyboard: it is thrown away."""
IN_FLIGHT = 256
"""Keys and touches on their way to the app at once; what comes beyond them nobody typed. Of
whatever was left out the app hears."""
PIECE, PIECES = 100, 512
"""Characters in a piece of what is written, small enough to be written over when it was freed, and
pieces at once (1,024 is the most that a call takes)."""
TURN = 0.1
"""Seconds between looks at whether to end."""
LARGEST = (500, 200)
"""Columns and rows of a screen; what claims more is none, and would take minutes to fill."""
PASTES = {BRACKETED_PASTE_START, BRACKETED_PASTE_END}
ONLY_A_TERMINAL = (events.Resize, InBandWindowResize, events.AppFocus, events.AppBlur)
"""What a terminal might say and a stranger can type; the kiosk needs none of it this way."""
TELL_ALL = "\x1b[>27u"
"""Asks a terminal that can to tell all keys with their text, and when they are held and let go
(kitty's keyboard protocol: 1 unambiguous + 2 kinds of events + 8 all keys + 16 their text)."""
TELL_AS_BEFORE = "\x1b[<u"
_TOLD = re.compile(
    r"\x1b\[(?P<code>\d*)(?::\d*){0,2}"
    r"(?:;(?P<modifiers>\d*)(?::(?P<kind>\d*))?(?:;(?P<text>\d+(?::\d+)*)?)?)?(?P<end>[u~A-HPQRS])"
)
"""A key as kitty's protocol tells it: its code and other codes, modifiers and kind, its text."""
_KINDS = {"1": Kind.PRESSED, "2": Kind.REPEATED, "3": Kind.RELEASED}


class Parser(XTermParser):
    """Textual's parser without the sequences that change how everything after them is read.

    A key that was told by kitty's protocol has a `kind`: pressed, held or let go.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Read a paste's brackets as no key: one without an end would make the kiosk deaf."""
        if sequence in PASTES:
            return [events.Key(Keys.Ignore, sequence)]
        told = _TOLD.fullmatch(sequence)
        if told is None or not (told["end"] == "u" or told["kind"]):
            return super()._sequence_to_key_events(sequence, alt)
        return self._told(told)

    def _told(self, told: re.Match[str]) -> list[events.Key]:
        code, modifiers, text = told["code"], told["modifiers"] or "", told["text"] or ""
        kind = _KINDS.get(told["kind"] or "1")
        modifiers = "" if modifiers == "1" else modifiers  # none at all
        plain = f"\x1b[{code};{modifiers}" + (f";{text}" if text else "") + told["end"]
        ignored = [events.Key(Keys.Ignore, told.group())]
        try:
            keys = self._parse_extended_key(plain)
        except (ValueError, OverflowError):
            return ignored  # a code beyond all characters
        if kind is None or not keys or any(key.key in MODIFIER_FUNCTIONAL_KEYS for key in keys):
            return ignored
        for key in keys:
            key.kind = kind  # type: ignore[attr-defined]  # ours, read by the app
        return keys

    def _parse_extended_key(  # type: ignore[override]  # Textual's is cached
        self, sequence: str
    ) -> list[events.Key] | None:
        """Read what kitty's protocol sends, a whole name perhaps, without remembering it."""
        return XTermParser._parse_extended_key.__wrapped__(self, sequence)

    @property
    def patience(self) -> float:
        """Seconds to wait for more bytes: after an Esc, only until it is a key of its own."""
        return TURN if self._timeout_time is None else constants.ESCAPE_DELAY

    def forget_pixels(self) -> None:
        """Go on counting the mouse in cells, whatever a sequence has said of pixels."""
        self.mouse_pixels = False
        self.terminal_size = self.terminal_pixel_size = None


def size_of(terminal: int) -> tuple[int, int]:
    """Columns and rows of a terminal, by its handle, whatever COLUMNS and LINES say."""
    try:
        columns, rows = os.get_terminal_size(terminal)
    except OSError:  # it has gone
        columns = rows = 0
    return min(columns or 80, LARGEST[0]), min(rows or 24, LARGEST[1])


class Glass:
    """What the screen is written to: all of it; when it has gone, what is written goes nowhere.

    Python's own file loses the rest of a frame when a signal comes while the terminal is busy.
    Textual's writer would end with the error of a terminal that has gone, and whoever writes after
    it would wait for ever.
    """

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal

    def write(self, text: str) -> None:
        """Write, if there is anything to write to; whatever the locale says, in UTF-8."""
        rest = [
            text[at : at + PIECE].encode("utf-8", errors="replace")
            for at in range(0, len(text), PIECE)
        ]
        with suppress(OSError):
            while rest:
                try:
                    written = os.writev(self._terminal, rest[:PIECES])
                except BlockingIOError:
                    select.select([], [self._terminal], [])
                    continue
                while rest and written >= len(rest[0]):
                    written -= len(rest.pop(0))
                if rest:
                    rest[0] = rest[0][written:]

    def flush(self) -> None:
        """Nothing is kept back."""

    def fileno(self) -> int:
        """The terminal's own."""
        return self._terminal


def has_more(app: App[int]) -> bool:
    """Whether keys may have come that are still on their way to an app that may have been busy."""
    driver = app._driver
    return isinstance(driver, KioskDriver) and (driver.has_more() or app.message_queue_size > 0)


class KioskDriver(LinuxDriver):
    """Textual's driver for a terminal that strangers type at.

    No paste, no resizing by key strokes, no byte that ends the program; and when the terminal is
    gone, so is the program.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: Any = Glass(self._file.fileno())
        self._sent = self._arrived = 0
        self._late = 0.0
        """Seconds that what is read now may have lain there."""
        self._taking = False
        """Whether something was read that has not been sent on."""
        # Nobody takes a stopped kiosk up again; Textual would go on with a second reader of keys.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def _get_terminal_size(self) -> tuple[int, int]:
        return size_of(self.fileno)

    def start_application_mode(self) -> None:
        """Take the terminal, and ask it to tell when a key is held and let go."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        # In place of Textual's own wish: what is wished for last is what ends with the program.
        self.write(TELL_AS_BEFORE + TELL_ALL)
        self.flush()

    def _enable_bracketed_paste(self) -> None:
        self._disable_bracketed_paste()  # a scanner's code arrives as the keys it is made of

    def _query_in_band_window_resize(self) -> None:
        """Resizes come by signal, which nobody can type."""

    def process_message(self, message: Message) -> None:
        """Pass on keys and touches; drop what only a terminal should say, and broken characters."""
        if isinstance(message, ONLY_A_TERMINAL):
            return
        if isinstance(message, events.Key) and message.character == "\N{REPLACEMENT CHARACTER}":
            return
        if isinstance(message, events.InputEvent):
            arrived = self._app.monotonic() - self._late  # type: ignore[attr-defined]  # our app has
            message.arrived = arrived  # type: ignore[attr-defined]  # ours, read by the app
        if self._sent - self._arrived < IN_FLIGHT:
            self._sent += 1
            super().process_message(message)
            self._loop.call_soon_threadsafe(self._count_arrival)
        else:
            self.left_out()

    def left_out(self) -> None:
        """Have the app tell that something was left out."""
        if tell := getattr(self._app, "left_out", None):
            self._app.call_later(tell)

    def has_more(self) -> bool:
        """Whether the terminal has sent what the app has not heard of."""
        return self._taking or self._sent > self._arrived or self._has_input()

    def _has_input(self, seconds: float = 0) -> bool:
        return bool(select.select([self.fileno], [], [], seconds)[0])

    def _count_arrival(self) -> None:
        self._arrived += 1

    def run_input_thread(self) -> None:
        """Read until the program ends; if terminal or reading end first, end the program."""
        try:
            self._read()
        except Exception as fault:
            # In the app's own queue: Textual would print what the fault says.
            self._app.call_later(getattr(self._app, "give_up", self._app._handle_exception), fault)

    def _read(self) -> None:
        SPECIAL_SEQUENCES.difference_update(PASTES)
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._reading = Parser(self._debug)
        self._sent = self._arrived = 0
        self._noted = False
        looked = time.monotonic()
        while not self.exit_event.is_set():
            waited = self._has_input()
            ready = waited or self._has_input(self._reading.patience)
            # What lay there while the program was busy came with what was read before.
            self._late = time.monotonic() - looked if waited else 0.0
            looked = time.monotonic()
            self._taking = ready
            if ready:
                try:
                    data = os.read(self.fileno, A_READ)
                except OSError:
                    data = b""
                looked = time.monotonic()
                if not data:
                    self._loop.call_soon_threadsafe(self._app.exit, 0)
                    return
                if len(data) == A_READ:
                    self._throw_away()
                    self._taking = False
                    continue
                self._take(decode(data))
            self._take("")
            self._taking = False

    def _take(self, text: str) -> None:
        """Pass on what `text` means, or with "" what time has decided."""
        try:
            for message in self._reading.feed(text) if text else self._reading.tick():
                self.process_message(message)
            self._reading.forget_pixels()
        except Exception as fault:
            # A sequence that Textual stumbles over, such as a key code beyond all characters.
            if not self._noted:  # once: nobody may type what matters out of the log
                self._noted = True
                log.warning("a sequence was not understood: %s", type(fault).__name__)
            self._reading = Parser(self._debug)

    def _throw_away(self) -> None:
        while self._has_input() and os.read(self.fileno, A_READ):
            pass
        self._reading = Parser(self._debug)
        self.left_out()
