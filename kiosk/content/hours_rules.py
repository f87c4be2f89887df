"""Opening hours in which a later rule takes the place of an earlier one, which few people expect.

In OpenStreetMap's syntax `;` begins a rule that replaces, on its days, those before it; `,` begins
one that is added to them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from kiosk.content.hours import fault, parsed

WEEKS = 53
"""How far it is looked for days that two rules share."""
_RULES = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_CLOSES = re.compile(r"\b(off|closed)\b")
Span = tuple[time, time]


def complaint(hours: str, region: str, today: date) -> str:
    """What few people expect of hours that can be read, and what may be meant; "" for nothing.

    A later rule that only makes a day shorter or closes it is meant so.
    """
    rules = [rule.strip() for rule in _RULES.split(hours)]
    known = [rule for rule in rules if rule and not fault(rule, region)]
    pairs = [(earlier, later) for nth, later in enumerate(known) for earlier in known[:nth]]
    opens = {rule: _by_day(rule, region, today) for rule in known if not _closes(rule)}
    shuts = {rule: _closed_by(rule, region, today) for rule in known if _closes(rule)}
    for earlier, later in pairs:
        if earlier in opens and later in opens and _swallows(opens[later], opens[earlier]):
            meant = _together(rules, earlier, later)
            return (
                f"{later!r} takes the place of {earlier!r} on the same days; "
                f"if both are meant, put a comma between them: {meant}"
            )
    for earlier, later in pairs:
        if earlier in shuts and later in opens and shuts[earlier] & opens[later].keys():
            meant = "; ".join([*(rule for rule in rules if rule and rule != earlier), earlier])
            return (
                f"{later!r} opens days that {earlier!r} closes; "
                f"if they are to stay closed, put that last: {meant}"
            )
        if earlier in opens and later in shuts and opens[earlier].keys() <= shuts[later]:
            return f"{later!r} closes every day of {earlier!r}; leave one of them out"
    return ""


def _closes(rule: str) -> bool:
    return bool(_CLOSES.search(rule))


def _swallows(later: Mapping[date, list[Span]], earlier: Mapping[date, list[Span]]) -> bool:
    """Whether a rule takes the place of one before it, with other times."""
    shared = earlier.keys() & later.keys()
    apart = all(_apart(earlier[day], later[day]) for day in shared)
    return bool(shared) and (apart or shared == earlier.keys())


def _closed_by(rule: str, region: str, today: date) -> set[date]:
    """The days that a rule closes wholly."""
    begin, closed = datetime.combine(today, time()), set[date]()
    intervals = parsed(f"24/7; {rule}", region).intervals(begin, begin + timedelta(weeks=WEEKS))
    for start, end, state, _comment in intervals:
        if "open" in str(state).lower() or not end:
            continue
        day = start if start.time() == time() else start + timedelta(days=1)
        while (day := datetime.combine(day, time())) + timedelta(days=1) <= end:
            closed.add(day.date())
            day += timedelta(days=1)
    return closed


def _together(rules: Sequence[str], earlier: str, later: str) -> str:
    """The hours with the later rule added to the earlier one."""
    kept = [rule for rule in rules if rule and rule != later]
    kept[kept.index(earlier)] = f"{earlier}, {later}"
    return "; ".join(kept)


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
