"""Who a check-in belongs to: sealed into its document, found again by tags, opened for staff."""

import unicodedata
from typing import Any

from db.checkin import OPEN, Arrival, CheckIn, Person
from db.core import StoreCore
from db.day import Day
from db.errors import UnknownCheckIn
from db.privacy.keys import DayKey, arrival_tag


class People(StoreCore):
    """Sealing and opening; any of it may raise KeyMissing."""

    def person(self, check_in: CheckIn) -> Person:
        """Open the sealed name and phone, empty where none was given; raises KeyMissing."""
        with self._reading(check_in.day) as day:
            number = day.ids.get(check_in.id)
            if number is None:
                raise UnknownCheckIn
            sealed = day.marks[number].sealed
        return self._unseal(check_in, sealed)

    def _person(self, arrival: Arrival) -> Person:
        """Give the person as they are sealed: the phone in one form, however it was typed."""
        return Person(arrival.name.strip(), e164(arrival.phone, self._region))

    def _key(self, day: Day) -> DayKey:
        assert day.journal.head is not None
        return self._keys.get(day.date, day.journal.head.key)

    def _unseal(self, check_in: CheckIn, sealed: str | None) -> Person:
        if sealed is None:
            return Person("", "")
        return self._keys.get(check_in.day, sealed.partition(".")[0]).unseal(check_in.id, sealed)

    def _sealed(self, day: Day, id_: str, person: Person) -> dict[str, Any]:
        """Give the fields of a check-in's document that hold a person, or that there is none."""
        fields: dict[str, Any] = {"has_name": bool(person.name), "has_phone": bool(person.phone)}
        fields |= dict.fromkeys(("same_phone_as", "sealed", "phone_tag", "person_tag"))
        if not (person.name or person.phone):
            return fields
        key = self._key(day)
        fields["sealed"] = key.seal(id_, person)
        if person.phone:
            tag = fields["phone_tag"] = key.phone_tag(person)
            shared = [one for one in day.with_tag(tag) if one.id != id_ and one.status != "void"]
            if shared:
                nearest = min(shared, key=lambda one: (one.status not in OPEN, one.number))
                fields["same_phone_as"] = nearest.ticket
            if person.name:
                fields["person_tag"] = key.person_tag(person)
        return fields

    def _arrival_tag(self, day: Day, arrival: Arrival) -> str:
        # A nameless arrival has nothing to hide, and is taken without a key.
        nameless = not (arrival.name or arrival.phone)
        return arrival_tag(arrival) if nameless else self._key(day).arrival_tag(arrival)


def e164(typed: str, region: str | None) -> str:
    """Give a phone number as E.164, or as it was typed where it is not a possible number.

    `region` (such as "CN") is where a number without + is from; None: only + and 00 count.
    A number with an extension has no E.164 form.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return ""
    import phonenumbers  # slow to import, and an arrival without a phone needs none of it

    if region is None and text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return typed.strip()
    if number.extension or not phonenumbers.is_possible_number(number):
        return typed.strip()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
