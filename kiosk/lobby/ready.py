"""What the lobby loads ahead, in a quiet moment, so that no patient's first key waits for it."""

from importlib import import_module

from kiosk.content import Clinic, Location
from kiosk.lobby.phones import area_code, judge, shown
from kiosk.qr import modules

SCREENS = (
    "articles",
    "book",
    "checkin.screen",
    "code",
    "help",
    "locations",
    "my_place",
    "my_ticket",
    "notice",
    "onward",
    "services",
    "ticket",
)
"""Modules of this folder that Home imports when their tile is pressed."""


def load(clinic: Clinic, location: Location) -> None:
    """Import the screens, the region's phone numbers, and the code that Book shows first."""
    for name in SCREENS:
        import_module(f"kiosk.lobby.{name}")
    judge(location.phone, clinic.region, area_code(location.phone))
    shown(location.phone, clinic.region)
    modules(clinic.booking_link(location.slug))
