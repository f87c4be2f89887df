"""Somebody who walks through the lobby in a real terminal, and keeps each screen as text."""

from pathlib import Path

from rich.cells import cell_len
from terminal import Terminals

from db import CheckInStore, ReceptionState, open_store
from kiosk.content.texts import load_clinic
from kiosk.languages.language import language

ROOT = Path(__file__).parents[2]
SURE = 20
"""Cells of a sentence that are looked for: the rest of it may stand on the next line."""
SETTLED = 0.25
"""Seconds in which a screen that has come is painted to its end."""
READ = 1.1
"""Seconds a person needs at least before a key that would end something is taken from them."""
CLINIC = load_clinic(ROOT / "content")


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
