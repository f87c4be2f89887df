"""Scenes: staff's screen by ssh, and that such a key opens nothing else."""

import os
import select
import subprocess
import time
from pathlib import Path

from lobby import PATIENCE, Lobby, require
from places import KEY, MACHINE, run
from pyte import ByteStream, Screen

PIN = "482913"
ELSEWHERE = (
    ("a command of its own", "cat /etc/passwd", ()),
    ("a shell, without a terminal", "", ("-T",)),
    ("a forwarded port", "", ("-N", "-o", "ExitOnForwardFailure=yes", "-R", "9999:127.0.0.1:22")),
    ("files, by sftp", "sftp", ("-s",)),
)
"""What else the key is tried for: a name, a command, ssh's options."""


def by_ssh(lobby: Lobby) -> str:
    """Staff by ssh: their screen in a terminal, and nothing else with the same key."""
    machine = lobby.machine
    key = MACHINE / "staff-key"
    if not key.exists():
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
    done = machine.ssh("/srv/kiosk/deploy/install --role staff 2>&1", seconds=900)
    require(done.returncode == 0, done.stdout[-300:])
    run_it = "/opt/clinic-kiosk/deploy"
    for what in ("remove Lin", "add Lin --role reception --pin-stdin"):  # perhaps played before
        account = machine.ssh(f"printf {PIN} | {run_it}/run accounts {what} 2>&1")
    require(account.returncode == 0, f"no account was made: {account.stdout}")
    machine.ssh(f"{run_it}/staff-key --remove Lin")
    public = Path(f"{key}.pub").read_text("utf-8")
    added = machine.ssh(f"{run_it}/staff-key --add Lin", typed=public)
    require(added.returncode == 0, added.stderr)
    text = screen_of([*machine.ssh_words(key, "kiosk", "-tt")], "Lin")
    require("sign in" in text, f"the staff's screen did not come: {text[:200]}")
    for what, command, options in ELSEWHERE:
        words = [*machine.ssh_words(key, "kiosk", *options), *([command] if command else [])]
        tried = subprocess.run(words, capture_output=True, text=True, timeout=120, input="id\n")
        out = tried.stdout + tried.stderr
        require(
            tried.returncode != 0 and "uid=" not in out and "root:" not in out, f"{what}: {out}"
        )
    require(not machine.said("ss -Hltn sport = :9999"), "a port was forwarded")
    require(key != KEY, "root's own key was tried")
    return f"the sign-in, with Lin's name; {', '.join(one[0] for one in ELSEWHERE)}: refused"


def screen_of(words: list[str], phrase: str) -> str:
    """What a program paints in a terminal of 80 x 24, once `phrase` is on it, or at the end."""
    outside, inside = os.openpty()
    screen = Screen(80, 24)
    stream = ByteStream(screen)
    until = time.monotonic() + PATIENCE
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        words, stdin=inside, stdout=inside, stderr=inside, start_new_session=True, env=environment
    ) as process:
        os.close(inside)
        while time.monotonic() < until and not any(phrase in line for line in screen.display):
            if select.select([outside], [], [], 1)[0]:
                try:
                    stream.feed(os.read(outside, 65536))
                except OSError:
                    break
        time.sleep(1)
        process.terminate()
    os.close(outside)
    return "\n".join(screen.display)
