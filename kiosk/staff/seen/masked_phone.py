"""How staff see a phone number: spaced as its country writes it, and masked until asked for."""

from kiosk.languages import typed


def spaced(phone: str, region: str) -> str:
    """An E.164 number as it is written at home, or with its country code from abroad.

    What is not a number anybody could dial is given back as it is.
    """
    import phonenumbers  # as slow to import as the rest of the screen

    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return phone
    home = phonenumbers.country_code_for_region(region) == number.country_code
    style = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)
    return str(written)


def masked(phone: str) -> str:
    """The number with all but its first three and last four digits as stars.

    Of a short one only the last two stay.
    """
    digits = [place for place, char in enumerate(phone) if typed.digit(char)]
    hidden = set(digits[3:-4] or digits[:-2])
    return "".join("*" if place in hidden else char for place, char in enumerate(phone))
