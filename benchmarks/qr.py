"""QR codes as terminals draw them, read straight from a picture and by a simulated phone camera.

    python benchmarks/qr.py [--short] [--keep DIR]

Runs xterm (under Xvfb) and foot (under a headless cage) with several fonts and sizes, shows the
longest code a small screen has room for with the real widget, and lets zxing-cpp and zbar read it:
once from the screenshot itself, and from photographs askew, blurred and noisy. Debian's packages:
xvfb xterm imagemagick foot cage grim fonts-dejavu-core fonts-noto-mono fonts-noto-cjk libzbar0.

"auto" is what the kiosk chooses by itself in that terminal; the other drawing is for comparison.
Exits 1 when a code of "auto" is not read straight by both readers, and 2 when a terminal cannot be
run here, which the output says: what it would have shown is then not known. `--keep` saves the
pictures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image
from pyzbar import pyzbar

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.camera import photographs
from benchmarks.machine import machine
from benchmarks.xterm_and_foot import Look, NotHereError, Start, foot, picture, xterm

LINK = "https://example.org/".ljust(62, "x")
"""41 x 21 cells in half blocks, 82 x 41 in full cells."""
FONTS = ("DejaVu Sans Mono", "Noto Mono", "Noto Sans Mono CJK SC", "Nimbus Mono PS")
BITMAPS = ("7x14", "10x20")
READERS: dict[str, Callable[[Image.Image], list[str]]] = {
    "zxing": lambda image: [code.text for code in zxingcpp.read_barcodes(image)],
    "zbar": lambda image: [
        code.data.decode() for code in pyzbar.decode(image, [pyzbar.ZBarSymbol.QRCODE])
    ],
}
HOST = ("HTTPS://EXAMPLE.ORG", "https://example.org")
"""As the code may spell it, and as it is written."""


@dataclass(frozen=True)
class Terminal:
    """One way to show the window: a terminal, its font and what it is told."""

    name: str
    font: str
    options: list[str]


@dataclass(frozen=True)
class Reading:
    """How one code was drawn, and the share of pictures in which each reader read it."""

    drawn: str
    straight: dict[str, bool]
    camera: dict[str, float]


def xterms(short: bool) -> list[Terminal]:
    """Windows with room for full cells, with scalable and bitmap fonts."""
    sizes = (11,) if short else (9, 14)
    scalable = [
        Terminal("xterm", f"{font} {size}", ["-geometry", "90x43", "-fa", font, "-fs", str(size)])
        for font in FONTS
        for size in sizes
    ]
    bitmap = [Terminal("xterm", name, ["-geometry", "90x43", "-fn", name]) for name in BITMAPS]
    return scalable + bitmap


def foots(short: bool) -> list[Terminal]:
    """The whole of the screen: the larger font leaves room for half blocks only."""
    sizes = (11,) if short else (11, 18)
    return [
        Terminal("foot", f"{font} {size}px", [f"--font={font}:pixelsize={size}"])
        for font in FONTS
        for size in sizes
    ]


def reading(image: Image.Image, drawn: str, shots: int, seed: int) -> Reading:
    """Let both readers look at the screenshot, and at photographs of it."""
    taken = list(photographs(_cut(image), shots, seed))
    return Reading(
        drawn,
        {name: _reads(read, image) for name, read in READERS.items()},
        {
            name: sum(_reads(read, photo) for photo in taken) / shots
            for name, read in READERS.items()
        },
    )


def _reads(read: Callable[[Image.Image], list[str]], image: Image.Image) -> bool:
    return [text.replace(*HOST) for text in read(image)] == [LINK]


def _cut(image: Image.Image) -> Image.Image:
    """The code with a little of the screen around: what one points a phone at."""
    white = image.convert("L").point(lambda value: 255 if value == 255 else 0).getbbox()
    if white is None:
        return image
    left, top, right, bottom = white
    edge = (right - left) // 12
    return image.crop(
        (
            max(0, left - edge),
            max(0, top - edge),
            min(image.width, right + edge),
            min(image.height, bottom + edge),
        )
    )


def measure(
    session: AbstractContextManager[tuple[Start, Look]],
    terminals: list[Terminal],
    shots: int,
    keep: Path | None,
) -> tuple[dict[str, list[Reading]], list[str]]:
    """Print a line for each drawing; readings by drawing, and what "auto" failed."""
    found: dict[str, list[Reading]] = {}
    failed: list[str] = []
    window = str(Path(__file__).with_name("qr_window.py"))
    with session as (start, look), tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        for seed, terminal in enumerate(terminals):
            seen: set[str] = set()
            for setting in ("auto", "half", "full"):
                if setting in seen:
                    continue
                command = [sys.executable, window, setting, LINK, str(report)]
                image = picture(start, look, terminal.options, command)
                drawn = report.read_text("utf-8")
                seen.add(drawn)
                label = f"{terminal.name:<6} {terminal.font:<25} {setting:<5} {drawn:<5}"
                if keep:
                    name = f"{terminal.name} {terminal.font} {setting}".replace(" ", "-")
                    image.save(keep / f"{name}.png")
                if drawn == "text":
                    print(f"{label} no room", flush=True)
                    continue
                result = reading(image, drawn, shots, seed)
                found.setdefault(drawn, []).append(result)
                auto = setting == "auto"
                missed = auto and not all(result.straight.values())
                if missed:
                    failed.append(label)
                print(f"{label} {_figures(result)}{'  MISSED' if missed else ''}", flush=True)
    return found, failed


def _figures(result: Reading) -> str:
    straight = "  ".join(f"{'read' if ok else '-':<5}" for ok in result.straight.values())
    return f"{straight}  " + "  ".join(f"{share:>6.0%}" for share in result.camera.values())


def main(argv: list[str] | None = None) -> int:
    """Print the tables; see the module for what it exits with."""
    parser = argparse.ArgumentParser(description="QR codes as terminals draw them.")
    parser.add_argument("--short", action="store_true", help="one size, fewer photographs")
    parser.add_argument("--keep", type=Path, help="a folder to save the screenshots in")
    args = parser.parse_args(argv)
    shots = 8 if args.short else 24
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    print(machine())
    print(f"{'':<45} {'straight':<12}  {'by camera, of ' + str(shots)}")
    print(f"{'':<45} {'zxing':<5}  {'zbar':<5}  {'zxing':>6}  {'zbar':>6}")
    failed: list[str] = []
    absent: list[str] = []
    shares: list[str] = []
    sessions = {"xterm": (xterm(), xterms(args.short)), "foot": (foot(), foots(args.short))}
    for name, (session, terminals) in sessions.items():
        try:
            found, missed = measure(session, terminals, shots, args.keep)
        except NotHereError as why:
            absent.append(f"{name} was not measured: {why}.")
            continue
        failed += missed
        for drawn, results in sorted(found.items()):
            shares.append(f"{name:<6} {drawn:<5} of {len(results):>2}  {_summary(results)}")
    print("\nReadable share by terminal and drawing: straight, by camera")
    print("\n".join(shares))
    for line in absent:
        print(line)
    print(f"{len(failed)} of auto's codes were not read straight.")
    return 1 if failed else 2 if absent else 0


def _summary(results: list[Reading]) -> str:
    parts = []
    for name in READERS:
        straight = sum(result.straight[name] for result in results) / len(results)
        camera = sum(result.camera[name] for result in results) / len(results)
        parts.append(f"{name} {straight:>4.0%}, {camera:>4.0%}")
    return "   ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
