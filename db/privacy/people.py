"""Who a check-in belongs to: sealed into its document, found again by tags, opened for staff."""

import logging
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Person
from db.day import Day
from db.errors import KeyMissing, StoreError
from db.privacy.keys import DayKey, DayKeys, arrival_tag
from db.replay import Secret
from db.served import Served

log = logging.getLogger("clinic.store")


class People:
    """Sealing and opening on days that are open; any of it may raise KeyMissing."""

    def __init__(
        self, keys: DayKeys, served: Served, now_in: Callable[[Day], datetime], region: str | None
    ) -> None:
        """`now_in` tells the time in a day; `region`: where phones without a country are from."""
        self._keys = keys
        self._served = served
        self._now_in = now_in
        self._region = region

    def person(self, arrival: Arrival) -> Person:
        """Give the person as they are sealed: the phone in one form, however it was typed."""
        return Person(arrival.name.strip(), e164(arrival.phone, self._region))

    def e164(self, phone: str) -> str:
        """Give a phone in the one form, however it was typed."""
        return e164(phone, self._region)

    def key(self, day: Day) -> DayKey:
        """Give the key that is sealed with now: a lost one is followed by another.

        The lock is held. Raises KeyMissing if none can be made.
        """
        for name in reversed(day.journal.keys):
            with suppress(KeyMissing):
                return self._keys.get(day.date, name)
        head = day.journal.head
        assert head is not None
        try:
            name = self._keys.make_another(day.date, self._served.place())
        except StoreError as error:
            log.warning("%s has no key, and none can be made: %s", day.date, error)
            raise KeyMissing from None
        log.warning("%s goes on with another key: its own is not on this machine", day.date)
        head = msgspec.structs.replace(head, key=name, continues=None)
        day.journal.append(self._now_in(day), head=head)
        return self._keys.get(day.date, name)

    def unseal(self, day: Day, check_in: CheckIn) -> Person:
        """Open the sealed name and phone, empty where none was given."""
        sealed = day.marks[check_in.number].sealed
        if sealed is None:
            return Person("", "")
        wrapped = (day.secret_of(sealed) or "").partition(".")[0]
        key = self._keys.get(day.date, sealed.partition(".")[0])
        return key.unseal(check_in.id, sealed, wrapped)

    def sealed(
        self,
        day: Day,
        id_: str,
        person: Person,
        arrival_tag: str | None = None,
        key: DayKey | None = None,
    ) -> tuple[dict[str, Any], Secret | None]:
        """Give the fields of a check-in's document that hold a person, or that there is none.

        What opens them, and finds them again, is a secret apart: it can be destroyed. On days of
        format 1 it stands in the document.
        """
        fields: dict[str, Any] = {"has_name": bool(person.name), "has_phone": bool(person.phone)}
        fields |= {"same_phone_as": None, "sealed": None}
        if day.journal.format == 1:
            fields |= {"phone_tag": None, "person_tag": None}
        if not (person.name or person.phone):
            return fields, None
        key = key or self.key(day)
        phone = key.phone_tag(person) if person.phone else None
        both = key.person_tag(person) if person.phone and person.name else None
        if phone is not None:
            shared = [one for one in day.with_tag(phone) if one.id != id_ and one.status != "void"]
            if shared:
                nearest = min(shared, key=lambda one: (one.status not in OPEN, one.number))
                fields["same_phone_as"] = nearest.ticket
        if day.journal.format == 1:
            fields |= {"phone_tag": phone, "person_tag": both}
            fields["sealed"] = key.seal_by_itself(id_, person)
            return fields, None
        fields["sealed"], name, wrapped = key.seal(id_, person)
        text = ".".join([wrapped, phone or "", both or "", arrival_tag or ""])
        return fields, Secret(id_, name, text)

    def sealed_anew(
        self, old: Day, new: Day, check_in: CheckIn
    ) -> tuple[dict[str, Any], Secret | None]:
        """Seal who checked in on one day for another; nobody, where no key opens who it was."""
        try:
            person = self.unseal(old, check_in)
            return self.sealed(new, check_in.id, person)
        except KeyMissing:
            return {"has_name": False, "has_phone": False, "same_phone_as": None}, None

    def twins(self, day: Day, secret: Secret | None, fields: dict[str, Any]) -> list[CheckIn]:
        """Give the check-ins of the same name and phone."""
        both = secret.text.split(".")[2] if secret else fields.get("person_tag")
        return day.with_tag(both)

    def arrival_tag(self, day: Day, arrival: Arrival, key: DayKey | None) -> str:
        """Tag an arrival; a nameless one has nothing to hide, and is taken without a key."""
        return arrival_tag(arrival, key.bytes if key else b"", form=day.journal.format)

    def is_same(self, day: Day, tagged: str, arrival: Arrival) -> bool:
        """Say whether an arrival is the one that was tagged on a day, as far as can be told."""
        form = day.journal.format
        if tagged == arrival_tag(arrival, form=form):
            return True
        if not (arrival.name.strip() or arrival.phone.strip()):
            return False
        tags = []
        for name in day.journal.keys:
            with suppress(KeyMissing):
                tags.append(self._keys.get(day.date, name).arrival_tag(arrival, form=form))
        return tagged in tags or len(tags) < len(day.journal.keys)


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
