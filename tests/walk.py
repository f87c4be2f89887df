"""A walk through the real program in a real terminal, every screen saved as text.

`python tests/walk.py FOLDER [SCENE ...]` walks at 80 x 24 in English and Chinese and leaves
FOLDER/<language>/<scene>/<number>.txt, to be read by somebody who asks of each: would my
grandmother know what to do now? It fails where a screen that should come does not.
"""

# ruff: noqa: E402 - what comes first says where the rest is found

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from walker import Walk
from ways import SCENES

LANGUAGES = ("en", "zh-Hans")


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
