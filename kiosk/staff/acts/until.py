"""Asking until when something lasts: a round time with one key, or any other one typed."""

from collections.abc import Callable
from datetime import datetime

from kiosk.languages import typed
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import round_times, until_when
from kiosk.staff.asking.entry import LineQuestion


def ask_until(at: AtDesk, text: str, then: Callable[[datetime], None]) -> None:
    """Ask until when, with `text` before the times."""
    times = {f"at {n}": time for n, time in enumerate(round_times(at.kiosk.now()))}

    def answered(answer: str) -> None:
        if answer in times:
            then(times[answer])
        else:
            _ask_line(at, text, then)

    at.ask(until_when(text, list(times.values()), at._), answered)


def _ask_line(at: AtDesk, text: str, then: Callable[[datetime], None], value: str = "") -> None:
    """Have a time typed; one that cannot be is said, and `value` stands there to be corrected."""

    def wrong(said: str, words: str) -> None:
        at.say(said, refused=True)
        _ask_line(at, text, then, words)

    def save(words: str) -> None:
        try:
            hour, minute = map(int, typed.clock(words).split(":"))
        except ValueError:
            wrong(at._("A time looks like 10:30. Nothing was changed."), words)
            return
        now = at.kiosk.now()
        until = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if until <= now:
            wrong(at._("{time} is over. Nothing was changed.", time=at._.clock(until)), words)
        else:
            then(until)

    line = LineQuestion(
        text=text,
        enter=at._("save"),
        cancel=at._("cancel"),
        hint=at._("A time of today, such as 10:30"),
        value=value,
    )
    at.ask_line(line, save)
