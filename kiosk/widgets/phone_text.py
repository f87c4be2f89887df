"""A location's phone number, as people of the session's language write it."""

from kiosk.content import Location
from kiosk.i18n import Language


def phone_text(location: Location, _: Language, *, extensions: bool = False) -> str:
    """The number as one dials it: nationally for Chinese readers, from abroad for others.

    A number that is none is given as it is written: `check` complains of it, no screen does.
    """
    import phonenumbers

    style = phonenumbers.PhoneNumberFormat
    kind = style.NATIONAL if _.chinese else style.INTERNATIONAL
    try:
        text = phonenumbers.format_number(phonenumbers.parse(location.phone), kind)
    except phonenumbers.NumberParseException:
        text = location.phone
    if extensions and location.extensions:
        joined = _(" or ").join(location.extensions)
        text = _("{phone}, extension {extensions}", phone=text, extensions=joined)
    return str(text)


def phone_lines(location: Location, _: Language) -> list[str]:
    """The number, and below it the extensions to ask for, for narrow places."""
    lines = [phone_text(location, _)]
    if location.extensions:
        lines.append(_("extension {extensions}", extensions=_(" or ").join(location.extensions)))
    return lines
