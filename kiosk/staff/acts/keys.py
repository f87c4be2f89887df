"""The keys of the queue screen, in the order of the key area and of the page of keys.

All that is known of a key is made from its row: bindings, words, when it may, sentences.
"""

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from db import EventKind
from kiosk.languages.language import Language
from kiosk.staff.acts.act import Act
from kiosk.staff.acts.desk_keys import DESK_KEYS
from kiosk.staff.acts.told import NOBODYS_KEY, Told
from kiosk.staff.acts.visit_keys import VISIT_KEYS
from kiosk.staff.asking.key_lines import Key

_ROWS = (*VISIT_KEYS, *DESK_KEYS)

ACTS: Mapping[str, Act] = {act.name: act for act in _ROWS}
TOLD: Mapping[EventKind, Told] = {
    told.kind: told for told in (*(told for act in _ROWS for told in act.told), *NOBODYS_KEY)
}
"""How an event of each kind is told."""
FULL_WIDTH = 0xFEE0
"""From an ASCII character to its full-width form."""
FROM_CHINESE = {"/": "、", ".": "。"}
"""What Chinese input methods make of a sign."""
EVERYWHERE = ("f1", "f10")
"""Function keys that the app itself hands to whatever screen is on top."""


def bindings() -> list[BindingType]:
    """Every letter also as a capital, and as a Chinese input method sends it."""
    made: list[BindingType] = []
    for act in ACTS.values():
        if len(act.letter) > 1:
            continue  # Enter belongs to the table
        keys = {act.letter, act.letter.upper()}
        keys |= {chr(ord(key) + FULL_WIDTH) for key in keys}
        keys |= set(FROM_CHINESE.get(act.letter, ""))
        if act.twin and act.twin not in EVERYWHERE:
            keys.add(act.twin)
        made.append(Binding(",".join(sorted(keys)), f"key('{act.name}')", id=act.name, show=False))
    return made


def staff_keys(lang: Language) -> list[Key]:
    """All the keys in words, in the order of the key area."""
    return [act.key(lang) for act in ACTS.values()]
