"""Reading what stands on the machine's glass, with tesseract (Debian's `tesseract-ocr`)."""

import io
import os
import re
import subprocess
import time
from difflib import SequenceMatcher
from typing import NamedTuple

from PIL import Image
from vm import Machine

LARGEST = 1920
"""Pixels across or down; letters of larger pictures are read better smaller, and sooner."""
ALIKE = 0.85
"""How much of a phrase has to be read rightly, Chinese beside it or not."""


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
    grey = picture.convert("L")
    grey.thumbnail((LARGEST, LARGEST))
    grey.save(png, "png", compress_level=1)
    done = subprocess.run(
        ["tesseract", "-", "-", "--psm", "11", "-l", "eng", "tsv"],
        input=png.getvalue(), capture_output=True, check=True, timeout=120,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    found = []
    for line in done.stdout.decode().splitlines()[1:]:
        left, top, width, height, _, text = line.split("\t")[6:12]
        if plain(text):
            x, y = int(left) + int(width) / 2, int(top) + int(height) / 2
            found.append(Word(text, x / grey.width, y / grey.height))
    return found


def says(words: list[Word], phrase: str) -> bool:
    """Whether a phrase stands among what was read, a letter here and there aside."""
    text, wanted = plain("".join(word.text for word in words)), plain(phrase)
    if wanted in text:
        return True
    windows = (text[at : at + len(wanted)] for at in range(len(text) - len(wanted) + 1))
    return any(SequenceMatcher(None, wanted, part).ratio() >= ALIKE for part in windows)


def where(words: list[Word], phrase: str) -> tuple[float, float] | None:
    """The place of a phrase: of the first of its words that can be read beside another of them."""
    wanted = [plain(word) for word in phrase.split()]
    texts = [plain(word.text) for word in words]
    for length in range(len(wanted), min(2, len(wanted)) - 1, -1):
        for start in range(len(wanted) - length + 1):
            part = wanted[start : start + length]
            for first in range(len(words)):
                if texts[first : first + length] == part:
                    return words[first].x, words[first].y
    return None


def comes(machine: Machine, phrase: str, seconds: float = 60) -> bool:
    """Wait until a phrase can be read on the glass."""
    until = time.monotonic() + seconds
    while True:
        if says(read(machine.picture()), phrase):
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
