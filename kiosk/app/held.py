"""Held: what stands in a frozen value, read and set on whoever has the value."""

from typing import Any, Generic, TypeVar, cast

import msgspec

Value = TypeVar("Value")


class Held(Generic[Value]):
    """A name of a frozen value of the owner's; set, it puts another such value in its place."""

    def __init__(self, holder: str) -> None:
        """`holder`: the name under which the owner has the value."""
        self._holder = holder

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: object, _kind: type | None = None) -> Value:
        if owner is None:
            return cast(Value, self)  # asked of the class, as Textual does when it looks for more
        return cast(Value, getattr(getattr(owner, self._holder), self._name))

    def __set__(self, owner: object, new: Value) -> None:
        value: Any = getattr(owner, self._holder)
        setattr(owner, self._holder, msgspec.structs.replace(value, **{self._name: new}))
