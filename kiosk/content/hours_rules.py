"""Opening hours in which a later rule takes the place of an earlier one, which few people expect.

In OpenStreetMap's syntax `;` begins a rule that replaces, on its days, those before it; `,` begins
one that is added to them.
"""

import re
from datetime import date, datetime, time, timedelta

from kiosk.content.hours import fault, parsed

WEEKS = 53
"""How far it is looked for days that two rules share."""
_RULES = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CLOSES = re.compile(r"\b(off|closed)\b")
Span = tuple[time, time]


def swallowed(hours: str, region: str, today: date) -> tuple[str, str] | None:
    """An earlier rule and the later one that takes its place with other times; None if none does.

    One that only makes a day shorter or closes it is meant so. The hours can be read.
    """
    rules = [rule.strip() for rule in _RULES.split(hours)]
    opens = [
        rule for rule in rules if rule and not _CLOSES.search(rule) and not fault(rule, region)
    ]
    spans = {rule: _by_day(rule, region, today) for rule in opens}
    for nth, later in enumerate(opens):
        for earlier in opens[:nth]:
            shared = spans[earlier].keys() & spans[later].keys()
            if not shared:
                continue
            apart = all(_apart(spans[earlier][day], spans[later][day]) for day in shared)
            if apart or shared == spans[earlier].keys():
                return earlier, later
    return None


def together(hours: str, earlier: str, later: str) -> str:
    """The hours with the later rule added to the earlier one."""
    rules = [rule.strip() for rule in _RULES.split(hours)]
    rules = [rule for rule in rules if rule and rule != later]
    rules[rules.index(earlier)] = f"{earlier}, {later}"
    return "; ".join(rules)


def _by_day(rule: str, region: str, today: date) -> dict[date, list[Span]]:
    """When a rule alone is open, by the day on which it begins."""
    begin = datetime.combine(today, time())
    found: dict[date, list[Span]] = {}
    intervals = parsed(rule, region).intervals(begin, begin + timedelta(weeks=WEEKS))
    for start, end, state, _comment in intervals:
        if "open" in str(state).lower():
            ends = end.time() if end and end.date() == start.date() else time.max
            found.setdefault(start.date(), []).append((start.time(), ends))
    return found


def _apart(some: list[Span], others: list[Span]) -> bool:
    return not any(one[0] < other[1] and other[0] < one[1] for one in some for other in others)
