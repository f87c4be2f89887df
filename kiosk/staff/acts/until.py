"""Asking until when something lasts: a round time with one key, or any other one typed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from kiosk.languages import typed
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.choices import UNSAID, round_times, until_when
from kiosk.staff.asking.entry import LineQuestion

Then = Callable[[datetime], None]


def ask_until(
    at: AtDesk,
    text: str,
    then: Then,
    *,
    offered: Sequence[datetime] | None = None,
    unsaid: Callable[[], None] | None = None,
) -> None:
    """Ask until when, with `text` before the times; a time that is over by then is refused.

    `offered`: other times than the round ones. With `unsaid` Enter leaves open until when.
    """
    when = round_times(at.kiosk.now()) if offered is None else offered
    times = {f"at {n}": time for n, time in enumerate(when)}

    def answered(answer: str) -> None:
        if answer == UNSAID and unsaid:
            unsaid()
        elif time := times.get(answer):
            if not _is_over(at, time):  # it may have been thought about for a while
                then(time)
        else:
            _ask_line(at, text, then)

    at.ask(until_when(text, when, at._, open_ended=unsaid is not None), answered)


def _ask_line(at: AtDesk, text: str, then: Then, value: str = "") -> None:
    """Have a time typed; what is none stays there to be mended."""

    def save(words: str) -> None:
        until = _time_in(at, words)
        if until and not _is_over(at, until):
            then(until)
        else:
            _ask_line(at, text, then, words)

    line = LineQuestion(
        text=text,
        enter=at._("save"),
        cancel=at._("cancel"),
        hint=at._("A time of today, such as 10:30"),
        value=value,
    )
    at.ask_line(line, save)


def _time_in(at: AtDesk, words: str) -> datetime | None:
    """The time of today that was typed; None, and that is said, where it is none."""
    try:
        hour, minute = map(int, typed.clock(words).split(":"))
    except ValueError:
        at.say(at._("A time looks like 10:30. Nothing was changed."), refused=True)
        return None
    return at.kiosk.now().replace(hour=hour, minute=minute, second=0, microsecond=0)


def _is_over(at: AtDesk, until: datetime) -> bool:
    """Whether a time is not still to come, which is said."""
    if until > at.kiosk.now():
        return False
    at.say(at._("{time} is over. Nothing was changed.", time=at._.clock(until)), refused=True)
    return True
