"""The package: built as it is here, with what is here, it runs where there is no checkout."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from terminal import Terminals

from kiosk.commands.version import VERSION
from kiosk.settings import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
START = """
import sys
from importlib.metadata import entry_points
(command,) = entry_points(group="console_scripts", name="clinic-kiosk")
sys.exit(command.load()())
"""
"""As the command does that installers write."""
UNPACKED = ".mo", ".tcss", ".bin", ".txt", ".toml", ".md", ".py"
"""What of kiosk/, db/ and content/ the program reads."""


class Package:
    """The wheel, unpacked in a folder that holds nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "packages"
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        built = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stdout + built.stderr
        (self.wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(self.wheel) as wheel:
            wheel.extractall(self.folder)

    @property
    def environment(self) -> dict[str, str]:
        """Such that its modules are found, and those that it needs."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CLINIC_", "XDG_"))}
        home = {"HOME": str(self.elsewhere), "XDG_STATE_HOME": str(self.elsewhere)}
        return kept | home | {"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"}

    def command(self, *words: str) -> list[str]:
        """`clinic-kiosk` with these words."""
        return [sys.executable, "-c", START, *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run it in an empty folder."""
        return subprocess.run(
            self.command(*words),
            cwd=self.elsewhere,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("wheel"))


def here() -> set[str]:
    """The files of the checkout that the package needs, as they are called in it."""
    tops = {"kiosk": "kiosk", "db": "db", "content": "kiosk/published"}
    return {
        str(there / path.relative_to(CHECKOUT / top))
        for top, there in ((top, Path(there)) for top, there in tops.items())
        for path in (CHECKOUT / top).rglob("*.*")
        if path.suffix in UNPACKED and "__pycache__" not in path.parts
    }


@pytest.mark.wide
def test_it_holds_code_styles_catalogues_and_content_and_nothing_else(package: Package) -> None:
    files = {str(p.relative_to(package.folder)) for p in package.folder.rglob("*") if p.is_file()}
    assert here() <= files
    more = {file for file in files - here() if ".dist-info/" not in file}
    assert {Path(file).name.partition(".")[0] for file in more} <= {"LICENSE"}
    assert package.wheel.stat().st_size < 2_000_000


@pytest.mark.wide
def test_it_asks_for_what_running_needs_and_no_more(package: Package) -> None:
    (metadata,) = package.folder.glob("*.dist-info/METADATA")
    told = Parser().parsestr(metadata.read_text("utf-8"))
    asked = {line.partition(">")[0].partition("<")[0] for line in told.get_all("Requires-Dist", [])}
    assert asked == {line.partition(">")[0] for line in PROJECT["dependencies"]}


@pytest.mark.wide
def test_it_says_its_version_and_the_word_that_is_typed(package: Package) -> None:
    assert package.run("--version").stdout.startswith(f"clinic-kiosk {VERSION}, of 20")
    assert package.run("--help").stdout.startswith("usage: clinic-kiosk ")


@pytest.mark.wide
def test_it_reads_the_content_that_lies_in_it(package: Package) -> None:
    told = json.loads(package.run("check", "--json").stdout)
    assert [problem for problem in told["content"] if problem["kind"] == "error"] == []
    page = package.run("doctor").stdout
    assert f"kiosk: {VERSION}" in page
    assert f"in {package.folder}" in " ".join(page.split())
    assert "run_kiosk.py" not in page


@pytest.mark.wide
def test_the_demonstration_opens_and_is_left(package: Package, tmp_path: Path) -> None:
    demo = Terminals(tmp_path)
    try:
        terminal = demo.run(package.command("demo", "--language", "ja"), **package.environment)
        terminal.wait_for("受付")
        terminal.press("ctrl+q")
        terminal.wait_until_ended()
        assert terminal.exit_code == 0
    finally:
        demo.close()
