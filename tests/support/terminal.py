"""A real pseudo-terminal with the real program in it, and the screen a person would see."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from ptyprocess import PtyProcess
from terminal_keys import told
from terminal_screen import SIZE, TerminalScreen

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "run_kiosk.py"
PIN = "482913"
"""Of every account made here."""
PATIENCE = 10.0
"""Seconds that anything may take on a busy machine; nothing waits longer than it has to."""

BETWEEN = 0.04
"""Seconds between two keys of a hand that is quick."""

_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether what comes between two marks appears at once, and that here it does."""


class Terminal:
    """A program in a terminal of its own; made by `Terminals.open`."""

    def __init__(self, terminals: "Terminals", process: PtyProcess) -> None:
        self.pid: int = process.pid
        self.painted = b""
        """Everything the program has written to its terminal, as bytes."""
        self._terminals = terminals
        self._process = process
        self._screen = TerminalScreen()
        self._shows = True
        self._ended = False
        self._pressed_at = 0.0
        self._mode_at_start = termios.tcgetattr(process.fd)

    # What is on it

    def lines(self) -> list[str]:
        """The rows of the screen as text, without blanks at their ends."""
        return self._screen.lines()

    @property
    def text(self) -> str:
        """The screen as one text."""
        return self._screen.text

    @property
    def is_as_it_was(self) -> bool:
        """Whether lines, echo and signal keys of the terminal are as before the program came."""
        return termios.tcgetattr(self._process.fd) == self._mode_at_start

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0, of the terminal's cursor, whether it is shown or not."""
        return self._screen.cursor

    @property
    def at_cursor(self) -> str:
        """What stands on the screen from the cursor to the end of its row, single-spaced."""
        return self._screen.at_cursor

    def wait_for_cursor(self, text: str) -> None:
        """Read until the cursor stands where `text` begins; fail, showing the screen, if never."""
        self.wait_until(lambda: self.at_cursor.startswith(text), f"the cursor on {text!r}")

    def where(self, text: str) -> tuple[int, int]:
        """Column and row, from 0, at which `text` begins, once it stands on the screen."""
        self.wait_for(text)
        found = self._screen.where(text)
        assert found is not None, f"{text!r} begins nowhere on the screen:\n{self._screen.framed}"
        return found

    # Waiting, which is reading

    def wait_until(
        self, is_so: Callable[[], object], what: str, *, seconds: float = PATIENCE
    ) -> None:
        """Read until something is so; fail, showing the screen, when `what` does not come."""
        deadline = time.monotonic() + seconds
        while not is_so():
            left = deadline - time.monotonic()
            if left <= 0 or not self._terminals.read(self, left):
                why = f"the program ended ({self.exit_code})" if self._ended else f"{seconds} s"
                pytest.fail(f"{what} did not come: {why}. The screen:\n{self._screen.framed}")

    def wait_for(self, text: str, *, seconds: float = PATIENCE) -> None:
        """Read until `text` stands on the screen; fail, showing the screen, when it does not."""
        self.wait_until(lambda: text in self.text, repr(text), seconds=seconds)

    def comes(self, text: str, *, seconds: float) -> bool:
        """Whether `text` stands on the screen before so many seconds are over."""
        deadline = time.monotonic() + seconds
        while text not in self.text:
            left = deadline - time.monotonic()
            if left <= 0 or not self._terminals.read(self, left):
                return False
        return True

    def wait_without(self, text: str, *, seconds: float = PATIENCE) -> None:
        """Read until `text` has gone from the screen; fail, showing it, when it stays."""
        deadline = time.monotonic() + seconds
        while text in self.text:
            left = deadline - time.monotonic()
            if left <= 0 or not self._terminals.read(self, left):
                pytest.fail(f"{text!r} did not go. The screen:\n{self._screen.framed}")

    def read_on(self, seconds: float) -> None:
        """Read whatever comes in so many seconds."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._ended:
            self._terminals.read(self, left)

    def show_nothing(self) -> None:
        """From here on only keep what is painted; following it takes longer than painting it."""
        self._shows = False

    # Using it

    def press(self, *keys: str) -> None:
        """Press keys and let go of them: characters, or names such as "enter", "f12", "ctrl+q".

        As a terminal tells that has kitty's protocol, and no faster than hands are.
        """
        for key in keys:
            wait = self._pressed_at + BETWEEN - time.monotonic()
            if wait > 0:
                self.read_on(wait)
            self.send(told(key))
            self._pressed_at = time.monotonic()

    def type(self, text: str) -> None:
        """Type a text, a character after the other."""
        self.press(*text)

    def click(self, column: int, row: int) -> None:
        """Press and release the left button (or a finger) on a cell, counted from 0."""
        for last in "Mm":
            self.send(f"\x1b[<0;{column + 1};{row + 1}{last}".encode())

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._process.fd, data)

    def resize(self, columns: int, rows: int) -> None:
        """Say that the window has another size; what is shown here stays as large as it was."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._process.fd, termios.TIOCSWINSZ, size)

    def flood(self, data: bytes) -> None:
        """Send more than a terminal holds at once, reading meanwhile."""
        while data:
            _, writable, _ = select.select([], [self._process.fd], [], 0.05)
            data = data[os.write(self._process.fd, data[:4096]) :] if writable else data
            self._terminals.read(self, 0)

    def wait_until_deaf_to_signals(self) -> None:
        """Wait until the program has taken the signals from Ctrl+C and its kin."""
        deadline = time.monotonic() + PATIENCE
        while termios.tcgetattr(self._process.fd)[3] & termios.ISIG:
            if time.monotonic() > deadline:
                pytest.fail("keys still make signals")
            self._terminals.read(self, 0.005)

    def hang_up(self) -> None:
        """Take the terminal away, as when its window is closed, and wait for the program's end."""
        self._ended = True
        self._process.fileobj.close()
        deadline = time.monotonic() + PATIENCE
        while self._process.isalive():
            if time.monotonic() > deadline:
                pytest.fail("the program goes on without its terminal")
            select.select([], [], [], 0.02)

    # Ending it

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        if self._process.isalive():
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM, as at shut-down; wait for the end with `wait_until_ended`."""
        self.signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, as when the power goes: gone at once."""
        self.signal(signal.SIGKILL)
        self.wait_until_ended()

    def wait_until_ended(self, *, seconds: float = PATIENCE) -> None:
        """Read until the program has closed its terminal and gone; fail when it does not."""
        deadline = time.monotonic() + seconds
        while not self._ended:
            left = deadline - time.monotonic()
            if left <= 0:
                pytest.fail(f"the program does not end. The screen:\n{self._screen.framed}")
            self._terminals.read(self, left)
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Whether the program is there still."""
        return bool(self._process.isalive())

    @property
    def exit_code(self) -> int | None:
        """What the program ended with; minus the signal's number if one ended it."""
        if self._process.isalive():
            return None
        if self._process.signalstatus is not None:
            return -int(self._process.signalstatus)
        return self._process.exitstatus

    # For Terminals

    @property
    def fd(self) -> int | None:
        """What to read from; None when nothing more will come."""
        return None if self._ended else self._process.fd

    def take(self) -> None:
        """Read what there is, without waiting."""
        try:
            data = os.read(self._process.fd, 65536)
        except OSError:  # Linux says so when the last writer has gone
            data = b""
        if data:
            self.painted += data
            if _ASKS_FOR_FRAMES in data:
                self.send(_HAS_FRAMES)
            if self._shows:
                self._screen.feed(data)
        else:
            self._ended = True

    def close(self) -> None:
        """End the program if it still runs, and give the terminal back."""
        if self._process.isalive():
            os.kill(self.pid, signal.SIGKILL)
            self._process.wait()
        # Its own close() sleeps, and would send signals to a process that has gone.
        self._process.fileobj.close()
        self._process.closed = True


class Terminals:
    """Terminals on one set of folders, as on a clinic's machine; ends all that it opened."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.keys = folder / "keys"
        self.folder = folder
        self._open: list[Terminal] = []
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CLINIC_KIOSK_", "TEXTUAL", "XDG_", "PYTEST", "LC_"))
        }
        # What was compiled is kept, as on a clinic's machine.
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment = inherited | {
            "CLINIC_KIOSK_DATA_DIR": str(self.data),
            "CLINIC_KIOSK_KEYS_DIR": str(self.keys),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "share"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "CLINIC_KIOSK_SEEN_AFTER": "0",
            "CLINIC_KIOSK_SEEN_AFTER_GRAVE": "0",
        }

    def open(self, *words: str, before: Sequence[str] = (), **environment: str) -> Terminal:
        """Run `run_kiosk.py` with these words in a new terminal, by way of the program `before`."""
        return self.run([*before, sys.executable, str(PROGRAM), *words], **environment)

    def run(self, command: Sequence[str], **environment: str) -> Terminal:
        """Run any program in a new terminal."""
        columns, rows = SIZE
        process = PtyProcess.spawn(
            list(command),
            cwd=str(self.folder),
            env=self.environment | environment,
            dimensions=(rows, columns),
        )
        terminal = Terminal(self, process)
        self._open.append(terminal)
        return terminal

    def output(self, *words: str, stdin: str = "", before: Sequence[str] = ()) -> str:
        """What one of the plain commands prints; it must end well."""
        done = subprocess.run(
            [*before, sys.executable, str(PROGRAM), *words],
            input=stdin,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout

    def hire(self, name: str, role: str = "reception") -> None:
        """Make an account; all have the same PIN."""
        self.output("accounts", "add", name, "--role", role, "--pin-stdin", stdin=PIN)

    def read(self, terminal: Terminal, seconds: float) -> bool:
        """Read from every terminal until `terminal` has written, at most so many seconds.

        All are read, because a program whose output nobody takes stands still. False when the
        time is over or nothing more will come.
        """
        deadline = time.monotonic() + seconds
        while terminal.fd is not None:
            by_fd = {t.fd: t for t in self._open if t.fd is not None}
            ready, _, _ = select.select(list(by_fd), [], [], max(0, deadline - time.monotonic()))
            for fd in ready:
                by_fd[fd].take()
            if terminal.fd in ready:
                return True
            if not ready:
                return False
        return False

    def close(self) -> None:
        """End every program that was opened here, by its process id."""
        for terminal in self._open:
            terminal.close()
