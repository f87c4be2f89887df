"""What the lobby loads ahead, in a quiet moment, so that no patient's first key waits for it."""

from importlib import import_module

from kiosk.content.clinic import Clinic, Location
from kiosk.intake.phones import area_code, judge, shown
from kiosk.lobby.reading.finding import find, index
from kiosk.qr import modules

SCREENS = (
    "reading.articles",
    "place.book",
    "checkin.screen",
    "help",
    "idle",
    "place.locations",
    "ticket.my_place",
    "ticket.my_ticket",
    "notice",
    "reading.onward",
    "reading.search",
    "reading.services",
    "ticket.ticket",
    "reading.topic_page",
    "place.treatments",
)
"""Modules of this folder that Home imports when their tile is pressed."""


def load(clinic: Clinic, location: Location) -> None:
    """Import the screens, the region's phone numbers, what Search finds, and Book's first code."""
    for name in SCREENS:
        import_module(f"kiosk.lobby.{name}")
    judge(location.phone, clinic.region, area_code(location.phone))
    shown(location.phone, clinic.region)
    find(index(clinic), "z")  # reads the pinyin
    modules(clinic.booking_link(location.slug))
