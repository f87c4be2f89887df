"""Reading what stands on the machine's glass, with tesseract (Debian's `tesseract-ocr`)."""

import io
import re
import subprocess
import time
from typing import NamedTuple

from PIL import Image
from vm import Machine


class Word(NamedTuple):
    """A word and the middle of it, in 0 to 1 of the screen."""

    text: str
    x: float
    y: float


def plain(text: str) -> str:
    """Letters and digits alone, small: what is read wrongly most is between them."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read(picture: Image.Image) -> list[Word]:
    """The words of a picture, from the top left on."""
    png = io.BytesIO()
    picture.convert("L").save(png, "png")
    done = subprocess.run(
        ["tesseract", "-", "-", "--psm", "11", "-l", "eng", "tsv"],
        input=png.getvalue(), capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    found = []
    for line in done.stdout.decode().splitlines()[1:]:
        left, top, width, height, sure, text = line.split("\t")[6:12]
        if plain(text) and float(sure) > 0:
            x, y = int(left) + int(width) / 2, int(top) + int(height) / 2
            found.append(Word(text, x / picture.width, y / picture.height))
    return found


def text_of(words: list[Word]) -> str:
    return plain("".join(word.text for word in words))


def where(words: list[Word], phrase: str) -> tuple[float, float] | None:
    """The place of a phrase's first word."""
    wanted = [plain(word) for word in phrase.split()]
    texts = [plain(word.text) for word in words]
    for first in range(len(words)):
        if texts[first : first + len(wanted)] == wanted:
            return words[first].x, words[first].y
    return None


def comes(machine: Machine, phrase: str, seconds: float = 60) -> bool:
    """Wait until a phrase can be read on the glass."""
    until = time.monotonic() + seconds
    while True:
        if plain(phrase) in text_of(read(machine.picture())):
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
