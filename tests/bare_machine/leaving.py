"""Scene: somebody's ssh connection is lost, and nobody can go on in their name."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lobby import Lobby, require
from places import MACHINE
from vm import Machine

MINUTE = 60
PEOPLE_COME = """
import time
from pathlib import Path
from db import Arrival, open_store
store = open_store(
    Path("/var/lib/clinic-kiosk"), "downtown", keys_dir=Path("/var/lib/clinic-kiosk-keys")
)
for _ in range(60):
    store.check_in(Arrival())
    time.sleep(3)
"""
"""What is painted for each of them has sshd forget to ask whether anybody is there."""
COUNT = "for n in $(seq 120); do pgrep -f '[s]taff --account' >/dev/null || break; sleep 1; done; "


def lost(lobby: Lobby) -> str:
    """A connection that is lost while people check in: its screen ends within a minute."""
    machine = lobby.machine
    with stopped_after_sign_in(machine), people_coming(machine):
        seconds = int(machine.said(COUNT + "echo $n", seconds=300))
    require(seconds <= MINUTE, f"the staff's screen was there for {seconds} s")
    return f"its screen ended after {seconds} s"


@contextmanager
def stopped_after_sign_in(machine: Machine) -> Iterator[None]:
    """A staff screen whose ssh on this side neither reads nor answers any more."""
    outside, inside = os.openpty()
    words = machine.ssh_words(MACHINE / "staff-key", "kiosk", "-tt")
    client = subprocess.Popen(
        words, stdin=inside, stdout=inside, stderr=inside, start_new_session=True
    )
    os.close(inside)
    try:
        until = time.monotonic() + 120
        painted = b""
        while b"Lin" not in painted and time.monotonic() < until:
            painted += os.read(outside, 65536)
        require(b"Lin" in painted, "the staff's screen did not come")
        client.send_signal(signal.SIGSTOP)
        yield
    finally:
        client.kill()
        client.wait(30)
        os.close(outside)


@contextmanager
def people_coming(machine: Machine) -> Iterator[None]:
    """Somebody checks in every three seconds."""
    command = "runuser -u kiosk -- env -C /opt/clinic-kiosk .venv/bin/python -E -B -"
    writer = subprocess.Popen([*machine.ssh_words(), command], stdin=subprocess.PIPE, text=True)
    assert writer.stdin is not None
    writer.stdin.write(PEOPLE_COME)
    writer.stdin.close()
    try:
        yield
    finally:
        writer.terminate()
        writer.wait(30)
