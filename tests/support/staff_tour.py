"""A way through every screen of the staff, stopping wherever it looks different."""

from collections.abc import AsyncIterator

from staff_driver import Desk
from textual.widgets import Input, Static
from vocabulary import vocabulary

from db import CheckIn, Expected, Role, StoreError
from kiosk.languages.language import OWN_NAMES
from kiosk.staff.door.sign_in_body import COMMAND
from kiosk.staff.snapshots import Snapshots

QUEUE: dict[str, tuple[str, ...]] = {
    "queue": (),
    "urgent, selected": ("down", "up"),
    "which room": ("n",),
    "what became of them": ("escape", "n", "1", "n"),
    "called": ("escape", "down", "down", "down"),
    "which other room": ("s",),
    "which service": ("escape", "t"),
    "more services": ("9",),
    "reception": ("escape", "o"),
    "back when": ("2",),
    "back at another time": ("7",),
    "back at no time": ("2", "5", "enter"),
    "away": ("ctrl+u", "1", "1", "0", "0", "enter"),
    "which break": ("z",),
    "break until when": ("3",),
    "break until another time": ("7",),
    "break": ("2", "3", "5", "9", "enter"),
    "who is away": ("y",),
    "somebody is away": ("1",),
    "notice": ("j",),
    "notice in English": ("enter",),
    "notice without words": ("enter",),
    "correct": ("c",),
    "came at": ("up",),
    "no time": ("2", "5", "enter"),
    "what was typed": ("escape",),
    "merge": ("1", "m"),
    "why reopen": ("escape", "f", "5", "e"),
    "which part": ("escape", "escape", "f"),
    "a part": ("2",),
    "today's list": ("escape", "."),
    "the phone of one of the list": ("v",),
    "one of the list is found": ("/", "n", "e"),
    "nobody of the list is found": ("z", "z"),
    "whether they are here already": ("escape", "down", "enter"),
    "which of the list": ("escape", "="),
    "find": ("escape", "/"),
    "found": ("w",),
    "nobody found": ("z", "z"),
    "a number": ("escape", "4", "4"),
    "add": ("escape", "a"),
    "what for": ("tab",),
    "more to choose from": ("9",),
    "a phone": ("tab", *"137000022"),
    "whose phone": ("2", "2"),
    "with whom": ("tab", "tab"),
    "for whom": ("tab",),
    "first visit": ("tab", "tab", "tab"),
    "which language": ("tab",),
    "all keys": ("escape", "1", "?"),
    "other keys": ("9",),
    "figures": ("?", "g"),
    "days": ("4",),
    "no days": ("2", "enter"),
    "came in": ("escape", "escape", "3", "b"),
    "who stays": ("6", "enter", "1"),
    "no key for that": ("escape", "b"),
    "phone": ("escape", "end", "v"),
    "names hidden": ("h",),
    "correct what is hidden": ("c",),
    "refused": ("escape", "v"),
}
"""The keys that lead from each screen to the next, beginning at the queue."""


NAMES = (
    "Matthew Stevens",
    "Lin",
    "Mei",
    "Ng",
    "Neill",
    "Zoë",
    "张先生",
    "李女士",
    "陈先生",
    "王女士",
    "李小朋友",
    "张伟",
    "O'Neill",
    "Ingrid Marsh",
)
"""Accounts and patients of the tour, as they are written in every language."""


def a_morning(desk: Desk) -> dict[str, CheckIn]:
    """One person in every place that there is; it is 10:42 at the end."""
    desk.passed = -45 * 60
    here = {
        "parked": desk.arrive("张先生", service="orthopaedics"),
        "in service": desk.arrive("李女士", "13700002222", "tcm-consultation"),
        "called": desk.arrive("陈先生", service="acupuncture"),
        "late": desk.arrive("王女士", "13812345678", "tuina", first_visit=True),
    }
    for name in ("parked", "in service", "called"):
        desk.store.call(here[name].id, "1", "Mei")
    desk.store.begin(here["in service"].id, "Mei")
    desk.store.park(here["parked"].id, "Mei")
    desk.passed = -4 * 60
    here["booked"] = desk.arrive(
        "O'Neill",
        service="medical-massage",
        language="en",
        appointment=True,
        appointment_time="10:30",
        practitioner="Matthew Stevens",
    )
    here["child"] = desk.arrive(
        "李小朋友", "13700002222", party=here["in service"].id, whom="child", guardian=True
    )
    here["urgent"] = desk.arrive(urgent=True, service="")
    here["done"] = desk.arrive("Zoë")
    desk.store.call(here["done"].id, "2", "Mei")
    desk.store.complete(here["done"].id, "Mei")
    desk.passed = 0
    return here


def a_list(desk: Desk) -> None:
    """Three are booked: one is missing, one late, one still to come."""
    at = desk.store.calendar.at
    listed = (
        (9, 50, "张伟", "13800001111", "acupuncture", "Matthew Stevens"),
        (10, 30, "O'Neill", "", "medical-massage", "Matthew Stevens"),
        (11, 15, "Ingrid Marsh", "", "", None),
    )
    desk.store.bring(
        {
            "list.csv": [
                Expected(
                    ref=name,
                    due_at=at(desk.store.day, hour, minute),
                    name=name,
                    phone=phone,
                    service=service,
                    practitioner=whom,
                )
                for hour, minute, name, phone, service, whom in listed
            ]
        },
        "calendar",
    )


async def tour(desk: Desk) -> AsyncIterator[str]:
    """The name of each stop, while its screen is up."""
    yield "no accounts"
    desk.hire()
    desk.accounts.add("Ng", Role.practitioner, "246802")
    await desk.wait(3)
    await desk.sees("Mei")
    yield "names"
    a_morning(desk)
    a_list(desk)
    desk.store.call_for_help("kiosk 1")
    await desk.sees("!! ", "kiosk 1")
    yield "names and alarms"
    await desk.press("1", "1", "enter")
    yield "too short a PIN"
    await desk.press("escape", *"3246802", "enter")
    await desk.sees(desk.app.language("Which room are you in?"))
    yield "which room at the sign-in"
    await desk.press("escape")
    await desk.sign_in()
    await desk.sees("王女士")
    for name, keys in QUEUE.items():
        await desk.press(*keys)
        yield name
    await desk.press("h")
    desk.app.screen.post_message(Snapshots.Unreadable(StoreError("no store")))
    await desk.settle()
    yield "unreadable"


def untranslated(desk: Desk) -> list[str]:
    """Words of another language than the screen's, apart from names and what is typed."""
    known = vocabulary(desk.app.language.tag)
    lines = desk.lines
    if desk.app.screen.is_modal:  # what lies beneath is covered in the middle of words
        lines = [str(text.content) for text in desk.app.screen.query(Static)]
    typed = [widget.value for widget in desk.app.screen.query(Input)]
    return sorted(set(known.unknown(lines, [*NAMES, *OWN_NAMES, COMMAND, *typed])))
