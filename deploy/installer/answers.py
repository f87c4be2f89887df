"""The four questions, and the settings file they go to: never over what stands there."""

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from installer.machine import CannotError, Machine, read

QUESTIONS = {
    "location": "Where does this machine stand? {choices}",
    "language": "Which language does it begin with? {choices}",
    "hours": "Opening hours, such as Mo-Fr 09:00-18:00; Sa 09:00-12:00 (Enter: ask at the desk)",
    "rooms": "Rooms to call patients to, such as 1, 2, Lab (Enter: one room, 1)",
}

BACKUPS, BACKUPS_TO = "backup_dir", "/var/backups/clinic-kiosk"
"""Not asked: written down, so that whoever plugs in a disk finds it."""


class Answers:
    """What is asked for and was not said, and what the settings hold by then."""

    def __init__(self, machine: Machine, checkout: Path, said: Mapping[str, str | None]) -> None:
        self.file = machine.settings
        self._choices = _choices(checkout)
        self._text = read(self.file)
        try:
            self._set = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise CannotError(f"{self.file} is not valid TOML: {error}.") from None
        self._said = {key: value for key, value in said.items() if value and key not in self._set}
        self.left_alone = [key for key, value in said.items() if value and key in self._set]
        for key, value in self._said.items():
            self._require(key, value)

    def ask(self) -> None:
        """Ask what is neither set nor said, if somebody is there to answer."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return
        for key, question in QUESTIONS.items():
            while key not in self._set and key not in self._said:
                choices = self._choices.get(key, [])
                told = f"{', '.join(choices)} (Enter: {choices[0]})" if choices else ""
                answer = input(question.format(choices=told) + "\n> ").strip()
                if not answer:
                    break
                try:
                    self._require(key, answer)
                except CannotError as refusal:
                    print(refusal)
                else:
                    self._said[key] = answer

    def _require(self, key: str, value: str) -> None:
        choices = self._choices.get(key)
        if choices and value not in choices:
            raise CannotError(f"There is no {key} {value!r}. There are: {', '.join(choices)}.")

    def text(self) -> str:
        """The whole file as it should be: new lines first, where no table can swallow them."""
        said = self._said if BACKUPS in self._set else {**self._said, BACKUPS: BACKUPS_TO}
        lines = [f"{key} = {_value(key, value)}\n" for key, value in said.items()]
        return "".join(lines) + self._text

    @property
    def changes(self) -> bool:
        """Whether there is anything to write, or no file yet."""
        return self.text() != self._text or not self.file.exists()


def _value(key: str, value: str) -> str:
    if key != "rooms":
        return json.dumps(value, ensure_ascii=False)
    names = [name.strip() for name in value.split(",") if name.strip()]
    rooms = (f"{{ name = {json.dumps(name, ensure_ascii=False)} }}" for name in names)
    return f"[{', '.join(rooms)}]"


def _choices(checkout: Path) -> dict[str, list[str]]:
    """What the content has to choose from."""
    clinic = tomllib.loads((checkout / "content/clinic.toml").read_text(encoding="utf-8"))
    return {"location": clinic["locations"], "language": clinic["languages"]}
