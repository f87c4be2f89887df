"""What is said of some days in a few lines: who came, how long they waited, and the days before."""

from collections.abc import Sequence

from textual.content import Content

from kiosk.languages.language import Language
from kiosk.queue.calibration import Calibration
from kiosk.queue.figures import Period


def sums(
    period: Period, before: Period | None, calibration: Calibration | None, lang: Language
) -> Content:
    """Three lines: who came and what became of them; their wait; what it compares with."""
    # Where it is not known of everybody how it ended, of how many it is.
    of = f" / {lang.number(period.recorded)}" if period.recorded < period.arrivals else ""
    words = [
        (lang("Arrivals"), lang.number(period.arrivals)),
        (lang("Finished"), lang.number(period.by_status.get("done", 0)) + of),
        (lang("No-show"), lang.number(period.by_status.get("no_show", 0)) + of),
        (lang("Left"), lang.number(period.by_status.get("left", 0)) + of),
        (lang("Void"), lang.number(period.by_status.get("void", 0))),
    ]
    if period.day != period.last:
        words.append((lang("Days"), lang.number(period.days)))
    if wait := period.wait:
        waited = lang(
            "median {median} min, nine in ten at most {most} min",
            median=wait.median_minutes,
            most=wait.p90_minutes,
        )
        second = Content.assemble((lang("Waiting time") + " ", "$quiet"), (waited, "bold"))
    else:
        second = Content.styled(lang("Nobody has been called."), "$quiet")
    if period.rough_days:
        rough = lang("{n} of the days are purged: approximate", n=period.rough_days)
        second = Content.assemble(second, "  ", (rough, "$quiet"))
    third = _pairs(_compared(period, before, calibration, lang))
    return Content("\n").join([_pairs(words), second, third])


def _compared(
    period: Period, before: Period | None, calibration: Calibration | None, lang: Language
) -> list[tuple[str, str]]:
    """First visits; the days before; how the expected wait held."""
    words = []
    if said := period.first_visits + period.returning:
        first = f"{lang.number(period.first_visits)} / {lang.number(said)}"
        words.append((lang("First visits"), first))
    if before:
        past = lang.number(before.arrivals)
        if before.wait:
            past += f", {lang('{n} min', n=before.wait.median_minutes)}"
        words.append((lang("Before"), past))
    if calibration:
        held = f"{round(calibration.within * 100)} %"
        words.append((lang("Expected wait held"), held))
    return words


def _pairs(words: Sequence[tuple[str, str]]) -> Content:
    return Content("   ").join(
        Content.assemble((f"{word} ", "$quiet"), (number, "bold")) for word, number in words
    )
