"""Booking: a code for one's own phone, the address in words, and the number to ring."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.content.clinic import Location, Service
from kiosk.content.phone_text import phone_lines
from kiosk.lobby.code_frame import CodeFrame
from kiosk.widgets.press import Press
from kiosk.widgets.words import Words

PLACES_IN_A_ROW = 2
MOST_PLACES = 4
"""Locations there is room to choose from here; of more, this kiosk's own is shown."""
TREATMENT = "treatment"
HEADING_CELLS = 36
"""Cells of a heading of one line at 80 columns; a second would leave no room below it."""


class BookScreen(CodeFrame[None]):
    """The clinic's booking page for a location, and for a service where one leads here."""

    IDLE = 2.0

    def __init__(self, service: Service | None = None) -> None:
        super().__init__()
        self._service = service
        self._place: Location | None = None

    @property
    def _location(self) -> Location:
        return self._place or self.kiosk.location

    @property
    def _places(self) -> tuple[Location, ...]:
        places = self.kiosk.clinic.locations
        return places if 1 < len(places) <= MOST_PLACES else ()

    @property
    def _asks_for_treatment(self) -> bool:
        return "{service}" in self.kiosk.clinic.booking_url

    def _treatment(self) -> str:
        return self._("Another treatment") if self._service else self._("Choose a treatment")

    def heading(self) -> str:
        """What this is."""
        title = self._("Book an appointment")
        if not self._service:
            return title
        treatment = self._.pick(self._service.title)
        both = title + self._(": ") + treatment
        return both if cell_len(both) <= HEADING_CELLS else treatment

    def step(self) -> str:
        """What it is not."""
        return self._("For another day. To be seen today, check in.")

    def compose_body(self) -> ComposeResult:
        """Where to, and every way but the code."""
        if self._places:
            with Grid(id="places"):
                for key, place in enumerate(self._places, start=1):
                    yield Press(self._.pick(place.name), key=str(key), id=place.slug)
        if self._asks_for_treatment:
            yield Press(self._treatment(), key=str(len(self._places) + 1), id=TREATMENT)
        is_crowded = self._asks_for_treatment or len(self._places) > PLACES_IN_A_ROW
        with Vertical(id="said", classes="close" if is_crowded else ""):
            yield Words(self._("Scan with your phone's camera"), id="invitation", classes="scan")
            yield Words(self._("or open this page:"), classes="hint")
            yield Words(self.kiosk.clinic.short_url, classes="fact")
            yield Words(self._("or ring us:"), classes="hint")
            yield Words(id="phone", classes="fact")
            yield Words(self._("or ask at the desk."), id="desk", classes="hint")

    def show_code(self) -> None:
        """Show the chosen location's code and number."""
        super().show_code()
        for place in self._places:
            self.query_one(f"#{place.slug}", Press).set_class(place is self._location, "main")
        self.query_one("#phone", Words).say("\n".join(phone_lines(self._location, self._)))

    def links(self) -> tuple[str, ...]:
        """The booking page, or where it is too long the clinic's short address."""
        clinic = self.kiosk.clinic
        service = self._service.slug if self._service else ""
        return clinic.booking_link(self._location.slug, service), f"https://{clinic.short_url}"

    def instead(self) -> str:
        """The address to type."""
        return self.kiosk.clinic.short_url

    async def chosen(self, name: str) -> None:
        """Another location, or a treatment."""
        if name == TREATMENT:
            self.enter("treatments", then=self._take)
            return
        self._place = next((p for p in self._places if p.slug == name), self._place)
        self.show_code()

    async def _take(self, service: Service | None) -> None:
        if service:
            self._service = service
            await self.relanguage()
