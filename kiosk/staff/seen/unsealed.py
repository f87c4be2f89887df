"""Who came today, each name unsealed once: they are gone with whoever was signed in."""

from collections.abc import Mapping, Sequence

from db import Booking, CheckIn, CheckInStore, KeyMissing, Person


class Unsealed:
    """The people of one sign-in; not to be asked by two threads at a time."""

    def __init__(self) -> None:
        self._people: dict[str, tuple[int, Person | None]] = {}
        self._booked: dict[str, tuple[str | None, Person | None]] = {}
        self._forgotten = False

    def people(
        self, store: CheckInStore, check_ins: Sequence[CheckIn]
    ) -> Mapping[str, Person | None]:
        """Who they are, by id, None where the day's key is missing; raises StoreError.

        Unseals whoever is new or was changed since; a change may be another name.
        """
        known = self._people
        people = {}
        for one in check_ins:
            revision, person = known.get(one.id, (0, None))
            if revision != one.revision or person is None:
                person = _person(store, one)
            people[one.id] = one.revision, person
        self._people = {} if self._forgotten else people
        return {id_: person for id_, (_, person) in people.items()}

    def booked(
        self, store: CheckInStore, bookings: Sequence[Booking]
    ) -> Mapping[str, Person | None]:
        """Who is on today's list, in the same way."""
        known = self._booked
        booked = {}
        for one in bookings:
            sealed, person = known.get(one.id, (None, None))
            if sealed != one.sealed or person is None:
                person = _booked_person(store, one)
            booked[one.id] = one.sealed, person
        self._booked = {} if self._forgotten else booked
        return {id_: person for id_, (_, person) in booked.items()}

    def forget(self) -> None:
        """Drop every name that was unsealed, and keep none that is being read just now."""
        self._forgotten = True
        self._people = {}
        self._booked = {}


def _person(store: CheckInStore, check_in: CheckIn) -> Person | None:
    try:
        return store.person(check_in)
    except KeyMissing:
        return None


def _booked_person(store: CheckInStore, booking: Booking) -> Person | None:
    try:
        return store.booked_person(booking.id)
    except KeyMissing:
        return None
