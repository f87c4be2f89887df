"""One location: its address for a driver or a map, and codes to ring it and to keep it."""

from enum import StrEnum
from typing import assert_never

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


class Kind(StrEnum):
    """What can be shown, by key from 1."""

    MAP = "map"
    CALL = "call"
    CONTACT = "contact"


class PlaceScreen(CodeFrame[None]):
    """A digit chooses what stands to the right; what it holds is always said in words too."""

    IDLE = 2.0

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self._kind = Kind.MAP

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
            for key, kind in enumerate(Kind, start=1):
                yield Tile("", key=str(key), id=kind)
        with Vertical(id="said"):
            yield Words(id="invitation")
            yield Words(id="fact")

    def show_code(self) -> None:
        """Show the chosen kind, and say which it is."""
        super().show_code()
        for kind in Kind:
            tile = self.query_one(f"#{kind}", Tile)
            tile.set_class(kind is self._kind, "main")
            tile.relabel(*self._label(kind))
        invitation = self.query_one("#invitation", Words)
        invitation.set_class(bool(self.links()), "scan")
        invitation.say(self._invitation())
        self.query_one("#fact", Words).say("\n".join(self._facts()))

    def _label(self, kind: Kind) -> tuple[str, str]:
        """What the card of a kind says, and beneath it."""
        match kind:
            case Kind.MAP:
                street = self._.pick(self.location.street)
                if self.location.map_url:
                    return self._("Scan for the map"), street
                return self._("Address for a driver"), street
            case Kind.CALL:
                return self._("Call us"), phone_text(self.location, self._)
            case Kind.CONTACT:
                return self._("Add us to your contacts"), self.location.email
            case _:
                assert_never(kind)

    def links(self) -> tuple[str, ...]:
        """The code of the chosen kind; a place without a map has its address instead."""
        match self._kind:
            case Kind.MAP:
                return (self.location.map_url,) if self.location.map_url else ()
            case Kind.CALL:
                return (call_link(self.location),)
            case Kind.CONTACT:
                return contact_cards(self.kiosk.clinic, self.location)
            case _:
                assert_never(self._kind)

    def instead(self) -> str:
        """What to show a driver, in the script of the place first; or the number."""
        if self._kind is not Kind.MAP:
            return "\n".join((*self._numbers(), self.location.email))
        lang = language(self.kiosk.clinic.languages[0])
        return "\n\n".join((lang("Please take me to:"), *self._addresses()))

    def _addresses(self) -> list[str]:
        return addresses(self.location, self.kiosk.clinic.languages, self._.tag)

    def _numbers(self) -> list[str]:
        return phone_lines(self.location, self._)

    def _invitation(self) -> str:
        match self._kind:
            case Kind.CALL:
                return self._("Scan to call, or dial")
            case Kind.CONTACT:
                return self._("Scan to keep us in your contacts")
            case Kind.MAP if self.location.map_url:
                return ""  # the card above says it
            case Kind.MAP:
                return self._("Show this screen to your driver, or take a photo of it")
            case _:
                assert_never(self._kind)

    def _facts(self) -> list[str]:
        match self._kind:
            case Kind.MAP:
                return self._addresses() if self.location.map_url else []
            case Kind.CALL:
                return self._numbers()
            case Kind.CONTACT:
                return [*self._numbers(), self.location.email]
            case _:
                assert_never(self._kind)

    async def chosen(self, name: str) -> None:
        """Another kind."""
        if name in {*Kind}:
            self._kind = Kind(name)
            self.show_code()
