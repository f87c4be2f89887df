"""What the lobby loads ahead, in a quiet moment, so that no patient's first key waits for it."""

from kiosk.content.clinic import Clinic, Location
from kiosk.intake.phones import area_code, judge, shown
from kiosk.lobby import doors
from kiosk.lobby.reading.finding import find, index
from kiosk.qr import modules


def load(clinic: Clinic, location: Location) -> None:
    """Import the screens, the region's phone numbers, what Search finds, and Book's first code."""
    doors.load_all()
    judge(location.phone, clinic.region, area_code(location.phone))
    shown(location.phone, clinic.region)
    find(index(clinic), "z")  # reads the pinyin
    modules(clinic.booking_link(location.slug))
