"""The form while it is filled in: what stands in it, and where the next key goes; pure."""

from collections.abc import Sequence

import msgspec

from kiosk.staff.asking.questions import MORE_KEY, Answer
from kiosk.staff.form.answers import beside, page_with, pages
from kiosk.staff.form.form_fields import WRITTEN, Field, Filled, Form
from kiosk.staff.form.writing import Writing


class Pen(msgspec.Struct, frozen=True, kw_only=True):
    """A value: each key gives another one."""

    form: Form
    filled: Filled
    at: int = 0
    """Which field."""
    cursor: int = 0
    """Where in its text."""
    page: int = 0
    """Which page of its answers is seen."""

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return "Pen(…)"

    @classmethod
    def on(cls, form: Form, filled: Filled) -> "Pen":
        """At the first field of a form."""
        return cls(form=form, filled=filled).go_to(form.fields[0])

    @property
    def field(self) -> Field:
        """Where it stands."""
        return self.form.fields[self.at]

    @property
    def writes(self) -> bool:
        """Whether it stands in a text."""
        return self.field in WRITTEN

    @property
    def writing(self) -> Writing:
        """The text that it stands in."""
        return Writing(self.filled.of(self.field), self.cursor)

    @property
    def changed(self) -> list[Field]:
        """The fields in which something else stands than at first."""
        return self.form.changed(self.filled)

    def go(self, by: int) -> "Pen":
        """So many fields further, round and round."""
        return self.go_to(self.form.fields[(self.at + by) % len(self.form.fields)])

    def go_to(self, field: Field) -> "Pen":
        """To a field, behind its text."""
        at, end = self.form.fields.index(field), len(self.filled.of(field))
        return msgspec.structs.replace(self, at=at, cursor=end, page=0)

    def looking_at(self, choice: Sequence[Answer]) -> "Pen":
        """The same on the page where the answer stands that is chosen."""
        return msgspec.structs.replace(self, page=page_with(choice, self.filled.of(self.field)))

    def written(self, new: Writing) -> "Pen":
        """With another text in its field."""
        filled = self.filled.but(self.field, new.text)
        return msgspec.structs.replace(self, filled=filled, cursor=new.at)

    def chosen(self, value: str) -> "Pen":
        """With another answer in its field."""
        return msgspec.structs.replace(self, filled=self.filled.but(self.field, value))

    def digit(
        self, key: str, choice: Sequence[Answer], turn: Sequence[tuple[str, Answer]]
    ) -> "Pen":
        """What a digit makes of a choice: an answer, or the next page of them."""
        if key == MORE_KEY and pages(choice) > 1:
            return msgspec.structs.replace(self, page=(self.page + 1) % pages(choice))
        answer = dict(turn).get(key)
        return self.chosen(answer.value) if answer else self

    def step(self, key: str, choice: Sequence[Answer], value: str) -> "Pen | None":
        """What a key but a digit makes of a choice, from `value` on; None where it is no such."""
        match key:
            case "space" | "right":
                return self.chosen(beside(choice, value, 1)).looking_at(choice)
            case "left":
                return self.chosen(beside(choice, value, -1)).looking_at(choice)
            case "backspace" | "delete":
                return self.chosen(Filled().of(self.field)).looking_at(choice)
        return None
