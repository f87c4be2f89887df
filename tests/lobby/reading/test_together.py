"""What belongs together stands on one page: in every text, language and size."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from siblings import siblings

from kiosk.content.clinic import Clinic
from kiosk.content.texts import load_clinic
from kiosk.languages.language import language
from kiosk.lobby.reading.cautions import after, set_for_reading
from kiosk.settings import CHECKOUT

CLINIC = load_clinic(CHECKOUT / "content")
PAGES = {(80, 24): (72, 13), (120, 36): (72, 25)}
"""Columns and rows of a page of the reader in a window; test_reading.py measures them."""
BEGINNING = 12
"""Characters of a block by which it is told that it begins on a page."""


def squashed(text: str) -> str:
    """Without spaces: how a text looks whatever its lines."""
    return re.sub(r"\s", "", text)


def blocks(body: str) -> list[tuple[str, str]]:
    """The kinds and texts of a body's blocks: heading, paragraph, list, drawing."""
    found: list[tuple[str, str]] = []
    for nth, part in enumerate(body.split("```")):
        if nth % 2:
            found.append(("drawing", squashed(part)))
            continue
        for text in filter(None, (line.strip() for line in part.split("\n"))):
            kind = "heading" if text[0] == "#" else "list" if text.startswith("- ") else "paragraph"
            if kind == "list" and found and found[-1][0] == "list":
                found[-1] = (kind, found[-1][1] + squashed(text))
            else:
                found.append((kind, squashed(text.lstrip("# "))))
    return found


def wholes(body: str, number: str) -> Iterator[str]:
    """What must not be parted.

    A list with what leads into it, a drawing with its text, a warning, and a heading with the
    beginning of what follows.
    """
    told = blocks(body)
    for (kind, text), (next_kind, next_text) in pairwise(told):
        if next_kind in ("list", "drawing"):
            yield text + next_text
        elif kind == "heading":
            yield text + next_text[:BEGINNING]
    for kind, text in told:
        if kind == "paragraph" and number in text:
            yield text


def pages(
    clinic: Clinic, text: object, tag: str, size: tuple[int, int], *, larger: bool
) -> list[str]:
    width, height = PAGES[size]
    prose = set_for_reading(text, clinic, language(tag), larger=larger)
    rows = [line.text for line in prose.lines(width, height)]
    return [squashed("".join(rows[at : at + height])) for at in range(0, len(rows), height)]


@siblings(2, "size", PAGES)
@pytest.mark.parametrize("larger", [False, True])
def test_what_belongs_together_is_never_parted(size: tuple[int, int], larger: bool) -> None:
    parted = []
    for text in (*CLINIC.articles, *CLINIC.services):
        for tag, body in text.body.items():
            told = pages(CLINIC, text, tag, size, larger=larger)
            for whole in wholes(body, CLINIC.emergency_number):
                if not any(whole in page for page in told):
                    parted.append((text.slug, tag, whole))
    assert parted == []


@siblings(1, "size", PAGES)
@pytest.mark.parametrize("larger", [False, True])
def test_all_that_is_to_be_minded_stands_on_the_last_page(
    size: tuple[int, int], larger: bool
) -> None:
    for text in (*CLINIC.articles, *CLINIC.services):
        for tag in CLINIC.languages:
            said = squashed("".join(after(text, CLINIC, language(tag))))
            last = pages(CLINIC, text, tag, size, larger=larger)[-1].replace("▎", "")
            assert last.endswith(said), (text.slug, tag)
