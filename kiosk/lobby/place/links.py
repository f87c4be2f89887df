"""What a location's codes hold for a phone: the number to ring, and a card for its contacts."""

from kiosk.content.clinic import Clinic, Location


def call_link(location: Location) -> str:
    """The phone number as a link (RFC 3966).

    Extensions are printed beside it: from a code, phones dial them wrongly or not at all.
    """
    return f"tel:{location.phone}"


def contact_cards(clinic: Clinic, location: Location) -> tuple[str, ...]:
    """The place as an entry in a phone's contacts, the fullest first.

    MECARD (NTT Docomo), since a vCard takes twice the room: with the e-mail where a code has room
    for it, else the name and the number.
    """
    name = location.name.get("en") or next(iter(location.name.values()))
    card = f"MECARD:N:{_escaped(f'{clinic.short_name} {name}')};TEL:{location.phone};"
    fuller = (f"{card}EMAIL:{_escaped(location.email)};;",) if location.email else ()
    return (*fuller, f"{card};")


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in '\\;:,"' else char for char in text)
