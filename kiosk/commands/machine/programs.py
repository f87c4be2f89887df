"""Asking other programs of this machine, which may not be there, fail, or never answer."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

PATIENCE = 5.0
"""Seconds for which an answer is waited for."""


class Answer(Struct, frozen=True):
    """What a program said, and whether it ended well."""

    ended_well: bool
    said: str = ""
    is_there: bool = True
    in_time: bool = True

    @property
    def why(self) -> str:
        """In words, what was wrong with it."""
        if not self.is_there:
            return "it is not installed"
        if not self.in_time:
            return f"it did not answer in {PATIENCE:g} s"
        return self.said.strip().splitlines()[-1] if self.said.strip() else "it failed"


def ask(*command: str) -> Answer:
    """Run a program to its end and give what it printed, in English; it always comes back."""
    if shutil.which(command[0]) is None:
        return Answer(False, is_there=False)
    try:
        return _run(command)
    except OSError as error:
        return Answer(False, error.strerror or "")


def _run(command: Sequence[str]) -> Answer:
    process = subprocess.Popen(  # noqa: S603 - fixed words and the names of our own settings
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "", "SYSTEMD_COLORS": "0"},
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Answer(False, in_time=False)
    return Answer(process.returncode == 0, said.decode(errors="replace"))
