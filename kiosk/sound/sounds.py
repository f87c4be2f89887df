"""The programs that make sounds: what plays the chime, and what speaks; each to its end."""

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
import wave
from collections.abc import Callable
from functools import cache

import msgspec

from kiosk.sound.speech import Phrase, version_of

SPEAKER = "espeak-ng"
"""Run as a program, never linked: it stands under the GPL."""
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""What can play a WAV file, for the chime."""
LONGEST = 20.0
"""Seconds after which a program that plays, or says one call, is ended."""

RATE = 22050
"""Samples a second of the chime."""
_NOTES = ((659.26, 0.0), (523.25, 0.35))
"""E5 and C5, in hertz, and the second at which each is struck."""
_CHIME_SECONDS = 1.2
_SILENT_SECONDS = 0.2


class Heard(msgspec.Struct, frozen=True):
    """What became of a sound: the program that was to make it, and what was wrong, if anything."""

    program: str = ""
    """"" where none is installed that could."""
    fault: str = ""

    @property
    def well(self) -> bool:
        """Whether it was made, as far as a program can tell."""
        return bool(self.program) and not self.fault


class Sounds:
    """Makes one sound after another, each to its end, in whatever thread asks for it.

    `silent` goes all the way to the loudspeaker and makes no noise there.
    """

    def __init__(self, *, silent: bool = False, longest: float = LONGEST) -> None:
        self._silent = silent
        self._longest = longest
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._version: tuple[int, int] | None = None
        self._closed = False

    @property
    def are_there(self) -> bool:
        """Whether there is a program here that speaks, or one that plays the chime."""
        return any(shutil.which(name) for name in (SPEAKER, *(player[0] for player in PLAYERS)))

    def close(self) -> None:
        """End what sounds at once, and make no sound any more."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                _end(self._process)

    def chime(self) -> Heard:
        """Play the chime with the first player that can."""
        found = [(name, shutil.which(name), options) for name, *options in PLAYERS]
        last = Heard()
        for name, path, options in found:
            if path is None:
                continue
            # In memory, with a name: not every player can read a pipe.
            handle = os.memfd_create("chime.wav")
            try:
                with os.fdopen(os.dup(handle), "wb") as file:
                    file.write(silence() if self._silent else chime())
                command = [path, *options, f"/dev/fd/{handle}"]
                last = Heard(name, self._run(command, handles=(handle,)))
            finally:
                os.close(handle)
            if last.well:
                break
        return last

    def speak(self, words: Callable[[tuple[int, int]], Phrase], calls: int = 1) -> Heard:
        """Say the words, as the version of the speaker that is here can read them.

        They are those of so many calls, and may take that much longer.
        """
        speaker = shutil.which(SPEAKER)
        if speaker is None:
            return Heard()
        try:
            if self._version is None:
                self._version = _version(speaker, self._longest)
        except (OSError, subprocess.SubprocessError) as error:
            return Heard(SPEAKER, _in_words(error))
        said = words(self._version)
        command = [speaker, "-v", said.voice, "-s", str(said.speed), "--stdin"]
        command[1:1] = ["-a", "0"] if self._silent else []
        return Heard(SPEAKER, self._run(command, text=said.text, times=calls))

    def _run(
        self, command: list[str], *, handles: tuple[int, ...] = (), text: str = "", times: int = 1
    ) -> str:
        """Run a program to its end; what was wrong, in words."""
        if self._closed:
            return "it was ended"
        # Not under the lock, which the screen may wait for: a program can be slow to start.
        try:
            process = subprocess.Popen(  # noqa: S603 - programs of our own list
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=handles,
                start_new_session=True,
            )
        except OSError as error:
            return _in_words(error)
        with self._lock:
            self._process = process
            if self._closed:
                _end(process)
        seconds = self._longest * times
        try:
            _, errors = process.communicate(text.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"it did not end in {seconds:g} s"
        finally:
            with self._lock:
                self._process = None
            if process.returncode is None:
                _end(process)
                process.communicate()
        # espeak-ng ends with 0 where there is nothing to hear it with.
        if process.returncode == 0 and b"error:" not in errors:
            return ""
        lines = errors.decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else f"it ended with {process.returncode}"


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and what it started, as a script around it does."""
    if process.returncode is None:  # else its id may be another's by now
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _in_words(error: OSError | subprocess.SubprocessError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it cannot be run"
    return "it did not answer"


def _version(speaker: str, seconds: float) -> tuple[int, int]:
    """The version of espeak-ng; (0, 0) where it does not say."""
    done = subprocess.run(  # noqa: S603 - found on PATH by its name
        [speaker, "--version"], capture_output=True, timeout=seconds, check=False
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
    return _wav(samples)


def silence() -> bytes:
    """A WAV file like the chime's, in which nothing is to be heard."""
    return _wav(array.array("h", bytes(2 * int(RATE * _SILENT_SECONDS))))


def _wav(samples: "array.array[int]") -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()
