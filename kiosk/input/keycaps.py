"""The keys of the keyboard on the screen: what each does, and how they stand in rows."""

from functools import lru_cache

import msgspec

DELETE, SPACE, CAPITALS, OTHER = "delete", "space", "capitals", "other"
PINYIN, DONE = "pinyin", "done"
OFFER, EARLIER, LATER = "offer", "earlier", "later"

LETTERS = ("qwertyuiop", "asdfghjkl'", "zxcvbnm")
DIGITS = ("1234567890", ",:;()/&@#*", '_+"!?%=')

STEERS = {"8": "up", "2": "down", "4": "left", "6": "right"}
"""Where the digits of a keypad move to on the keys; 5 strikes one."""


class Cap(msgspec.Struct, frozen=True):
    """One key: what it does, what stands on it, how many letters wide it is."""

    name: str
    label: str
    width: int = 1
    place: int = 0
    """Of an offer: which."""


@lru_cache(maxsize=32)
def rows_of_caps(
    delete: str, space: str, done: str, *, digits: bool, capitals: bool
) -> tuple[tuple[Cap, ...], ...]:
    """The four rows of keys below the offers."""

    def keys(row: str) -> list[Cap]:
        return [Cap(char, char) for char in (row.upper() if capitals else row)]

    first, second, third = DIGITS if digits else LETTERS
    shift = Cap("<", "<") if digits else Cap(CAPITALS, "Aa")
    return (
        tuple(keys(first)),
        tuple(keys(second)),
        (shift, *keys(third), Cap(DELETE, delete, 2)),
        (
            Cap(OTHER, "ABC" if digits else "123", 2),
            Cap(DONE, done, 2) if done else Cap(PINYIN, "拼音", 2),
            Cap(SPACE, space, 4),
            Cap("-", "-"),
            Cap(".", "."),
        ),
    )
