"""The numbers and tickets of a day, counted on; pure."""

from db.day import CHECK_INS, Day

ROOM_FOR = 100_000
"""Check-ins of a machine and day that can be told from those of others by their numbers."""


def next_number(day: Day, series: str) -> tuple[int, str, dict[str, int]]:
    """Give the next number and ticket of a series, and the counters as they are then."""
    head, counters = day.journal.head, day.journal.counters
    first = 0 if head is None or head.format == 1 else place_of(head.series) * ROOM_FOR
    arrivals, count = counters.get("arrivals", 0) + 1, counters.get(series, 0) + 1
    while str(first + arrivals) in day.journal.tables.get(CHECK_INS, ()):
        arrivals += 1  # inserted through TinyDB
    while (ticket := f"{series}{count:03d}") in day.tickets:
        count += 1  # given on a day that was not today
    return first + arrivals, ticket, {"arrivals": arrivals, series: count}


def place_of(series: str) -> int:
    """Give the place of a series among all: A is 0, Z 25, AA 26."""
    place = 0
    for letter in series:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
