"""Who a check-in belongs to: sealed into its document, found again by tags, opened for staff."""

import logging
import unicodedata
from contextlib import suppress
from typing import Any

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Person
from db.core import StoreCore
from db.day import Day
from db.errors import KeyMissing, StoreError, UnknownCheckIn
from db.privacy.keys import DayKey, arrival_tag
from db.replay import Secret

log = logging.getLogger("clinic.store")


class People(StoreCore):
    """Sealing and opening; any of it may raise KeyMissing."""

    def person(self, check_in: CheckIn) -> Person:
        """Open the sealed name and phone, empty where none was given; raises KeyMissing."""
        with self._reading(check_in.day) as day:
            number = day.ids.get(check_in.id)
            if number is None:
                raise UnknownCheckIn
            return self._unseal(day, check_in)

    def _person(self, arrival: Arrival) -> Person:
        """Give the person as they are sealed: the phone in one form, however it was typed."""
        return Person(arrival.name.strip(), e164(arrival.phone, self._region))

    def _key(self, day: Day) -> DayKey:
        """Give the key that is sealed with now: a lost one is followed by another.

        The lock is held. Raises KeyMissing if none can be made.
        """
        for name in reversed(day.journal.keys):
            with suppress(KeyMissing):
                return self._keys.get(day.date, name)
        head = day.journal.head
        assert head is not None
        try:
            name = self._keys.make_another(day.date, self._place)
        except StoreError as error:
            log.warning("%s has no key, and none can be made: %s", day.date, error)
            raise KeyMissing from None
        log.warning("%s goes on with another key: its own is not on this machine", day.date)
        head = msgspec.structs.replace(head, key=name, continues=None)
        day.journal.append(self._now(day), head=head)
        return self._keys.get(day.date, name)

    def _unseal(self, day: Day, check_in: CheckIn) -> Person:
        sealed = day.marks[check_in.number].sealed
        if sealed is None:
            return Person("", "")
        wrapped = (day.secret_of(sealed) or "").partition(".")[0]
        key = self._keys.get(day.date, sealed.partition(".")[0])
        return key.unseal(check_in.id, sealed, wrapped)

    def _sealed(
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
        key = key or self._key(day)
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

    def _sealed_anew(
        self, old: Day, new: Day, check_in: CheckIn
    ) -> tuple[dict[str, Any], Secret | None]:
        """Seal who checked in on one day for another; nobody, where no key opens who it was."""
        try:
            person = self._unseal(old, check_in)
            return self._sealed(new, check_in.id, person)
        except KeyMissing:
            return {"has_name": False, "has_phone": False, "same_phone_as": None}, None

    def _note_erased(self, day: Day, erased: CheckIn, by: str) -> None:
        told = {"location": self.location, "day": str(day.date), "ticket": erased.ticket}
        self.audit.try_to_note("names_erased", by, self.device, **told)

    def _twins(self, day: Day, secret: Secret | None, fields: dict[str, Any]) -> list[CheckIn]:
        """Give the check-ins of the same name and phone."""
        both = secret.text.split(".")[2] if secret else fields.get("person_tag")
        return day.with_tag(both)

    def _arrival_tag(self, day: Day, arrival: Arrival, key: DayKey | None) -> str:
        # A nameless arrival has nothing to hide, and is taken without a key.
        return arrival_tag(arrival, key.bytes if key else b"", form=day.journal.format)

    def _is_same(self, day: Day, tagged: str, arrival: Arrival) -> bool:
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
