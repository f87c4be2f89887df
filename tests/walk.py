"""A walk through the real program in a real terminal, every screen saved as text.

`python tests/walk.py FOLDER [SCENE …]` walks at 80 x 24 in English and Chinese and leaves
FOLDER/<language>/<scene>/<number>.txt, to be read by somebody who asks of each: would my
grandmother know what to do now? It fails where a screen that should come does not.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from terminal import Terminals  # noqa: E402 - found through the lines above

from db import Arrival, CheckInStore, ReceptionState, open_store  # noqa: E402
from kiosk.content_files import load_clinic  # noqa: E402
from kiosk.i18n import language  # noqa: E402

LANGUAGES = ("en", "zh-Hans")
SURE = 20
"""Cells of a sentence that are looked for: the rest of it may stand on the next line."""
SETTLED = 0.25
"""Seconds in which a screen that has come is painted to its end."""
READ = 1.1
"""Seconds a person needs at least before a key that would end something is taken from them."""
CLINIC = load_clinic(ROOT / "content")
TO_NAME = (("1", "None of these"), ("1", "What brings you here today?"))
"""From Home to the question what for."""


class Walk:
    """A lobby somebody walks through, with the store as the staff's terminals have it."""

    def __init__(self, folder: Path, tag: str, pictures: Path) -> None:
        self.lang = language(tag)
        self._pictures = pictures / tag
        self._scene, self._number = "", 0
        self._terminals = Terminals(folder)
        self.store: CheckInStore = open_store(
            self._terminals.data,
            location=CLINIC.locations[0].slug,
            keys_dir=self._terminals.keys,
            time_zone=CLINIC.time_zone,
            phone_region=CLINIC.region,
            device="desk",
        )
        self.terminal = self._terminals.open("lobby", "--language", tag)
        self.sees("Read while you wait")

    def begin(self, scene: str) -> None:
        """Home, before the first key of a scene."""
        self._scene, self._number = scene, 0
        self.go("", "Press a number or touch")

    def end(self) -> None:
        """Back to Home, wherever the scene ended."""
        self.terminal.press("f10")
        self.sees("Press a number or touch")

    def sees(self, message: str, **values: object) -> None:
        """Wait for a sentence of the catalogue, in this walk's language."""
        sentence, sure = self.lang(message, **values), ""
        for char in sentence:
            if cell_len(sure + char) > SURE:
                break
            sure += char
        self.terminal.wait_for(sure.rpartition(" ")[0] or sure if " " in sure else sure)

    def go(self, key: str, message: str, **values: object) -> None:
        """Press a key, wait for the sentence it leads to, and keep the screen."""
        if key:
            self.terminal.press(key)
        self.sees(message, **values)
        self.keep()

    def type(self, text: str) -> None:
        """Type, without a picture of every key."""
        self.terminal.type(text)

    def read(self, seconds: float = READ) -> None:
        """Take the time a person takes."""
        self.terminal.read_on(seconds)

    def keep(self) -> None:
        """Save the screen as it is once it has come to rest."""
        self.terminal.read_on(SETTLED)
        self._number += 1
        file = self._pictures / self._scene / f"{self._number:02d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.terminal.text + "\n", encoding="utf-8")

    def staff(self, *, there: bool) -> None:
        """Let somebody be signed in at the staff's terminal, or nobody."""
        if there:
            self.store.mark_present("Lin")
        else:
            self.store.leave_desk("Lin")
        self.read(0.5)

    def reception(self, state: str, until: str | None = None) -> None:
        """Say how reception stands, as staff do."""
        self.store.set_reception_state(ReceptionState(state), "Lin", until)

    def ticket(self, *, of: int = -1) -> str:
        """The number on a ticket without its letter and zeros: what people type."""
        return self.store.today()[of].ticket.lstrip("A").lstrip("0")

    def look_up(self, number: str, message: str, **values: object) -> None:
        """I have a ticket: type its number and look."""
        self.go("6", "The number on your ticket?")
        self.type(number)
        self.go("enter", message, **values)

    def close(self) -> None:
        """End the program."""
        self._terminals.close()
        self.store.close()


def walk_in(w: Walk) -> None:
    """Somebody without an appointment, with a surname and a phone."""
    for step in TO_NAME:
        w.go(*step)
    w.go("2", "Which one?")
    w.go("3", "Is this the first visit to this clinic?")
    w.go("1", "What may we call you?")
    w.go("1", "Which surname?")
    w.go("2", "How shall we call you?")
    w.go("2", "Your phone number?")
    w.type("13800138000")
    w.go("", "This number is complete.")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")


def appointment(w: Walk) -> None:
    """Somebody with an appointment at half past ten."""
    for step in TO_NAME:
        w.go(*step)
    w.go("1", "What time is your appointment?")
    w.type("1030")
    w.keep()
    w.go("enter", "Who is your appointment with?")
    w.go("9", "What brings you here today?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("2", "Please type your name")
    w.type("Wang Xiaoming")
    w.go("enter", "Your phone number?")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")


def family(w: Walk) -> None:
    """A parent with two children and one phone, who comes again by mistake at the end."""
    _nameless(w, phone="13900139000", name="Li Na")
    for _child in range(2):
        w.read()
        w.go("1", "None of these")
        w.go("1", "What brings you here today?")
        w.go("9", "Is this the first visit to this clinic?")
        w.go("2", "What may we call you?")
        w.terminal.press("5")
        w.keep()
        w.go("3", "Your phone number?")
        w.go("enter", "Is this right? Press a number to change it.")
        w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")
    for step in TO_NAME:
        w.go(*step)
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("2", "Please type your name")
    w.type("Li Na")
    w.go("enter", "Your phone number?")
    w.type("13900139000")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You may already have a number")
    w.go("1", "You are checked in. Nothing more to do.")


def no_phone(w: Walk) -> None:
    """Somebody who gives neither name nor phone."""
    _nameless(w)
    w.go("enter", "Press a number or touch")


def urgent_with_staff(w: Walk) -> None:
    """Chest pain, and somebody at the staff's screen."""
    w.staff(there=True)
    w.go("1", "None of these")
    w.go("2", "Tell staff now. Do not wait for your number.")
    w.sees("It is on the staff's screen. Please tell somebody too.")
    w.keep()
    w.store.call(w.store.today()[-1].id, room="1", by="Lin")
    w.sees("Staff have seen it. Please go to Room {room}.", room="1")
    w.keep()
    w.store.begin(w.store.today()[-1].id, by="Lin")


def urgent_without_staff(w: Walk) -> None:
    """The same with nobody there; and it was pressed by mistake."""
    w.staff(there=False)
    w.go("1", "None of these")
    w.go("2", "Nobody is at the staff's screen just now.")
    w.go("1", "No harm done. Please tell staff it was a mistake; they clear it.")
    w.read()
    w.go("1", "None of these")
    w.store.void(w.store.today()[-1].id, by="Lin", reason="a slip")


def help_nobody(w: Walk) -> None:
    """Help, with nobody signed in."""
    w.staff(there=False)
    w.go("/", "Please go to the desk. Staff there will help you.")


def help_answered(w: Walk) -> None:
    """Help, and somebody comes."""
    w.staff(there=True)
    w.go("/", "Calling the staff. Please stay here.")
    (call,) = [call for call in w.store.help_calls() if not call.acknowledged_by]
    w.store.acknowledge(call.id, "Lin")
    w.go("", "{name} is coming to you.", name="Lin")


def help_unanswered(w: Walk) -> None:
    """Help, and nobody comes: twenty seconds of the real clock."""
    w.staff(there=True)
    w.go("/", "Calling the staff. Please stay here.")
    w.read(20.5)
    w.go("", "Nobody has answered yet. Please go to the desk.")
    (call,) = [call for call in w.store.help_calls() if not call.acknowledged_by]
    w.store.acknowledge(call.id, "Lin")


def passed_number(w: Walk) -> None:
    """A number that is called, and one that was called and passed."""
    mine = w.store.check_in(Arrival(service="cupping"))
    w.store.call(mine.id, room="2", by="Lin")
    w.look_up(w.ticket(), "It is your turn. Please go there now.")
    w.store.no_show(mine.id, by="Lin")
    w.go("", "Go to the desk; your number is still good.")
    w.go("-", "The number on your ticket?")
    w.type("99")
    w.go("enter", "No ticket of today has this number. Please check it, or ask at the desk.")


def laboratory(w: Walk) -> None:
    """Back from the laboratory, next in line."""
    mine = w.store.check_in(Arrival(service="cupping"))
    w.store.park(mine.id, by="Lin")
    w.look_up(w.ticket(), "Your place is kept while you are away.")
    w.go("1", "Welcome back. You are in the queue again.")
    w.go("enter", "Press a number or touch")


def leaving(w: Walk) -> None:
    """Somebody who does not want to wait any more, hesitates, and leaves."""
    w.store.check_in(Arrival(service="cupping"))
    w.look_up(w.ticket(), "Leave the queue")
    w.go("2", "Leave the queue?")
    w.go("1", "I do not want to wait any more")
    w.go("2", "Leave the queue?")
    w.read()
    w.go("2", "You have left the queue.")


def away(w: Walk) -> None:
    """Reception is away: a number can be taken."""
    w.reception("away", "23:59")
    w.go("", "Reception is away (back at {time}). Take a number; your place is kept.", time="23:59")
    _nameless(w)
    w.reception("open")


def full(w: Walk) -> None:
    """No more numbers for walk-ins: one without an appointment, and one with."""
    w.reception("full")
    w.go("", "No more walk-in numbers today. Please ask at the desk.")
    w.go("1", "None of these")
    w.go("1", "No more walk-in numbers today. Please ask at the desk.")
    w.go("1", "What time is your appointment?")
    w.reception("open")


def closed(w: Walk) -> None:
    """Check-in is closed."""
    w.reception("closed")
    w.go("", "Check-in is closed. Phone {phone}", phone="")
    w.go("1", "Check-in is closed. Phone {phone}", phone="")
    w.reception("open")


def wrong_button(w: Walk) -> None:
    """Wrong buttons and back; a line changed at the end; and no after all."""
    for step in TO_NAME:
        w.go(*step)
    w.go("4", "Which one?")
    w.go("-", "What brings you here today?")
    w.go("2", "Which one?")
    w.terminal.press("+")
    w.read(0.5)
    w.keep()
    w.go("+", "Which one?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("3", "Your phone number?")
    w.type("1380013")
    w.go("enter", "This number is not complete. Add the missing digits, or delete it.")
    for _digit in range(7):
        w.terminal.press(".")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("4", "What may we call you?")
    w.go("-", "Is this right? Press a number to change it.")
    w.go("2", "Please go to the desk")
    w.go("enter", "Press a number or touch")


def from_the_reader(w: Walk) -> None:
    """Somebody who reads first, and checks in from there."""
    w.terminal.press("2")
    w.terminal.wait_without(w.lang("Our services"))
    w.keep()
    w.go("1", "Check in here")
    w.go("enter", "Check in here")
    w.go("1", "None of these")
    w.go("1", "What brings you here today?")
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    w.go("3", "Your phone number?")
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")
    w.go("enter", "Press a number or touch")


def _nameless(w: Walk, *, phone: str = "", name: str = "") -> None:
    for step in TO_NAME:
        w.go(*step)
    w.go("9", "Is this the first visit to this clinic?")
    w.go("2", "What may we call you?")
    if name:
        w.go("2", "Please type your name")
        w.type(name)
    w.go("enter" if name else "3", "Your phone number?")
    w.type(phone)
    w.go("enter", "Is this right? Press a number to change it.")
    w.go("1", "You are checked in. Nothing more to do.")


SCENES: Mapping[str, Callable[[Walk], None]] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        walk_in,
        appointment,
        family,
        no_phone,
        urgent_with_staff,
        urgent_without_staff,
        help_nobody,
        help_answered,
        help_unanswered,
        passed_number,
        laboratory,
        leaving,
        away,
        full,
        closed,
        wrong_button,
        from_the_reader,
    )
}


def take(folder: Path, tag: str, scenes: list[str], pictures: Path) -> None:
    """Walk through scenes in one language; the program's own data lies in `folder`."""
    walk = Walk(folder, tag, pictures)
    try:
        for name in scenes:
            walk.begin(name)
            SCENES[name](walk)
            walk.end()
    finally:
        walk.close()


def main(words: list[str]) -> int:
    """Walk, and say where the screens are; 1 where one did not come."""
    unknown = [name for name in words[1:] if name not in SCENES]
    if not words or unknown:
        print(f"python tests/walk.py FOLDER [SCENE ...]\nScenes: {' '.join(SCENES)}")
        return 2
    pictures, scenes = Path(words[0]), words[1:] or list(SCENES)
    for tag in LANGUAGES:
        with TemporaryDirectory(prefix="clinic-kiosk-walk-") as folder:
            try:
                take(Path(folder), tag, scenes, pictures)
            except pytest.fail.Exception as failed:
                print(failed, file=sys.stderr)
                return 1
        print(f"{pictures / tag}: {len(scenes)} scenes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
