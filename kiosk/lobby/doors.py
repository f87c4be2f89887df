"""Where each tile and key of the lobby leads: the one list of its doors.

A screen stands here by name and is loaded when its door is opened: no screen imports another to
lead there, and Home loads none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

DOORS = {
    # the tiles of Home
    "check-in": "kiosk.lobby.checkin.screen.CheckInScreen",
    "read": "kiosk.lobby.reading.articles.ArticlesScreen",
    "services": "kiosk.lobby.reading.services.ServicesScreen",
    "find-us": "kiosk.lobby.place.locations.LocationsScreen",
    "book": "kiosk.lobby.place.book.BookScreen",
    "ticket": "kiosk.lobby.ticket.my_ticket.MyTicketScreen",
    # what is there on every screen
    "help": "kiosk.lobby.help.HelpScreen",
    "languages": "kiosk.lobby.language_list.LanguagesScreen",
    "display": "kiosk.lobby.display.DisplayScreen",
    "still-there": "kiosk.lobby.idle.StillThereScreen",
    # further in
    "closed": "kiosk.lobby.closed.ClosedScreen",
    "checked-in": "kiosk.lobby.ticket.ticket.TicketScreen",
    "urgent": "kiosk.lobby.ticket.urgent.UrgentScreen",
    "my-place": "kiosk.lobby.ticket.my_place.MyPlaceScreen",
    "text": "kiosk.lobby.reading.reader.ReaderScreen",
    "onward": "kiosk.lobby.reading.onward.OnwardScreen",
    "search": "kiosk.lobby.reading.search.SearchScreen",
    "topic-page": "kiosk.lobby.reading.topic_page.TopicPageScreen",
    "location": "kiosk.lobby.place.place.PlaceScreen",
    "treatments": "kiosk.lobby.place.treatments.TreatmentsScreen",
}
"""The screen behind each door."""


def screen_behind(door: str, *brings: object) -> "Screen[Any]":
    """A new screen, made of what whoever comes in `brings`."""
    module, _, name = DOORS[door].rpartition(".")
    screen: Screen[Any] = getattr(import_module(module), name)(*brings)
    return screen


def load_all() -> None:
    """Import every screen there is a door to."""
    for screen in DOORS.values():
        import_module(screen.rpartition(".")[0])
