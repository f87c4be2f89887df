"""Calls made heard: a chime and a spoken sentence, one call after another, in a thread."""

import array
import contextlib
import io
import math
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Collection
from functools import cache, partial

import msgspec

from kiosk.languages.language import Language
from kiosk.sound.speech import phrase, version_of

SPEAKER = "espeak-ng"
"""Run as a program, never linked: it stands under the GPL."""
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""What can play a WAV file, for the chime."""
STALE = 30.0
"""Seconds after which a call that waited for its turn is no longer said."""
LONGEST = 20.0
"""Seconds after which a program that plays or speaks is ended."""

RATE = 22050
"""Samples a second of the chime."""
_NOTES = ((659.26, 0.0), (523.25, 0.35))
"""E5 and C5, in hertz, and the second at which each is struck."""
_CHIME_SECONDS = 1.2


class Announcement(msgspec.Struct, frozen=True):
    """A ticket called to a room, and the language to say it in."""

    ticket: str
    room: str
    lang: Language


class Announcer:
    """Says calls one after another; no method waits for a sound.

    Where nothing of a call could be heard, `failed` is called, in the announcer's thread.
    """

    def __init__(
        self, failed: Callable[[], object], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._failed = failed
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._waiting: list[tuple[float, Announcement]] = []
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._version: tuple[int, int] | None = None
        self._closed = False

    @property
    def can_be_heard(self) -> bool:
        """Whether there is a program here that speaks, or one that plays the chime."""
        return any(shutil.which(name) for name in (SPEAKER, *(player[0] for player in PLAYERS)))

    def announce(self, announcements: Collection[Announcement]) -> None:
        """Say these after what is being said; one that waits already is said once."""
        now = self._monotonic()
        with self._lock:
            waiting = [entry for entry in self._waiting if entry[1] not in announcements]
            self._waiting = [*waiting, *((now, one) for one in announcements)]
            if self._waiting and self._thread is None and not self._closed:
                # Not kept between bursts: most of the day nobody is called.
                self._thread = threading.Thread(target=self._work, daemon=True, name="announcer")
                self._thread.start()

    def keep(self, tickets: Collection[str]) -> None:
        """Of those that wait for their turn, keep these: nobody calls whoever has come in."""
        with self._lock:
            self._waiting = [entry for entry in self._waiting if entry[1].ticket in tickets]

    def wait(self, seconds: float) -> bool:
        """Wait until everything is said, at most so many seconds; whether it is."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """Be quiet at once, and for good."""
        with self._lock:
            self._closed = True
            self._waiting = []
            if self._process is not None:
                _end(self._process)

    # In the thread

    def _work(self) -> None:
        while (announcement := self._next()) is not None:
            chimed = self._tried(self._chime)
            spoken = self._tried(partial(self._speak, announcement))
            if not (chimed or spoken or self._closed):
                self._tried(self._failed)

    def _tried(self, act: Callable[[], object]) -> bool:
        """Whether it worked. Whatever happens to a sound, the next call is said."""
        try:
            return bool(act())
        except Exception:
            return False

    def _next(self) -> Announcement | None:
        with self._lock:
            while self._waiting:
                since, announcement = self._waiting.pop(0)
                if self._monotonic() - since < STALE:
                    return announcement
            self._thread = None
            return None

    def _chime(self) -> bool:
        """Play the chime with the first player that can."""
        found = [(shutil.which(name), options) for name, *options in PLAYERS]
        players = [[path, *options] for path, options in found if path]
        if not players:
            return False
        # In memory, with a name: not every player can read a pipe.
        handle = os.memfd_create("chime.wav")
        try:
            with os.fdopen(os.dup(handle), "wb") as file:
                file.write(chime())
            return any(self._run([*player, f"/dev/fd/{handle}"], (handle,)) for player in players)
        finally:
            os.close(handle)

    def _speak(self, announcement: Announcement) -> bool:
        speaker = shutil.which(SPEAKER)
        if speaker is None:
            return False
        if self._version is None:
            self._version = _version(speaker)
        said = phrase(announcement.ticket, announcement.room, announcement.lang, self._version)
        command = [speaker, "-v", said.voice, "-s", str(said.speed), "--stdin"]
        return self._run(command, text=said.text)

    def _run(self, command: list[str], handles: tuple[int, ...] = (), text: str = "") -> bool:
        """Run a program to its end; whether it did what it should."""
        if self._closed:
            return False
        # Not under the lock, which the screen may wait for: a program can be slow to start.
        process = subprocess.Popen(  # noqa: S603 - programs of our own list
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=handles,
            start_new_session=True,
        )
        with self._lock:
            self._process = process
            if self._closed:
                _end(process)
        try:
            _, errors = process.communicate(text.encode(), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            _end(process)
            process.communicate()
            return False
        finally:
            with self._lock:
                self._process = None
        # espeak-ng ends with 0 where there is nothing to hear it with.
        return process.returncode == 0 and b"error:" not in errors


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and what it started, as a script around it does."""
    if process.returncode is None:  # else its id may be another's by now
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _version(speaker: str) -> tuple[int, int]:
    """The version of espeak-ng; (0, 0) where it does not say."""
    done = subprocess.run(  # noqa: S603 - found on PATH by its name
        [speaker, "--version"], capture_output=True, timeout=LONGEST, check=False
    )
    return version_of(done.stdout.decode(errors="replace"))


@cache
def chime() -> bytes:
    """Two soft notes, the second lower, as a WAV file: 16 bits, one channel."""
    samples = array.array("h", bytes(2 * int(RATE * _CHIME_SECONDS)))
    for hertz, start in _NOTES:
        first = int(start * RATE)
        for n in range(first, len(samples)):
            second = (n - first) / RATE
            struck = min(1.0, second / 0.005) * math.exp(-second * 5)
            tone = math.sin(math.tau * hertz * second) + math.sin(math.tau * hertz * 2 * second) / 4
            samples[n] += int(11000 * struck * tone)
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()
