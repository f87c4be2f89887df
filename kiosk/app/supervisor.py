"""Word to whoever started the program and looks after it: it is ready, it lives, it ends.

systemd's protocol, sd_notify(3): a datagram with lines such as READY=1 to the socket that
$NOTIFY_SOCKET names. $WATCHDOG_PID is not honoured: it names the unit's first process, which is
the compositor or the terminal around this program; with NotifyAccess=all every process of the unit
may speak, and this is the one that has to be alive.
"""

import os
import socket
from collections.abc import MutableMapping
from contextlib import suppress

from textual.app import App, ScreenStackError

from kiosk.languages.typed import number

VARIABLES = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
"""Taken out of the environment: what this program starts has nothing to say for it."""
SIGNS = 3
"""Signs of life in the time after which nobody would believe in it any more."""


class Supervisor:
    """Whoever looks after the program; no word to it waits for anything, or ever fails."""

    def __init__(self, address: str, watchdog: float = 0) -> None:
        """`address`: the path of a socket, or an abstract one's name behind an @.

        `watchdog`: seconds without a sign of life after which the program would be ended; 0: never.
        """
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self.watchdog = watchdog

    def tell(self, *lines: str) -> None:
        """Send lines as one datagram; when nobody takes it, the next one may arrive."""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unix:
            unix.setblocking(False)
            unix.sendto("\n".join(lines).encode(), self._address)

    def follow(self, app: App[int], what: str) -> None:
        """Say that `app` can be used, and from now on that it lives, as far as it does."""
        self.tell("READY=1", f"STATUS={what}")
        if self.watchdog:
            app.set_interval(self.watchdog / SIGNS, lambda: self._live(app))

    def _live(self, app: App[int]) -> None:
        # By way of the screen: where it answers no key any more, nothing is said either.
        with suppress(ScreenStackError):  # between two there may be none
            app.screen.call_later(self.tell, "WATCHDOG=1")

    def ending(self) -> None:
        """Say that the program ends by its own will."""
        self.tell("STOPPING=1", "STATUS=It ends.")


def supervisor(environ: MutableMapping[str, str] = os.environ) -> Supervisor | None:
    """Whoever the environment says looks after this program; nobody is told of it after this."""
    address, watchdog, _ = (environ.pop(name, "") for name in VARIABLES)
    if not address.startswith(("/", "@")):  # one between machines is for whole machines
        return None
    return Supervisor(address, (number(watchdog) or 0) / 1e6)
