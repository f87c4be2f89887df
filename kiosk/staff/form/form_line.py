"""One field of the form as it is seen: a value."""

import msgspec

from kiosk.staff.form.form_fields import Field
from kiosk.staff.form.judging import NOTHING, Note


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One field as it is seen."""

    field: Field
    label: str
    value: str
    """In words; of a text that is typed now, all of it."""
    quiet: bool = False
    """Whether that stands for something that is not seen."""
    note: Note = NOTHING

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return f"Shown({self.field.value})"
