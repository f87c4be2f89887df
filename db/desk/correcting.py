"""Correcting what was said on arriving, and check-ins that should not be."""

import re
from typing import Any

from db.checkin import Arrival, CheckIn, Status
from db.desk.editing import Editing
from db.desk.errors import IllegalTransition
from db.privacy.people import People


class Correcting(Editing, People):
    """The operations that correct; more about all of them at Operations."""

    def void(self, id: str, by: str, reason: str, expected_revision: int | None = None) -> CheckIn:
        """Mark a check-in as entered in error; raises ValueError without a reason.

        The reason "duplicate of A012" merges: A012 takes the higher priority and the earlier
        arrival of the two, and the merge cannot be undone.
        """
        if not reason.strip():
            raise ValueError("A check-in is voided for a reason.")
        with self._writing() as day:
            check_in, at = self._find(day, id, expected_revision), self._now(day)
            merge = re.fullmatch(r"duplicate of ([A-Z]+[0-9]+)", reason)
            survivor = day.check_ins.get(day.tickets.get(merge[1], 0)) if merge else None
            if merge and (survivor is None or survivor.number == check_in.number):
                raise ValueError("A duplicate needs the ticket of another check-in of today.")
            kind = "merged" if merge else "voided"
            edits = [self._edit(day, check_in, kind, by, Status.void, reason, ended_at=at)]
            if survivor is not None:
                taken: dict[str, Any] = {
                    "urgent": survivor.urgent or check_in.urgent,
                    "priority": max(survivor.priority, check_in.priority),
                    "arrived_at": min(survivor.arrived_at, check_in.arrived_at),
                }
                edits.append(self._edit(day, survivor, "absorbed", by, **taken))
            return self._commit(day, edits)[0]

    def amend(
        self, id: str, by: str, expected_revision: int | None = None, **changes: Any
    ) -> CheckIn:
        """Correct what was said on arriving: any field of Arrival, by name.

        Raises InvalidArrival as Arrival does, TypeError for a field it does not have, and
        KeyMissing when there is a name or phone to read or to seal.
        """
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            if check_in.status is Status.void:
                raise IllegalTransition(check_in.ticket, check_in.status, "amended")
            said: dict[str, Any] = {
                name: getattr(check_in, name, "") for name in Arrival.__struct_fields__
            }
            who = changes.keys() & {"name", "phone"}
            if who:
                known = self._unseal(check_in, day.marks[check_in.number].sealed)
                said |= {"name": known.name, "phone": known.phone}
            arrival = Arrival(**(said | changes))
            edited = {name: value for name, value in changes.items() if name not in who}
            if who:
                edited |= self._sealed(day, id, self._person(arrival))
            return self._commit(day, [self._edit(day, check_in, "amended", by, **edited)])[0]
