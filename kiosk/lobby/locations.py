"""Where the clinic is: addresses to show a driver, phones, e-mail, and where one stands."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from kiosk.content import Location
from kiosk.hours import now_in_words, opening, week
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.phone_text import phone_text
from kiosk.widgets.words import Words


class LocationsScreen(LobbyScreen[None]):
    """A card for each location; the one where this kiosk stands comes first."""

    NEXT = False

    def heading(self) -> str:
        """What this is."""
        return self._("Find us")

    def step(self) -> str:
        """What the addresses are good for."""
        return self._("Show the Chinese address to your driver")

    def compose_body(self) -> ComposeResult:
        """Cards side by side."""
        here = self.kiosk.location
        others = [loc for loc in self.kiosk.clinic.locations if loc.slug != here.slug]
        with Horizontal(id="locations"):
            for location in (here, *others):
                with VerticalScroll(
                    classes="location here" if location is here else "location", can_focus=False
                ):
                    yield from self._card(location, here=location is here)

    def _card(self, location: Location, *, here: bool) -> ComposeResult:
        name = self._.pick(location.name)
        where = self._("{location}: you are here", location=name) if here else name
        yield Words(where, classes="question name")
        with Vertical(classes="facts"):
            for text in self._facts(location):
                yield Words(text, classes="fact")

    def _facts(self, location: Location) -> list[str]:
        languages = self.kiosk.clinic.languages
        addresses = [location.address[tag] for tag in languages if tag in location.address]
        facts = ["\n".join(addresses)]
        facts.append(phone_text(location, self._, extensions=True))
        if location.email:
            facts.append(location.email)
        now, region = self.kiosk.now(), self.kiosk.clinic.region
        hours = week(location.hours, region, now.date(), self._)
        hours = hours or self._("please ask at the desk")
        facts.append(self._("Opening hours: {hours}", hours=hours))
        if told := now_in_words(opening(location.hours, region, now), now, self._):
            facts.append(told[0].upper() + told[1:])
        if not location.verified:
            facts.append(self._("Not yet checked by the clinic."))
        return facts
