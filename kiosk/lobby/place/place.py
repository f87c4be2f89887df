"""One location: its address for a driver or a map, and codes to ring it and to keep it."""

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.content.clinic import Location
from kiosk.content.phone_text import phone_lines, phone_text
from kiosk.languages.language import language
from kiosk.lobby.code_frame import CodeFrame
from kiosk.lobby.place.addresses import addresses
from kiosk.lobby.place.links import call_link, contact_cards
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words

KINDS = ("map", "call", "contact")
"""What can be shown, by key from 1."""


class PlaceScreen(CodeFrame[None]):
    """A digit chooses what stands to the right; what it holds is always said in words too."""

    IDLE = 2.0

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self._kind = "map"

    def heading(self) -> str:
        """Which one it is."""
        return self._.pick(self.location.name)

    def step(self) -> str:
        """Whether one stands in it."""
        here = self.location.slug == self.kiosk.location.slug
        return self._("You are here") if here else self._.pick(self.location.street)

    def compose_body(self) -> ComposeResult:
        """Three kinds, and what the chosen one means."""
        with Grid(id="kinds"):
            for key, kind in enumerate(KINDS, start=1):
                yield Tile("", key=str(key), id=kind)
        with Vertical(id="said"):
            yield Words(id="invitation")
            yield Words(id="fact")

    def show_code(self) -> None:
        """Show the chosen kind, and say which it is."""
        super().show_code()
        labels = {
            "map": self._("Scan for the map")
            if self.location.map_url
            else self._("Address for a driver"),
            "call": self._("Call us"),
            "contact": self._("Add us to your contacts"),
        }
        beneath = {
            "map": self._.pick(self.location.street),
            "call": phone_text(self.location, self._),
            "contact": self.location.email,
        }
        for kind, label in labels.items():
            tile = self.query_one(f"#{kind}", Tile)
            tile.set_class(kind == self._kind, "main")
            tile.relabel(label, beneath[kind])
        invitation = self.query_one("#invitation", Words)
        invitation.set_class(bool(self.links()), "scan")
        invitation.say(self._invitation())
        self.query_one("#fact", Words).say("\n".join(self._facts()))

    def links(self) -> tuple[str, ...]:
        """The code of the chosen kind; a place without a map has its address instead."""
        match self._kind:
            case "call":
                return (call_link(self.location),)
            case "contact":
                return contact_cards(self.kiosk.clinic, self.location)
            case _:
                return (self.location.map_url,) if self.location.map_url else ()

    def instead(self) -> str:
        """What to show a driver, in the script of the place first; or the number."""
        if self._kind != "map":
            return "\n".join((*self._numbers(), self.location.email))
        lang = language(self.kiosk.clinic.languages[0])
        return "\n\n".join((lang("Please take me to:"), *self._addresses()))

    def _addresses(self) -> list[str]:
        return addresses(self.location, self.kiosk.clinic.languages, self._.tag)

    def _numbers(self) -> list[str]:
        return phone_lines(self.location, self._)

    def _invitation(self) -> str:
        match self._kind:
            case "call":
                return self._("Scan to call, or dial")
            case "contact":
                return self._("Scan to keep us in your contacts")
            case _ if self.location.map_url:
                return ""  # the card above says it
            case _:
                return self._("Show this screen to your driver, or take a photo of it")

    def _facts(self) -> list[str]:
        match self._kind:
            case "call":
                return self._numbers()
            case "contact":
                return [*self._numbers(), self.location.email]
            case _:
                return self._addresses() if self.location.map_url else []

    async def chosen(self, name: str) -> None:
        """Another kind."""
        if name in KINDS:
            self._kind = name
            self.show_code()
