"""A way through every screen of the staff, stopping wherever it looks different."""

from collections.abc import Callable

from staff_fixtures import Desk
from test_staff_queue import a_morning

from db import Role, StoreError
from kiosk.staff.live import LiveScreen

QUEUE: dict[str, tuple[str, ...]] = {
    "queue": (),
    "urgent, selected": ("down", "up"),
    "which room": ("n",),
    "what became of them": ("escape", "n", "1", "n"),
    "called": ("escape", "down", "down", "down"),
    "which service": ("escape", "t"),
    "more services": ("9",),
    "reception": ("escape", "o"),
    "back when": ("2",),
    "away": ("1",),
    "what to correct": ("c",),
    "merge": ("escape", "m"),
    "which part": ("escape", "f"),
    "a part": ("2",),
    "find": ("escape", "/"),
    "found": ("w",),
    "nobody found": ("z", "z"),
    "add": ("escape", "a"),
    "all keys": ("escape", "?"),
    "other keys": ("9",),
    "figures": ("?", "g"),
    "days": ("4",),
    "no days": ("2", "enter"),
    "phone": ("escape", "end", "v"),
    "names hidden": ("h",),
    "refused": ("v",),
}
"""The keys that lead from each screen to the next, beginning at the queue."""


async def tour(desk: Desk, look: Callable[[], list[str]]) -> dict[str, tuple[list[str], str]]:
    """What `look` finds wrong at each stop, with the screen."""
    wrong = {}

    def stop(name: str) -> None:
        if faults := look():
            wrong[name] = (faults, desk.text)

    stop("no accounts")
    desk.hire()
    desk.accounts.add("Ng", Role.practitioner, "246802")
    await desk.wait(3)
    await desk.sees("Mei")
    stop("names")
    a_morning(desk)
    desk.store.call_for_help("kiosk 1")
    await desk.sees("!! ", "kiosk 1")
    stop("names and alarms")
    await desk.press("1", "1", "enter")
    stop("too short a PIN")
    await desk.press("escape", *"3246802", "enter")
    await desk.sees(desk.app.language("Which room are you in?"))
    stop("which room at the sign-in")
    await desk.press("escape")
    await desk.sign_in()
    await desk.sees("王女士")
    for name, keys in QUEUE.items():
        await desk.press(*keys)
        stop(name)
    await desk.press("h")
    desk.app.screen.post_message(LiveScreen.Unreadable(StoreError("no store")))
    await desk.settle()
    stop("unreadable")
    return wrong
