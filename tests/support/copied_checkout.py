"""A copy of the checkout in which a recipe is followed, and its own tests are run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from patience import FOR_EVER, PATIENCE

from kiosk.settings import CHECKOUT

PARTS = ("kiosk", "db", "content", "tests", "docs", "benchmarks", "deploy")
TESTS_WITHIN = 3 * PATIENCE
"""Seconds for tests inside a test: theirs is out first, and says what it waits for."""
FILES = ("run_kiosk.py", "pyproject.toml", "Makefile")


class CopiedCheckout:
    """All of it but what git and the virtual environment keep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            left_out = shutil.ignore_patterns("__pycache__", "pictures")
            shutil.copytree(CHECKOUT / part, folder / part, ignore=left_out)
        for file in FILES:
            shutil.copy(CHECKOUT / file, folder / file)

    def replace(self, file: str, old: str, new: str) -> None:
        """Write something else in a file, once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, file: str, after: str, text: str) -> None:
        """Write a text behind another."""
        self.replace(file, after, after + text)

    def make_translations(self, *languages: str) -> None:
        """Run `make translations`, for these languages alone where some are named."""
        only = [f"LANGUAGES={' '.join(languages)}"] if languages else []
        programs = Path(sys.executable).parent
        made = self.run("make", "-o", "setup", "translations", f"BIN={programs}", *only)
        assert made.returncode == 0, made.stdout + made.stderr

    def translate(self, tag: str) -> None:
        """Write something for every message of a catalogue that has no translation yet."""
        path = self.folder / f"kiosk/languages/locales/{tag}/LC_MESSAGES/kiosk.po"
        if not path.exists():
            return
        with path.open("rb") as file:
            catalog = read_po(file, locale=tag.replace("-", "_"))
        for message in catalog:
            if message.id and not any(message.string):
                ids, strings = message.id, message.string
                message.string = ids if isinstance(ids, str) else (ids[-1],) * len(strings)
        with path.open("wb") as file:
            write_po(file, catalog)

    def passes(self, *tests: str) -> bool:
        """Whether these tests of the copy pass, and there are any."""
        options = ["-n", "0", "-x", "-q", "-p", "no:cacheprovider"]
        done = self.run(sys.executable, "-m", "pytest", *options, *tests)
        assert done.returncode not in (4, 5), f"there are no such tests: {done.stdout}"
        assert FOR_EVER not in done.stdout, done.stdout
        return done.returncode == 0

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a program in the copy."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=TESTS_WITHIN,
            check=False,
        )
