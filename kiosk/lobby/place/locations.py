"""Where the clinic is: addresses, phones and hours, and where one stands."""

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content

from kiosk.content.clinic import Location
from kiosk.content.hours import now_in_words, opening, week
from kiosk.content.phone_text import phone_lines
from kiosk.languages.wrap import wrap
from kiosk.lobby.place.addresses import addresses
from kiosk.lobby.screen import LobbyScreen
from kiosk.typesetting.block import ROWS, block_rows
from kiosk.widgets.pages import Item, Pages
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying

MOST_CARDS = 4
"""Locations that stand side by side with all their facts; more are a list."""

Fact = tuple[str, str]
"""A text and its style."""


class LocationsScreen(LobbyScreen[None]):
    """A card for each location; the one where this kiosk stands comes first."""

    NEXT = False
    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def heading(self) -> str:
        """What this is."""
        return self._("Find us")

    def step(self) -> str:
        """What a card leads to."""
        return self._("Choose one: address, code to scan")

    @property
    def _places(self) -> list[Location]:
        here = self.kiosk.location
        return [here, *(loc for loc in self.kiosk.clinic.locations if loc.slug != here.slug)]

    def compose_body(self) -> ComposeResult:
        """Cards side by side, or a list of names and streets."""
        places = self._places
        if len(places) > MOST_CARDS:
            items = [Item(p.slug, self._.pick(p.name), (self._.pick(p.street),)) for p in places]
            yield Pages(items, more=self._("More places"), page=self._page)
            return
        with Grid(id="locations", classes="one" if len(places) == 1 else "two"):
            for key, place in enumerate(places, start=1):
                yield PlaceCard(
                    self._.pick(place.name),
                    self._facts(place),
                    here=self._("You are here") if place is self.kiosk.location else "",
                    foot=self._("For your driver or your phone: press {key}", key=key),
                    key=str(key),
                    id=place.slug,
                )

    def _facts(self, location: Location) -> list[list[Fact]]:
        """What is known, in groups; the address in the script of the place first."""
        first, *others = addresses(location, self.kiosk.clinic.languages, self._.tag)
        lines = phone_lines(location, self._) + [location.email] * bool(location.email)
        now, clinic = self.kiosk.now(), self.kiosk.clinic
        hours = week(location.hours, clinic.region, now.date(), self._)
        times = [
            self._("Opening hours: {hours}", hours=hours)
            if hours
            else self._("Opening hours: ask at the desk")
        ]
        if told := now_in_words(
            opening(clinic.hours_of(location), clinic.region, now), now, self._
        ):
            times.append(told[0].upper() + told[1:])
        facts = [
            [(first, "bold $ink"), *((other, "$ink") for other in others)],
            [(line, "$ink") for line in lines],
            [(line, "$ink") for line in times],
        ]
        if not location.verified:
            facts.append([(self._("Not yet checked by the clinic."), "$quiet")])
        return facts

    async def chosen(self, name: str) -> None:
        """Open a location, or turn the page of a long list."""
        slug: str | None = name
        if pages := self.query(Pages):
            slug = pages.first(Pages).choose(name)
            self._page = pages.first(Pages).page
        if slug:
            self.enter("location", self.kiosk.clinic.location(slug))


class PlaceCard(Press):
    """A location with all that is known of it; what has no room whole is left out."""

    def __init__(
        self,
        label: str,
        facts: list[list[Fact]],
        *,
        here: str,
        foot: str,
        key: str,
        id: str,
    ) -> None:
        super().__init__(label, key=key, id=id, classes="here" if here else "")
        self._facts = facts
        self._here = here
        self._foot = foot

    def said(self) -> list[Saying]:
        """All that is known, and what its key leads to."""
        facts = [text for group in self._facts for text, _style in group]
        lines = filter(None, (self.label, self._here, *facts, self._foot))
        return [Saying("\n".join(lines), self.key)]

    def render(self) -> Content:
        """Key, name and where one is; below, the groups of facts with air between them."""
        width, height = self.size
        large = height >= 4 * ROWS
        head = self._head(width, large=large)
        facts = [*self._facts, [(self._foot, "bold $jade")]] if large else self._facts
        groups = [[r for fact in group for r in self._rows(fact, width)] for group in facts]
        spare = height - len(head) - sum(map(len, groups))
        rows = list(head)
        for group in groups:
            if spare > 0:
                rows.append(Content(""))
                spare -= 1
            if len(rows) + len(group) <= height:
                rows += group
        return Content("\n").join(rows)

    def _rows(self, fact: Fact, width: int) -> list[Content]:
        text, style = fact
        return [Content.styled(line, style) for line in wrap(text, max(1, width))]

    def _head(self, width: int, *, large: bool) -> list[Content]:
        name = Content.styled(self.label, "bold $jade")
        here = Content.styled(f" {self._here} ", self.CHIP) if self._here else Content("")
        if not large:
            line = Content.assemble(self.chip, "  ", name, "  ", here)
            fits = line.cell_length <= width
            return [line] if fits else [Content.assemble(self.chip, "  ", name), here]
        beside = {1: name, 3: here}
        digit = [Content.styled(row, "$jade") for row in block_rows(self.key)]
        rows = [
            Content.assemble(row, "   ", beside.get(at, Content("")))
            for at, row in enumerate(digit)
        ]
        return [Content(""), *rows, Content("")]
