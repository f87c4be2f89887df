"""The lobby on the machine, as the scenes meet it: what stands on its glass, and what it keeps."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glass import comes, read, says, where
from places import PICTURES
from vm import BOOTED, Machine

HOME, SAFETY, DONE = "Book an appointment", "None of these", "You are checked in"
PATIENCE = 120.0
"""Seconds that a screen may take in an emulated machine on a busy computer."""
CHECK_IN = (
    ("With or without appointment", "kp_1", SAFETY),
    (SAFETY, "kp_1", "What brings you here"),
    ("Not sure", "kp_9", "first visit to this clinic"),
    ("No, I have been", "kp_2", "What may we call you"),
    ("No name and title", "kp_3", "Your phone number"),
    ("No phone, go on", "kp_enter", "Is this right"),
    ("I agree to", "kp_1", DONE),
)
"""What a person touches, the key that does the same, and what then can be read."""
HAMMERED = (
    *("ctrl", "alt", "shift", "delete", "right", "ret", "esc", *"crhkeib"),
    *(f"f{number}" for number in range(2, 8)),
)
"""Keys of ways_out.py that may be held down for ever afterwards."""
WIDTH = 960
"""Pixels across a picture that is kept."""


class Failed(Exception):
    """A scene did not come to its end; the text says where."""


def require(holds: object, sentence: str) -> None:
    if not holds:
        raise Failed(sentence)


class Lobby:
    """A machine with the lobby on its screen."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def start(self, resolution: str = "1920x1080", *, heard: bool = False) -> str:
        """Switch the machine on and wait for Home, in English; says how long that took."""
        self.machine.on(resolution, heard=heard)
        return self.at_home(BOOTED)

    def at_home(self, seconds: float = PATIENCE) -> str:
        self.wait_for(HOME, seconds)
        return f"{self.machine.seconds_on:.0f} s after power-on"

    def wait_for(self, phrase: str, seconds: float = PATIENCE) -> None:
        if not comes(self.machine, phrase, seconds):
            self.keep("failed")
            seen = " ".join(word.text for word in read(self.machine.picture()))
            raise Failed(f"“{phrase}” did not come; the glass says: {seen[:150]}")

    def reads(self, phrase: str) -> bool:
        return says(read(self.machine.picture()), phrase)

    def place_of(self, phrase: str) -> tuple[float, float]:
        place = where(read(self.machine.picture()), phrase)
        if place is None:
            raise Failed(f"“{phrase}” is not on the glass")
        return place

    def keep(self, name: str) -> None:
        """Keep a picture of the glass, small."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        picture = self.machine.picture()
        picture.thumbnail((WIDTH, WIDTH))
        picture.quantize(64).save(PICTURES / f"machine-{name}.png", optimize=True)

    def check_in(self, touch: Callable[[float, float], None] | None = None) -> None:
        """From Home to a ticket: by `touch` at what can be read, or by a keypad's keys."""
        screen = HOME
        for words, key, next_screen in CHECK_IN:
            for _again in range(4):
                if touch:
                    touch(*self.place_of(words))
                else:
                    self.machine.press(key)
                # What came up a moment ago takes no touch yet: then a person does it again.
                if comes(self.machine, next_screen, 20) or not self.reads(screen):
                    break
            self.wait_for(next_screen, 60)
            screen = next_screen

    def go_home(self) -> None:
        for _ in range(4):
            self.machine.press("f10")
            if comes(self.machine, HOME, 15):
                return
        self.wait_for(HOME)

    def answers_to_keys(self) -> None:
        """At Home: the first key of a check-in leads to its first question, and F10 back."""
        # What was hammered at may have lost a letting go on its way into the machine: qemu's
        # keyboard remembers sixteen keys. Pressed once more, they are let go.
        self.machine.press(*HAMMERED)
        for _again in range(3):  # a slow machine may not be through with what was hammered
            self.go_home()
            self.machine.press("kp_1")
            if comes(self.machine, SAFETY, 30):
                break
        self.wait_for(SAFETY)
        self.go_home()

    def tickets(self) -> list[str]:
        """The tickets of today's queue, as its own command prints them."""
        said = self.machine.ssh("/opt/clinic-kiosk/deploy/run queue --json", seconds=300)
        require(said.returncode == 0, f"queue --json failed: {said.stderr[-200:]}")
        return [entry["ticket"] for entry in json.loads(said.stdout)]

    def process(self, name: str) -> int:
        """The process id of cage, foot or python; 0 for none."""
        ask = {"python": "pgrep -o -u kiosk -f '^[^ ]*python.*run_kiosk'"}
        return int(self.machine.said(ask.get(name, f"pgrep -o -u kiosk -x {name}")) or 0)

    def back_by_itself(self, act: str, name: str, seconds: float = 300) -> str:
        """Do something to a process; says how long until another one is ready with Home."""
        before = self.process(name)
        require(before, f"no {name} runs")
        started = time.monotonic()
        self.machine.ssh(act.format(pid=before))
        while self.process(name) in (0, before):
            require(time.monotonic() - started < seconds, f"{name} did not come back")
            time.sleep(1)
        state = "until systemctl is-active -q 'clinic-kiosk@*'; do sleep 1; done"
        require(self.machine.ssh(f'timeout 200 sh -c "{state}"').returncode == 0, "no READY")
        self.wait_for(HOME)
        return f"Home again after {time.monotonic() - started:.0f} s"


@contextmanager
def touch_screen(machine: Machine) -> Iterator[Callable[[float, float], None]]:
    """Plug in a touch screen; gives what taps at a place, in 0 to 1."""
    machine.ssh("modprobe uinput")
    machine.send(Path(__file__).with_name("touch_screen.py"), "/srv/touch_screen.py")
    with subprocess.Popen(
        [*machine.ssh_words(), "python3 -u /srv/touch_screen.py"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as held:  # fmt: skip
        assert held.stdin
        assert held.stdout
        require(held.stdout.readline() == "ready\n", "the touch screen was not made")
        time.sleep(5)  # until the compositor has heard of it

        def tap(x: float, y: float) -> None:
            assert held.stdin
            assert held.stdout
            held.stdin.write(f"{x} {y}\n")
            held.stdin.flush()
            require(held.stdout.readline() == "tapped\n", "the touch screen is gone")

        try:
            yield tap
        finally:
            held.stdin.close()
            held.wait(60)
