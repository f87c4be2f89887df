"""A report as one page of HTML that prints on A4, in the language of whoever reads it; pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from kiosk.commands.reporting import charts
from kiosk.commands.reporting.sheet import STYLE
from kiosk.languages.dates import words
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.few import OTHER
from kiosk.queue.figures import RoomPart
from kiosk.queue.report_of_days import Part, Report, Share
from kiosk.queue.took import Took


class Names(NamedTuple):
    """What the report calls things by."""

    clinic: str
    place: str
    services: Mapping[str, str]
    """By slug."""


def page(report: Report, names: Names, lang: Language) -> str:
    """The whole page."""
    return _Page(report, names, lang).written()


class _Line(NamedTuple):
    """A line of a table."""

    name: str
    people: int | None
    took: Took | None
    past: Took | None


class _Page:
    def __init__(self, report: Report, names: Names, lang: Language) -> None:
        self.report, self.names, self.lang = report, names, lang
        self.now, self.before = report.now, report.before

    def written(self) -> str:
        """Everything, from doctype to end."""
        lang = self.lang
        title = f"{lang('Figures')} – {self.names.place}"
        parts = [self._head()]
        if self.now.arrivals is None:
            few = lang("Too few people came to tell anything of them.")
            parts.append(f"<p>{escape(few)}</p>")
        else:
            parts += [self._sums(), self._arrivals(), *self._tables(), self._calibration()]
        return (
            f'<!DOCTYPE html>\n<html lang="{lang.tag}">\n<meta charset="utf-8">\n'
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n"
            + "\n".join(filter(None, parts))
            + "\n</html>"
        )

    # Parts

    def _head(self) -> str:
        lang, at = self.lang, self.report.made_at
        few = lang(
            "Groups of fewer than {n} people are put together or left out, "
            "so that nobody can be recognised.",
            n=self.report.fewest,
        )
        lines = [
            lang("Compared with {days}", days=self._days(self.before)),
            few,
            lang("Made on {day} at {time}", day=at.date().isoformat(), time=lang.clock(at)),
        ]
        for part in (self.now, self.before):
            if part.rough_days:
                rough = lang("{n} of the days are purged: approximate", n=part.rough_days)
                lines.insert(-1, f"{self._days(part)}: {rough}")
            if part.arrivals and part.recorded < part.arrivals:
                known = lang(
                    "How it ended is known of {n} of {all} people",
                    n=part.recorded,
                    all=part.arrivals,
                )
                lines.insert(-1, f"{self._days(part)}: {known}")
        quiet = "".join(f'<p class="quiet">{escape(line)}</p>' for line in lines)
        where = f"{self.names.clinic}, {self.names.place}"
        return (
            f"<header><p>{escape(where)}</p><h1>{escape(lang('Figures'))}  "
            f"{escape(self._days(self.now))}</h1>{quiet}</header>"
        )

    def _sums(self) -> str:
        lang, now, before = self.lang, self.now, self.before
        pairs: list[tuple[str, str, str]] = [
            (lang("Arrivals"), self._number(now.arrivals), self._number(before.arrivals)),
            (lang("Days"), self._number(now.days), self._number(before.days)),
        ]
        for title, took, earlier in (
            (lang("Wait, median"), now.wait, before.wait),
            (lang("Visit, median"), now.visit, before.visit),
        ):
            pairs.append((title, self._median(took), self._median(earlier)))
        pairs.append(
            (
                lang("Wait, nine in ten at most"),
                self._minutes(now.wait.p90_minutes if now.wait else None),
                self._minutes(before.wait.p90_minutes if before.wait else None),
            )
        )
        for title, share, past in (
            (lang("No-show"), now.no_show, before.no_show),
            (lang("Left"), now.left, before.left),
            (lang("First visits"), now.first_visit, before.first_visit),
        ):
            pairs.append((title, self._percent(share), self._percent(past)))
        told = ""
        for title, value, of_before in pairs:
            then = escape(lang("before: {value}", value=of_before))
            told += (
                f"<div><dt>{escape(title)}</dt><dd>{escape(value)}<small>{then}</small></dd></div>"
            )
        return f"<dl>{told}</dl>"

    def _arrivals(self) -> str:
        lang, now = self.lang, self.now
        cells = [*now.hours, *self.before.hours]
        if not now.hours:
            return ""
        hours = range(min(cell.start for cell in cells), max(cell.end for cell in cells))
        names = words(lang.tag).weekdays
        rows = [(names[int(day) - 1], some) for day, some in now.weekday_hours.items() if some]
        by_hour, by_day = lang("Arrivals by hour"), lang("Arrivals by weekday and hour")
        told = lang("Full columns are these days, outlines the days before.")
        found = self._section(
            by_hour,
            charts.columns(now.hours, self.before.hours, hours, lang.number, by_hour)
            + f'<p class="quiet">{escape(told)}</p>',
        )
        if rows and now.first != now.last:
            found += self._section(by_day, charts.heat(rows, hours, lang.number, by_day))
        return found

    def _tables(self) -> list[str]:
        lang, now, then = self.lang, self.now, self.before
        services, past = now.services, then.services
        waits = [
            _Line(
                self._service(slug),
                part.arrivals,
                part.wait,
                past[slug].wait if slug in past else None,
            )
            for slug, part in services.items()
        ]
        visits = [
            _Line(
                self._service(slug),
                part.visit.people if part.visit else None,
                part.visit,
                past[slug].visit if slug in past else None,
            )
            for slug, part in services.items()
        ]
        found = [
            self._section(title, self._table(first, lines))
            for title, first, lines in (
                (lang("Waits by service"), lang("Service"), waits),
                (lang("Visits by service"), lang("Service"), visits),
                (
                    lang("Visits by room"),
                    lang("Room"),
                    self._lines(now.rooms, then.rooms, lambda room: room_text(room, lang) or "–"),
                ),
                (
                    lang("Visits by practitioner"),
                    lang("Practitioner"),
                    self._lines(now.practitioners, then.practitioners, str),
                ),
            )
            if lines
        ]
        if found:
            legend = lang(
                "The line goes from the shortest to the longest, the bar from the median to where "
                "nine in ten are done. Minutes."
            )
            found.append(f'<p class="quiet">{escape(legend)}</p>')
        return found

    def _lines(
        self,
        now: Mapping[str, RoomPart],
        then: Mapping[str, RoomPart],
        named: Callable[[str], str],
    ) -> "list[_Line]":
        others = self.lang("Others")
        return [
            _Line(
                others if name == OTHER else named(name),
                part.people,
                part.visit,
                then[name].visit if name in then else None,
            )
            for name, part in now.items()
        ]

    def _table(self, first: str, rows: "Sequence[_Line]") -> str:
        lang = self.lang
        top = charts.top_of([took for _, _, took, _ in rows])
        head = (first, lang("People"), lang("Median"), lang("before"), lang("nine in ten"))
        cells = "".join(f"<th>{escape(one)}</th>" for one in (*head, lang("from … to")))
        body = []
        for name, people, took, past in rows:
            values = (
                name,
                self._number(people),
                self._number(took.median_minutes if took else None),
                self._number(past.median_minutes if past else None),
                self._number(took.p90_minutes if took else None),
                f"{took.least_minutes} – {took.most_minutes}" if took else "–",
            )
            body.append(
                "<tr>"
                + "".join(f"<td>{escape(value)}</td>" for value in values)
                + f"<td>{charts.spread(took, top)}</td></tr>"
            )
        foot = f"<tr>{'<td></td>' * 6}<td>{charts.scale(top)}</td></tr>"
        return (
            f"<table><thead><tr>{cells}<th></th></tr></thead><tbody>{''.join(body)}{foot}</tbody>"
            "</table>"
        )

    def _calibration(self) -> str:
        found, lang = self.report.calibration, self.lang
        if found is None:
            return ""
        sentence = lang(
            "Of {n} people, {within} were called within the time that was expected, {sooner} "
            "sooner and {later} later. Eight in ten within it is the aim.",
            n=found.told,
            within=f"{round(found.within * 100)}\N{NO-BREAK SPACE}%",
            sooner=f"{round(found.sooner * 100)}\N{NO-BREAK SPACE}%",
            later=f"{round(found.later * 100)}\N{NO-BREAK SPACE}%",
        )
        how = lang(
            "Reckoned again for each arrival, with the rooms of today. The frame is what was "
            "expected, the line and the bar what it was."
        )
        top = charts.top_of([one.waited for one in found.by_told])
        head = (lang("Expected"), lang("People"), lang("Median"), lang("nine in ten"))
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td>{escape(value)}</td>"
                for value in (
                    f"{one.start} – {one.end}" if one.end < 24 * 60 else f"{one.start} +",
                    self._number(one.waited.people),
                    self._number(one.waited.median_minutes),
                    self._number(one.waited.p90_minutes),
                )
            )
            + f"<td>{charts.spread(one.waited, top, (one.start, one.end))}</td></tr>"
            for one in found.by_told
        )
        cells = "".join(f"<th>{escape(one)}</th>" for one in head)
        foot = f"<tr>{'<td></td>' * 4}<td>{charts.scale(top)}</td></tr>"
        return self._section(
            lang("Expected wait and real wait"),
            f"<p>{escape(sentence)}</p><table><thead><tr>{cells}<th></th></tr></thead>"
            f'<tbody>{rows}{foot}</tbody></table><p class="quiet">{escape(how)}</p>',
        )

    # Words and numbers

    def _section(self, title: str, inside: str) -> str:
        return f"<section><h2>{escape(title)}</h2>{inside}</section>"

    def _days(self, part: Part) -> str:
        return _span(part.first, part.last, self.lang)

    def _service(self, slug: str) -> str:
        fixed = {"": self.lang("Not sure"), OTHER: self.lang("Others")}
        return fixed.get(slug) or self.names.services.get(slug, slug)

    def _number(self, value: float | None) -> str:
        return "–" if value is None else self.lang.number(value)

    def _minutes(self, value: float | None) -> str:
        return "–" if value is None else self.lang("{n} min", n=value)

    def _median(self, took: Took | None) -> str:
        return self._minutes(took.median_minutes if took else None)

    def _percent(self, share: Share | None) -> str:
        return "–" if share is None else f"{self.lang.number(share.percent)}\N{NO-BREAK SPACE}%"


def _span(first: date, last: date, lang: Language) -> str:
    """Days with their year; of one day, the weekday too."""
    if first == last:
        return f"{first.isoformat()} ({lang.weekday(first.weekday())})"
    return f"{first.isoformat()} – {last.isoformat()}"
