"""Calls made heard: a chime, then all that wait in sentences of several, in a thread."""

import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial

import msgspec

from kiosk.languages.language import Language
from kiosk.sound.sounds import Sounds
from kiosk.sound.speech import Call, phrase, spoken

IN_A_SENTENCE = 6
"""Calls of one language that are said as one sentence; nobody listens to more of them in one go."""


class Announcement(msgspec.Struct, frozen=True):
    """A ticket called to a room, and the language to say it in."""

    ticket: str
    room: str
    lang: Language


class _Waiting(msgspec.Struct):
    """A call that is still to be said, and whether a chime has sounded for it."""

    what: Announcement
    chimed: bool = False


class Announcer:
    """Says every call that nobody takes back, however many wait; no method waits for a sound.

    Those that wait together follow one chime, and those of one language are one sentence. Where
    nothing of them could be heard, `failed` is called, in the announcer's thread.
    """

    def __init__(self, failed: Callable[[], object], sounds: Sounds | None = None) -> None:
        self._failed = failed
        self._sounds = sounds or Sounds()
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def can_be_heard(self) -> bool:
        """Whether there is a program here that speaks, or one that plays the chime."""
        return self._sounds.are_there

    def announce(self, announcements: Collection[Announcement]) -> None:
        """Say these after what is being said.

        A ticket that waits already is said once, in its place, to the room it was called to last.
        """
        with self._lock:
            for one in announcements:
                for waits in self._waiting:
                    if waits.what.ticket == one.ticket:
                        waits.what = one
                        break
                else:
                    self._waiting.append(_Waiting(one))
            if self._waiting and self._thread is None and not self._closed:
                # Not kept between bursts: most of the day nobody is called.
                self._thread = threading.Thread(target=self._work, daemon=True, name="announcer")
                self._thread.start()

    def keep(self, tickets: Collection[str]) -> None:
        """Of those that wait for their turn, keep these: nobody calls whoever has come in."""
        with self._lock:
            self._waiting = [waits for waits in self._waiting if waits.what.ticket in tickets]

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
        self._sounds.close()

    # In the thread

    def _work(self) -> None:
        chimed = False
        while self._is_anything_left():
            if self._is_chime_due():
                chimed = self._tried(lambda: self._sounds.chime().well)
                self._chime_has_sounded()
            if calls := self._next():
                spoken = self._tried(partial(self._speak, calls))
                if not (chimed or spoken or self._closed):
                    self._tried(self._failed)

    def _tried(self, act: Callable[[], object]) -> bool:
        """Whether it worked. Whatever happens to a sound, the next call is said."""
        try:
            return bool(act())
        except Exception:
            return False

    def _is_anything_left(self) -> bool:
        with self._lock:
            if not self._waiting:
                self._thread = None
            return bool(self._waiting)

    def _is_chime_due(self) -> bool:
        with self._lock:
            return bool(self._waiting) and not self._waiting[0].chimed

    def _chime_has_sounded(self) -> None:
        """Whoever was called while it did has heard it too."""
        with self._lock:
            for waits in self._waiting:
                waits.chimed = True

    def _next(self) -> list[Announcement]:
        """The calls of the next sentence: those of the first one's language that have chimed."""
        with self._lock:
            chimed = [waits for waits in self._waiting if waits.chimed]
            said = [w for w in chimed if spoken(w.what.lang) == spoken(chimed[0].what.lang)]
            del said[IN_A_SENTENCE:]
            self._waiting = [waits for waits in self._waiting if waits not in said]
            return [waits.what for waits in said]

    def _speak(self, announcements: Sequence[Announcement]) -> bool:
        calls = [Call(one.ticket, one.room) for one in announcements]
        lang = announcements[0].lang
        return self._sounds.speak(lambda version: phrase(calls, lang, version), len(calls)).well
