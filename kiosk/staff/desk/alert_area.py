"""The alerts on top of every terminal, a line each."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from kiosk.languages.language import Language
from kiosk.staff.seen.alerts import Alert
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying

KEY = "i"
"""Answers the first alert."""
SHOWN = 3
"""Lines that alerts may take; the oldest that nobody answers come first."""


class AlertLine(Press, can_focus=False):
    """One alert on a line; a click answers it."""

    alert: Alert | None = None
    """What it says now; None while it is not seen."""

    def __init__(self) -> None:
        super().__init__("")
        self._answer = ""
        self._notes: tuple[str, ...] = ()

    def show(
        self, alert: Alert | None, text: str, notes: tuple[str, ...], answer: str, key: str
    ) -> None:
        """Say this; `answer` stands to the right, behind `key` if there is one.

        Where room is short the first of the notes behind the text is left out, then the answer.
        """
        self.display = alert is not None
        self.alert, self.label, self.key = alert, text, key
        self._notes, self._answer = notes, answer
        self.set_class(alert is not None and alert.going is not None, "answered")
        self.refresh()

    def said(self) -> list[Saying]:
        """What happened and who goes, then the answer to it."""
        return [
            Saying("\n".join((f"!! {self.label}", *self._notes))),
            Saying(self._answer, self.key),
        ]

    def render(self) -> Content:
        """What happened to the left, who goes to the right."""
        key = (f" {self.key} ", "bold $terracotta on $card") if self.key else ""
        fewer = self._notes[1:]  # that nobody goes is seen from the answer to it, too
        for notes, answer in ((self._notes, self._answer), (fewer, self._answer), (fewer, "")):
            left = Content.styled("   ".join((f"!! {self.label}", *notes)), "bold")
            end = Content.assemble(key, (f" {answer}", "bold"))
            gap = self.size.width - left.cell_length - end.cell_length
            if gap > 0:
                break
        return Content.assemble(left, " " * max(1, gap), end)


class AlertArea(Vertical):
    """The alerts; no taller than SHOWN lines, gone when there are none."""

    def __init__(self, lines: int = SHOWN) -> None:
        super().__init__(id="alerts")
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lines that show themselves when there is something to say."""
        yield from (AlertLine() for _ in range(self._lines))

    def show(
        self,
        found: Sequence[Alert],
        lang: Language,
        now: datetime,
        *,
        answerable: bool = True,
        with_key: bool = True,
    ) -> None:
        """Show these alerts; the last line says how many more there are.

        Not `answerable` where nobody is signed in, nor `with_key` where letters are text.
        """
        self.display = bool(found)
        for place, line in enumerate(self.query(AlertLine)):
            if place >= len(found):
                line.show(None, "", (), "", "")
                continue
            alert = found[place]
            notes: tuple[str, ...] = () if alert.going else (lang("nobody yet"),)
            if place == self._lines - 1 and len(found) > self._lines:
                notes = (*notes, lang("and {n} more", n=len(found) - self._lines))
            first = with_key and place == 0 and alert.going is None
            key = KEY if answerable and first else ""
            answer = _answer(alert, lang) if answerable or alert.going else ""
            line.show(alert, _text(alert, lang, now), notes, answer, key)


def _text(alert: Alert, lang: Language, now: datetime) -> str:
    time = lang.clock(alert.at.astimezone(now.tzinfo))
    if alert.check_in:
        return lang("{ticket} URGENT: said yes or not sure, {time}", ticket=alert.ticket, time=time)
    return lang("HELP at {device}, {time}", device=alert.device, time=time)


def _answer(alert: Alert, lang: Language) -> str:
    if alert.going:
        return lang("{who} is going", who=alert.going)
    return lang("I am going")
