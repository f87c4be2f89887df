"""The answers a new clinic's content is made from, and what follows from them."""

import re
from collections.abc import Callable, Mapping
from zoneinfo import available_timezones

import msgspec

from kiosk.content.check import link_fault
from kiosk.languages.language import OWN_NAMES
from kiosk.languages.typed import DIGITS

QUESTIONS: Mapping[str, str] = {
    "name": "What is the clinic called?",
    "website": "Its website, such as millrace.example?",
    "address": "Street and city, with a comma between?",
    "phone": "Its phone number, with + and the country, such as +44 113 496 0123?",
}
"""What is always asked."""
MORE: Mapping[str, str] = {
    "ambulance": "What does one dial there for an ambulance?",
    "time_zone": "In which time zone is it, such as Europe/London?",
}
"""What is asked where the phone number does not tell it."""
EVERY = {**QUESTIONS, **MORE}
LANGUAGES = tuple(OWN_NAMES)
_USUAL = {
    **dict.fromkeys(("CN",), ("zh-Hans", "en")),
    **dict.fromkeys(("TW", "HK", "MO"), ("zh-Hant", "en")),
    **dict.fromkeys(("JP",), ("ja", "en")),
    **dict.fromkeys(("KR",), ("ko", "en")),
    **dict.fromkeys(("DE", "AT"), ("de", "en")),
    **dict.fromkeys(("FR",), ("fr", "en")),
    **dict.fromkeys(("ES", "MX", "AR", "CL", "CO", "PE"), ("es", "en")),
}
"""Languages to begin with, by country; elsewhere English."""
_EUROPE = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_AMBULANCE = {
    "CN": "120",
    "TW": "119",
    "HK": "999",
    "MO": "999",
    "JP": "119",
    "KR": "119",
    "GB": "999",
    "US": "911",
    "CA": "911",
    "AU": "000",
    "NZ": "111",
    "SG": "995",
    **dict.fromkeys(_EUROPE.split(), "112"),
}
"""Numbers that are certain; any other is asked for."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered, as content/ has it; "" is what is still to be asked."""

    name: str
    website: str
    street: str
    city: str
    phone: str
    region: str
    ambulance: str
    time_zone: str
    languages: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """Those of `MORE` that nothing told."""
        return [field for field in MORE if not getattr(self, field)]

    @property
    def short_url(self) -> str:
        """The website as people type it."""
        return self.website.partition("://")[2].rstrip("/")

    @property
    def address(self) -> str:
        """On one line, as it is written there."""
        if self.region in ("CN", "TW", "HK", "MO", "JP") and not self.street.isascii():
            return self.city + self.street
        return f"{self.street}, {self.city}"


def answers(said: Mapping[str, str]) -> Answers:
    """What follows from what was said; raises ValueError with a sentence."""
    street, city = _address(said["address"])
    number = _phone(said["phone"])
    region = number[1]
    zones = _zones(number[0])
    return Answers(
        name=name(said["name"]),
        website=website(said["website"]),
        street=street,
        city=city,
        phone=number[0],
        region=region,
        ambulance=ambulance(said.get("ambulance", "")) or _AMBULANCE.get(region, ""),
        time_zone=time_zone(said.get("time_zone", "")) or (zones[0] if len(zones) == 1 else ""),
        languages=languages(said.get("languages", "")) or _USUAL.get(region, ("en",)),
    )


def name(text: str) -> str:
    """A name; raises ValueError."""
    if not text.strip() or not text.isprintable():
        raise ValueError("Please write the clinic's name.")
    return text.strip()


def website(text: str) -> str:
    """An address, with https:// where it was left out; raises ValueError."""
    link = text.strip() if "://" in text else f"https://{text.strip()}"
    if fault := link_fault(link):
        raise ValueError(f"{text!r} is no address of a website: {fault}.")
    return link if link.count("/") > 2 else f"{link}/"


def _address(text: str) -> tuple[str, str]:
    street, _, city = text.replace("，", ",").rpartition(",")
    if not street.strip() or not city.strip() or not text.isprintable():
        raise ValueError("Please write street and city, with a comma between: 12 Mill Lane, Leeds.")
    return street.strip(), city.strip()


def _phone(text: str) -> tuple[str, str]:
    """The number as it is kept, and the country it is in."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
        region = phonenumbers.region_code_for_number(number)
    except phonenumbers.NumberParseException:
        raise ValueError(f"{text!r} is no phone number; begin with + and the country.") from None
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f"{text!r} is no phone number of any country; is a digit missing?")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), region


def _zones(phone: str) -> tuple[str, ...]:
    import phonenumbers
    from phonenumbers import timezone

    zones: tuple[str, ...] = timezone.time_zones_for_number(phonenumbers.parse(phone))
    return tuple(zone for zone in zones if zone in available_timezones())


def ambulance(text: str) -> str:
    """A number to dial, or ""; raises ValueError."""
    number = text.strip()
    if number and (number.strip(DIGITS) or not 2 <= len(number) <= 6):
        raise ValueError(f"{text!r} is no number to dial for help; write digits, such as 112.")
    return number


def time_zone(text: str) -> str:
    """A zone, or ""; raises ValueError."""
    if text.strip() not in ("", *available_timezones()):
        raise ValueError(f"There is no time zone {text!r}; write one such as Europe/London.")
    return text.strip()


def languages(text: str) -> tuple[str, ...]:
    """Codes with commas between, or none; raises ValueError."""
    tags = tuple(dict.fromkeys(filter(None, re.split(r"[,\s]+", text.strip()))))
    for tag in tags:
        if tag not in LANGUAGES:
            raise ValueError(f"There is no language {tag!r}. There are: {', '.join(LANGUAGES)}.")
    return tags


CHECKS: Mapping[str, Callable[[str], object]] = {
    "name": name,
    "website": website,
    "address": _address,
    "phone": _phone,
    "ambulance": ambulance,
    "time_zone": time_zone,
    "languages": languages,
}
"""What says by a ValueError that an answer cannot be used."""
