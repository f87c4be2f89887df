"""xterm under Xvfb and foot under a headless cage, run for a picture of what they show."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

Start = Callable[[list[str], list[str]], "subprocess.Popen[bytes]"]
"""Runs a terminal, given its options and the command in it."""
Look = Callable[[], Image.Image]
PATIENCE = 30.0
"""Seconds a terminal has to come up, on a busy machine."""
NOBODY = 65534


class NotHereError(Exception):
    """A terminal cannot be run on this machine; the text says why."""


@contextmanager
def xterm() -> Iterator[tuple[Start, Look]]:
    """An X server of its own, 1920 by 1200 pixels."""
    _need({"Xvfb": "xvfb", "xterm": "xterm", "import": "imagemagick"})
    with ExitStack() as stack:
        read, write = os.pipe()
        screen = ["-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-displayfd", str(write)]
        stack.enter_context(_running(["Xvfb", *screen], dict(os.environ), pass_fds=(write,)))
        os.close(write)
        with os.fdopen(read) as number:
            display = number.readline().strip()
        if not display:
            raise NotHereError("Xvfb did not start")
        env = {**os.environ, "DISPLAY": f":{display}", "COLORTERM": "truecolor"}

        def start(options: list[str], command: list[str]) -> subprocess.Popen[bytes]:
            fixed = ["-tn", "xterm-256color", "+sb", "-b", "0", "-bw", "0"]
            return _start(["xterm", *fixed, *options, "-e", *command], env)

        yield start, lambda: _taken(["import", "-window", "root"], env)


@contextmanager
def foot() -> Iterator[tuple[Start, Look]]:
    """A compositor of its own without a screen; foot fills its 1280 by 720 pixels."""
    _need({"cage": "cage", "foot": "foot", "grim": "grim"})
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qr-wayland-")))
        env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        env |= {
            "XDG_RUNTIME_DIR": str(folder),
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "COLORTERM": "truecolor",
        }
        if not shutil.which("Xwayland"):
            env["WLR_XWAYLAND"] = "/bin/true"  # cage wants one, and starts it for X programs only
        cage = ["cage", "--", "sleep", "3600"]
        if os.geteuid() == 0:
            # It refuses to run as root. foot itself need not leave: it reads this checkout.
            _need({"setpriv": "util-linux"})
            os.chown(folder, NOBODY, NOBODY)
            ids = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            cage = ["setpriv", *ids, *cage]
        with (folder / "cage.log").open("wb") as log:
            server = stack.enter_context(_running(cage, env, stderr=log))
        socket = _until(lambda: next(folder.glob("wayland-*[0-9]"), None), server)
        if socket is None:
            said = (folder / "cage.log").read_text("utf-8", "replace").strip().splitlines()
            raise NotHereError(f"cage did not start: {said[-1] if said else 'it says nothing'}")
        env["WAYLAND_DISPLAY"] = socket.name

        def start(options: list[str], command: list[str]) -> subprocess.Popen[bytes]:
            return _start(["foot", "--config=/dev/null", *options, *command], env)

        yield start, lambda: _taken(["grim"], env)


def picture(start: Start, look: Look, options: list[str], command: list[str]) -> Image.Image:
    """What a terminal shows once its command has written the file it is given as its last word.

    Raises NotHereError if it never does. The terminal is ended.
    """
    report = Path(command[-1])
    report.unlink(missing_ok=True)
    terminal = start(options, command)
    try:
        if _until(lambda: report.is_file() and report.stat().st_size > 0, terminal) is None:
            raise NotHereError(f"{command[0]} showed nothing in {' '.join(options)}")
        before = look()
        while True:  # until it has painted what it was told
            time.sleep(0.25)
            after = look()
            if after.size == before.size and not ImageChops.difference(before, after).getbbox():
                return after
            before = after
    finally:
        _end(terminal)


def _need(programs: dict[str, str]) -> None:
    missing = sorted({package for name, package in programs.items() if not shutil.which(name)})
    if missing:
        raise NotHereError(f"it needs {', '.join(missing)} (Debian's names)")


def _start(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    env = {n: v for n, v in env.items() if n not in ("XTERM_VERSION", "TERM", "TMUX", "NO_COLOR")}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=env, stdin=quiet, stdout=quiet, stderr=quiet)


@contextmanager
def _running(
    command: list[str], env: dict[str, str], **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    given["stderr"] = subprocess.DEVNULL
    process = subprocess.Popen(command, env=env, **{**given, **options})
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
        return
    process.kill()
    process.wait()


def _until(ask: Callable[[], object], process: subprocess.Popen[bytes]) -> object:
    """The first answer that is something; None if the process ends or time runs out."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        if process.poll() is not None:
            return None
        time.sleep(0.1)
    return None


def _taken(command: list[str], env: dict[str, str]) -> Image.Image:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        done = subprocess.run([*command, file.name], env=env, capture_output=True, check=False)
        if done.returncode:
            raise NotHereError(
                f"{command[0]} took no picture: {done.stderr.decode()[:200].strip()}"
            )
        with Image.open(file.name) as image:
            return image.convert("RGB")
