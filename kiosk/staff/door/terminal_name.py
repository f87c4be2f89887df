"""What a terminal is called where wrong PINs are counted: the machine's, or the network's."""

import os
import sys
from collections.abc import Mapping

REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
"""What an ssh login leaves in the environment."""


def terminal_name(device: str, environ: Mapping[str, str] = os.environ) -> str:
    """The name of the terminal this program runs in, on the machine `device`.

    All ssh logins are one: whoever opens a hundred of them has no more tries than with one.
    """
    if any(environ.get(name) for name in REMOTE):
        return f"{device} ssh"
    try:
        return f"{device} {os.ttyname(sys.stdin.fileno())}"
    except (OSError, ValueError):  # a script's, or a test's
        return device
