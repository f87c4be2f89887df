"""The driver alone: what strangers type is read as keys, what is painted is written whole."""

import fcntl
import os
import select
import struct
import termios
import threading

import pytest
from terminal import PATIENCE
from terminal_keys import KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from kiosk.textual_private.driver import A_READ, LARGEST, Glass, KioskDriver, Parser, size_of


class Reading(KioskDriver):
    """Reads from a handle until F10 comes, and keeps what it would have passed on."""

    def __init__(self, handle: int) -> None:
        self.fileno, self.exit_event, self._debug = handle, threading.Event(), False
        self.keys: list[str] = []
        self.told = 0

    def left_out(self) -> None:
        """Count how often the app would tell of it."""
        self.told += 1

    def process_message(self, message: Message) -> None:
        """Keep a key."""
        if isinstance(message, Key):
            self.keys.append(message.key)
            if message.key == "f10":
                self.exit_event.set()


def test_a_flood_is_thrown_away() -> None:
    reading, writing = os.pipe()
    driver = Reading(reading)
    os.write(writing, b"1" * A_READ * 3)
    reader = threading.Thread(target=driver._read)
    reader.start()
    while select.select([reading], [], [], 0)[0] and reader.is_alive():
        pass
    for _ in range(99):  # what comes in the same moment goes with it
        os.write(writing, KEYS["f10"])
        if driver.exit_event.wait(0.01):
            break
    reader.join()
    os.close(reading)
    os.close(writing)
    assert set(driver.keys) == {"f10"}
    assert driver.told, "nothing is left out without a word"


@pytest.mark.parametrize(
    ("size", "taken"), [((0, 0), (80, 24)), ((120, 36), (120, 36)), ((65535, 65535), LARGEST)]
)
def test_no_screen_is_larger_than_any_wall(size: tuple[int, int], taken: tuple[int, int]) -> None:
    outside, inside = os.openpty()
    try:
        fcntl.ioctl(outside, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        assert size_of(inside) == taken
    finally:
        os.close(outside)
        os.close(inside)


def test_a_name_that_an_input_method_sends_whole_is_not_remembered() -> None:
    held = XTermParser._parse_extended_key.cache_info().currsize
    keys = [key for key in Parser().feed("\x1b[0;;29579:23567u") if isinstance(key, Key)]
    assert [key.character for key in keys] == ["王", "小"]
    assert XTermParser._parse_extended_key.cache_info().currsize == held


def test_what_is_written_to_a_terminal_that_has_gone_goes_nowhere() -> None:
    outside, inside = os.openpty()
    os.close(outside)
    Glass(inside).write("x" * 99_999)
    os.close(inside)


def test_a_terminal_that_is_slow_is_given_every_frame_whole() -> None:
    """A pipe that takes what it can, as a terminal does when a signal comes in between."""
    outside, inside = os.pipe()
    os.set_blocking(inside, False)
    frame = "王" * 99_999
    writer = threading.Thread(target=Glass(inside).write, args=(frame,), daemon=True)
    writer.start()
    shown = b""
    while len(shown) < len(frame.encode()) and select.select([outside], [], [], PATIENCE)[0]:
        shown += os.read(outside, 4096)
    writer.join(PATIENCE)
    os.close(inside)
    os.close(outside)
    assert shown == frame.encode()
