"""A location's phone number and extensions, as people of the session's language write them."""

from kiosk.content.clinic import Location
from kiosk.languages.language import Language


def phone_text(location: Location, _: Language) -> str:
    """The number as one dials it, and the extensions to ask for."""
    number = _number(location, _)
    if not location.extensions:
        return number
    return _("{phone}, extension {extensions}", phone=number, extensions=_extensions(location, _))


def phone_lines(location: Location, _: Language) -> list[str]:
    """The number, and below it the extensions, for narrow places."""
    lines = [_number(location, _)]
    if location.extensions:
        lines.append(_("extension {extensions}", extensions=_extensions(location, _)))
    return lines


def _number(location: Location, _: Language) -> str:
    """The number: nationally for Chinese readers, from abroad for others.

    A number that is none is given as it is written: `check` complains of it, no screen does.
    """
    import phonenumbers

    style = phonenumbers.PhoneNumberFormat
    kind = style.NATIONAL if _.chinese else style.INTERNATIONAL
    try:
        return str(phonenumbers.format_number(phonenumbers.parse(location.phone), kind))
    except phonenumbers.NumberParseException:
        return location.phone


def _extensions(location: Location, _: Language) -> str:
    return _(" or ").join(location.extensions)
