"""What the lobby loads ahead, in a quiet moment, so that no patient's first key waits for it."""

from importlib import import_module

from kiosk.content import Clinic, Location
from kiosk.lobby.finding import find, index
from kiosk.lobby.phones import area_code, judge, shown
from kiosk.qr import modules

SCREENS = (
    "articles",
    "book",
    "checkin.screen",
    "help",
    "idle",
    "locations",
    "my_place",
    "my_ticket",
    "notice",
    "onward",
    "search",
    "services",
    "ticket",
    "topic_page",
    "treatments",
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
