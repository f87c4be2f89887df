"""What the clinic publishes: Clinic, Location, Service and Article, frozen and validated."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec

from kiosk.content.holidays import Year, with_holidays

Texts = Mapping[str, str]
"""One text in several languages, by language tag."""

_WORDS_A_MINUTE = 200
_CHARACTERS_A_MINUTE = 350
"""Silent reading of non-fiction: about 240 English words (Brysbaert 2019) and 260 to 400 Chinese
characters a minute; people who wait, and are in pain, read more slowly."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in one file of content/: where, and a sentence that says how to mend it."""

    file: str
    message: str
    line: int | None = None
    field: str = ""
    warning: bool = False
    """Whether the kiosk does without, and nobody need be stopped by it."""

    @property
    def where(self) -> str:
        """The line and the field, as far as they are known."""
        line = f"line {self.line}" if self.line else ""
        return ", ".join(filter(None, (line, self.field)))

    def __str__(self) -> str:
        return f"{self.file}: {f'{self.where}: ' if self.where else ''}{self.message}"


class ContentError(Exception):
    """The clinic or a location cannot be read; the text names the files and what is wrong."""

    def __init__(self, *problems: Problem | str) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(p for p in problems if isinstance(p, Problem))


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What people come for, as asked in the check-in: Chinese medicine, hands-on, doctor."""

    slug: str
    key: str
    title: dict[str, str]
    hint: dict[str, str] = {}


class Practitioner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody an appointment can be with, and the services they give."""

    name: str
    services: tuple[str, ...] = ()


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A heading that articles stand under."""

    slug: str
    title: dict[str, str]


class Order(StrEnum):
    """Who of those who wait is called first, in the words of the store."""

    ARRIVAL = "arrival"
    APPOINTMENT = "appointment"
    """Whose appointment staff have confirmed, from its time on, before the others."""


class Location(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place of the clinic. `phone` is in E.164; a field the clinic has not told is empty."""

    slug: str = ""
    name: dict[str, str]
    building: str = ""
    address: dict[str, str]
    street: dict[str, str]
    city: dict[str, str]
    phone: str
    extensions: tuple[str, ...] = ()
    email: str = ""
    hours: str = ""
    make_up_hours: str = ""
    """Times of the workdays that make up for a holiday; without, they are what they always are."""
    order: Order = Order.ARRIVAL
    map_url: str = ""
    """A page with the map of this place; without it the address is shown to a driver."""
    verified: bool = False


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A treatment or consultation the clinic offers, in every language it is written in."""

    slug: str
    group: str
    order: int
    title: Texts
    summary: Texts
    body: Texts
    ask_first: bool
    verified: bool
    source_url: str
    articles: tuple[str, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text to read while waiting, in every language it is written in."""

    slug: str
    topic: str
    order: int
    title: Texts
    summary: Texts
    body: Texts
    health: bool
    verified: bool
    source_url: str
    services: tuple[str, ...]

    def minutes(self, tag: str) -> int:
        """Whole minutes a person needs to read it in the language `tag`; at least 1."""
        body = self.body.get(tag, "")
        wide = sum(char >= "\u2e80" for char in body)
        words = len(body.split()) if wide < len(body) / 4 else 0
        return max(1, round(wide / _CHARACTERS_A_MINUTE + words / _WORDS_A_MINUTE))


class Clinic(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The whole of content/: the clinic, its locations, services and articles, in their order."""

    name: str
    short_name: str
    website: str
    short_url: str
    booking_url: str
    languages: tuple[str, ...]
    article_languages: tuple[str, ...]
    """Those that articles are written in; the others offer an article in one of these."""
    time_zone: str
    region: str
    emergency_number: str
    consent_version: str
    surnames: dict[str, str]
    """Surnames to choose from, commonest first, each with its Latin spelling."""
    about: Texts
    groups: tuple[Group, ...]
    practitioners: tuple[Practitioner, ...]
    topics: tuple[Topic, ...]
    locations: tuple[Location, ...]
    services: tuple[Service, ...]
    articles: tuple[Article, ...]
    holidays: tuple[Year, ...] = ()
    """The years whose public holidays were announced."""
    problems: tuple[Problem, ...]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.time_zone)

    def location(self, slug: str | None) -> Location:
        """The location with this slug, the first for None; raises ContentError if there is none."""
        for location in self.locations:
            if slug in (None, location.slug):
                return location
        known = ", ".join(location.slug for location in self.locations)
        raise ContentError(f"There is no location {slug!r}. The clinic has: {known}.")

    def with_hours(self, slug: str | None, hours: str | None) -> "Clinic":
        """The same clinic, one location of which has these opening hours; None leaves its own."""
        if hours is None:
            return self
        here = self.location(slug)
        other = msgspec.structs.replace(here, hours=hours)
        locations = tuple(other if one is here else one for one in self.locations)
        return msgspec.structs.replace(self, locations=locations)

    def hours_of(self, location: Location) -> str:
        """The opening hours of a place, with the holidays that were announced."""
        return with_holidays(location.hours, location.make_up_hours, self.holidays)

    def service(self, slug: str) -> Service | None:
        """The service with this slug."""
        return next((s for s in self.services if s.slug == slug), None)

    def article(self, slug: str) -> Article | None:
        """The article with this slug."""
        return next((a for a in self.articles if a.slug == slug), None)

    def services_of(self, group: str) -> tuple[Service, ...]:
        """The services of one group, in their order."""
        return tuple(s for s in self.services if s.group == group)

    def booking_link(self, location: str = "", service: str = "") -> str:
        """The address where one books, for a location and a service if the clinic's has them."""
        return self.booking_url.replace("{location}", location).replace("{service}", service)
