"""Photographs of a picture as a phone takes them: askew, out of focus, in poor light, noisy."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

FRAME = 900
"""Pixels of the photograph either way: what a phone's preview looks for codes in."""


def photographs(picture: Image.Image, number: int, seed: int) -> Iterator[Image.Image]:
    """So many grey photographs of a picture, the same ones for the same seed."""
    chance = Random(seed)
    for _ in range(number):
        yield photograph(picture.convert("L"), chance)


def photograph(picture: Image.Image, chance: Random) -> Image.Image:
    """One photograph: the picture fills 45 to 85 % of the frame, its corners moved by up to 9 %."""
    side = FRAME * chance.uniform(0.45, 0.85)
    height = side * picture.height / picture.width
    if height > side:
        side, height = side * side / height, side
    left, top = (FRAME - side) / 2, (FRAME - height) / 2
    corners = [
        (x + side * chance.uniform(-0.09, 0.09), y + side * chance.uniform(-0.09, 0.09))
        for x, y in (
            (left, top),
            (left + side, top),
            (left + side, top + height),
            (left, top + height),
        )
    ]
    width, tall = picture.size
    to = [(0, 0), (width, 0), (width, tall), (0, tall)]
    # Reduced first, as the lens does: else the perspective picks single pixels.
    frame = picture.transform(
        (FRAME * 2, FRAME * 2),
        Image.Transform.PERSPECTIVE,
        _perspective([(2 * x, 2 * y) for x, y in corners], to),
        Image.Resampling.BICUBIC,
        fillcolor=chance.randrange(40, 160),
    ).reduce(2)
    frame = frame.filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 2.2)))
    frame = ImageEnhance.Contrast(frame).enhance(chance.uniform(0.45, 1.0))
    frame = ImageEnhance.Brightness(frame).enhance(chance.uniform(0.7, 1.2))
    noise = Image.frombytes("L", frame.size, chance.randbytes(FRAME * FRAME))
    return _grained(frame, noise, chance.uniform(4, 14))


def _grained(frame: Image.Image, noise: Image.Image, grain: float) -> Image.Image:
    """With noise evenly between minus and plus `grain` of 255 levels."""
    lighter = noise.point(lambda value: max(0.0, (value - 127.5) / 127.5 * grain))
    darker = noise.point(lambda value: max(0.0, (127.5 - value) / 127.5 * grain))
    return ImageChops.subtract(ImageChops.add(frame, lighter), darker)


Point = tuple[float, float]


def _perspective(seen: list[Point], true: list[Point]) -> list[float]:
    """The eight coefficients by which Pillow finds the true place of what is seen."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, true, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]
