"""What must not be overlooked: urgent tickets and calls for help, on top of every terminal."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from db import CheckIn, Status
from kiosk.i18n import Language
from kiosk.staff.snapshot import Snapshot
from kiosk.widgets.press import Press

KEY = "i"
"""Answers the first alert."""
SHOWN = 3
"""Lines that alerts may take; the oldest that nobody answers come first."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for somebody to go."""

    at: datetime
    going: str | None
    """Who is on the way."""
    check_in: str | None = None
    """Id of the urgent check-in; None for a call for help."""
    ticket: str = ""
    help_call: str | None = None
    """Id of the call for help."""
    device: str = ""

    @property
    def what(self) -> str:
        """What it is about: each rings the bell once at each terminal."""
        return self.help_call or self.check_in or ""


def alerts(snapshot: Snapshot) -> list[Alert]:
    """Urgent tickets not yet begun, and calls for help; those nobody answers first."""
    found = [
        Alert(
            at=check_in.arrived_at,
            going=_going(snapshot, check_in),
            check_in=check_in.id,
            ticket=check_in.ticket,
        )
        for check_in in snapshot.open
        if check_in.urgent and check_in.status in (Status.waiting, Status.called)
    ]
    found += [
        Alert(at=call.at, going=call.acknowledged_by, help_call=call.id, device=call.device)
        for call in snapshot.help_calls
    ]
    return sorted(found, key=lambda alert: (alert.going is not None, not alert.check_in, alert.at))


def _going(snapshot: Snapshot, check_in: CheckIn) -> str | None:
    """Who said first that they go; else who called the check-in, as long as it is called."""
    number = check_in.number
    called_by = snapshot.called_by.get(number) if check_in.status is Status.called else None
    return snapshot.answered_by.get(number) or called_by


class AlertLine(Press, can_focus=False):
    """One alert on a line; a click answers it."""

    alert: Alert | None = None
    """What it says now; None while it is not seen."""

    def __init__(self) -> None:
        super().__init__("")
        self._answer = ""

    def show(self, alert: Alert | None, text: str, answer: str, key: str) -> None:
        """Say this; `answer` stands to the right, behind `key` if there is one."""
        self.display = alert is not None
        self.alert, self.label, self._answer, self.key = alert, text, answer, key
        self.set_class(alert is not None and alert.going is not None, "answered")
        self.refresh()

    def render(self) -> Content:
        """What happened to the left, who goes to the right."""
        key = (f" {self.key} ", "bold $terracotta on $card") if self.key else ""
        left = Content.assemble(("!! ", "bold"), (self.label, "bold"))
        end = Content.assemble(key, (f" {self._answer}", "bold"))
        gap = max(1, self.size.width - left.cell_length - end.cell_length)
        return Content.assemble(left, " " * gap, end)


class AlertArea(Vertical):
    """The alerts; no taller than SHOWN lines, gone when there are none."""

    def __init__(self, lines: int = SHOWN) -> None:
        super().__init__(id="alerts")
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lines that show themselves when there is something to say."""
        yield from (AlertLine() for _ in range(self._lines))

    def show(
        self, found: Sequence[Alert], lang: Language, now: datetime, *, answerable: bool = True
    ) -> None:
        """Show these alerts; the last line says how many more there are.

        Not `answerable` where nobody is signed in.
        """
        self.display = bool(found)
        for place, line in enumerate(self.query(AlertLine)):
            if place >= len(found):
                line.show(None, "", "", "")
                continue
            alert = found[place]
            text = _text(alert, lang, now)
            if place == self._lines - 1 and len(found) > self._lines:
                text += "   " + lang("and {n} more", n=len(found) - self._lines)
            key = KEY if answerable and place == 0 and alert.going is None else ""
            answer = _answer(alert, lang) if answerable or alert.going else ""
            line.show(alert, text, answer, key)


def _text(alert: Alert, lang: Language, now: datetime) -> str:
    time = lang.clock(alert.at.astimezone(now.tzinfo))
    if alert.check_in:
        text = lang("{ticket} URGENT: said yes or not sure, {time}", ticket=alert.ticket, time=time)
    else:
        text = lang("HELP at {device}, {time}", device=alert.device, time=time)
    return text if alert.going else text + "   " + lang("nobody yet")


def _answer(alert: Alert, lang: Language) -> str:
    if alert.going:
        return lang("{who} is going", who=alert.going)
    return lang("I am going")
