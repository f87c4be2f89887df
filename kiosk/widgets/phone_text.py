"""A location's phone number, as people of the session's language write it."""

from kiosk.content import Location
from kiosk.i18n import Language


def phone_text(location: Location, _: Language, *, extensions: bool = False) -> str:
    """The number as one dials it: nationally for Chinese readers, from abroad for others."""
    import phonenumbers

    number = phonenumbers.parse(location.phone)
    style = phonenumbers.PhoneNumberFormat
    text = phonenumbers.format_number(number, style.NATIONAL if _.chinese else style.INTERNATIONAL)
    if extensions and location.extensions:
        joined = _(" or ").join(location.extensions)
        text = _("{phone}, extension {extensions}", phone=text, extensions=joined)
    return str(text)
