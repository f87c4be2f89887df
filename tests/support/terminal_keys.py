"""What terminals send for keys."""

from collections.abc import Mapping

KEYS: Mapping[str, bytes] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    **{f"f{n}": b"\x1bO" + b"PQRS"[n - 1 : n] for n in range(1, 5)},
    **{
        f"f{n}": b"\x1b[%d~" % code
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    "ctrl+\\": b"\x1c",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for keys that are not a character."""


def told(key: str) -> bytes:
    """What a terminal with kitty's protocol sends when a key is pressed and let go."""
    if key == "enter":
        return b"\x1b[13u\x1b[13;1:3u"
    if len(key) == 1:
        return b"\x1b[%d;;%du\x1b[%d;1:3u" % (ord(key), ord(key), ord(key))
    return KEYS[key]
