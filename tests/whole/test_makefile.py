"""`make`: running installs what running needs, tests what they need too, and nobody twice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.settings import CHECKOUT

RUN, DEV = "-r requirements/run.txt", "-r requirements/dev.txt"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `make` looks at, without a virtual environment."""
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    shutil.copytree(CHECKOUT / "requirements", tmp_path / "requirements")
    return tmp_path


def installed(checkout: Path, target: str) -> list[str]:
    """What `make` would install for a target, in order."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    told = subprocess.run(
        ["make", "-n", target], cwd=checkout, env=kept, capture_output=True, text=True, check=True
    )
    return [f for line in told.stdout.splitlines() for f in (RUN, DEV) if line.endswith(f)]


def stand(checkout: Path, *stamps: str) -> None:
    """As if that had been installed just now."""
    (checkout / ".venv").mkdir(exist_ok=True)
    newest = max(path.stat().st_mtime for path in checkout.glob("requirements/*"))
    for nth, name in enumerate(stamps, 1):
        (checkout / ".venv" / name).touch()
        os.utime(checkout / ".venv" / name, (newest + nth, newest + nth))


@pytest.mark.parametrize("target", ["run", "staff", "demo"])
def test_to_run_it_only_what_it_needs_is_installed(checkout: Path, target: str) -> None:
    assert installed(checkout, target) == [RUN]
    stand(checkout, ".runs")
    assert installed(checkout, target) == []


@pytest.mark.parametrize("target", ["test", "check", "translations"])
def test_to_test_it_the_rest_is_too(checkout: Path, target: str) -> None:
    assert installed(checkout, target) == [RUN, DEV]
    stand(checkout, ".runs")
    assert installed(checkout, target) == [DEV]
    stand(checkout, ".runs", ".ready")
    assert installed(checkout, target) == []


def test_a_new_lock_is_installed_and_only_that(checkout: Path) -> None:
    stand(checkout, ".runs", ".ready")
    later = (checkout / ".venv/.ready").stat().st_mtime + 1
    os.utime(checkout / "requirements/dev.txt", (later, later))
    assert (installed(checkout, "run"), installed(checkout, "test")) == ([], [DEV])


def test_the_lock_for_tests_holds_what_running_needs_at_the_same_versions(checkout: Path) -> None:
    run, dev = (
        {line.split()[0] for line in path.read_text("utf-8").splitlines() if line[0] not in " #"}
        for path in (checkout / "requirements/run.txt", checkout / "requirements/dev.txt")
    )
    assert len(run) > 10
    assert run <= dev
