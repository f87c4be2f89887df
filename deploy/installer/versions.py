"""Versions in folders of their own, behind one link; made whole before anybody can use one."""

import hashlib
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.machine import CannotError, Machine

PRODUCT = (
    "kiosk",
    "db",
    "content",
    "deploy",
    "docs",
    "requirements",
    "run_kiosk.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)
"""What of a checkout a machine needs."""
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "pictures", ".*")
WHEELS = "wheels"
"""The folder of a bundle with the packages of Python's."""
BEFORE = "before"
"""A link to the version that was in use before."""
UNFINISHED = ".unfinished-"


def product_files(checkout: Path) -> Iterator[Path]:
    """Every file of the product below a checkout, in one order, as relative paths."""
    for name in PRODUCT:
        top = checkout / name
        if not top.exists():
            raise CannotError(f"{top} is missing: this is no whole checkout of the kiosk.")
        if top.is_file():
            yield Path(name)
        for folder, folders, files in os.walk(top):
            left_out = LEFT_OUT(folder, [*folders, *files])
            folders[:] = sorted(set(folders) - left_out)
            for file in sorted(set(files) - left_out):
                yield Path(folder, file).relative_to(checkout)


def name_of(checkout: Path) -> str:
    """What this version is called: its number, and eight digits of all its files' hash."""
    told = hashlib.sha256()
    for file in product_files(checkout):
        content = (checkout / file).read_bytes()
        told.update(f"{file.as_posix()}\0{len(content)}\0".encode() + content)
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    return f"{project['project']['version']}-{told.hexdigest()[:8]}"


def copy_product(checkout: Path, folder: Path) -> None:
    """Copy the product; everybody may read it and only root change it, whatever it was before."""
    for file in product_files(checkout):
        there = folder / file
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout / file, there)
        with there.open("rb") as copy:
            there.chmod(0o755 if copy.read(2) == b"#!" else 0o644)
    for parent, _, _ in os.walk(folder):
        Path(parent).chmod(0o755)


@contextmanager
def built(machine: Machine, checkout: Path) -> Iterator[Path]:
    """Make the version of a checkout, or find it; what is unfinished is gone at the end.

    Gives a folder that `finish` makes the version's own.
    """
    clear_unfinished(machine)
    whole = machine.versions / name_of(checkout)
    if whole.is_dir():
        yield whole
        return
    machine.versions.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{whole.name}-", dir=machine.versions))
    try:
        copy_product(checkout, folder)
        _add_python(machine, folder, checkout / WHEELS)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def finish(machine: Machine, folder: Path) -> Path:
    """Give a version that was built and found good its name."""
    if not folder.name.startswith(UNFINISHED):
        return folder
    os.sync()  # whoever pulls the plug later finds it whole
    return folder.rename(machine.versions / called(folder))


def called(folder: Path) -> str:
    """What a version is called, though it is not finished."""
    if not folder.name.startswith(UNFINISHED):
        return folder.name
    return folder.name.removeprefix(UNFINISHED).rpartition("-")[0]


def _add_python(machine: Machine, folder: Path, wheels: Path) -> None:
    """Python's packages, those of run time alone, and everything compiled: nobody else can."""
    venv, python = folder / ".venv", folder / ".venv/bin/python"
    machine.run("python3", "-m", "venv", venv)
    offline: list[str | Path] = ["--no-index", "--find-links", wheels] if wheels.is_dir() else []
    machine.run(
        *(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-cache-dir", "--require-hashes", "--only-binary", ":all:", *offline),
        *("-r", folder / "requirements/run.txt"),
    )
    machine.run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "pip")
    machine.run(python, "-m", "compileall", "-q", folder / "kiosk", folder / "db")


def clear_unfinished(machine: Machine) -> None:
    """Remove what an installation left that was cut short, by a power cut say."""
    for folder in machine.versions.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder)


def current(machine: Machine) -> Path | None:
    """The version in use, None if there is none yet."""
    if machine.link.exists() and not machine.link.is_symlink():
        raise CannotError(
            f"{machine.link} is a folder, from an installation by hand. Move it away "
            "(its .venv and checkout are not needed any more), then run this again."
        )
    return _target(machine, machine.link)


def before(machine: Machine) -> Path | None:
    """The version that was in use before, None if it is not here."""
    return _target(machine, machine.versions / BEFORE)


def _target(machine: Machine, link: Path) -> Path | None:
    if not link.is_symlink():
        return None
    version = machine.versions / link.readlink().name
    return version if version.is_dir() else None


def use(machine: Machine, version: Path, older: Path | None) -> None:
    """Have the link lead to a version, and `before` to an older one; each in one step."""
    if older:
        _point(machine.versions / BEFORE, Path(older.name))
    else:
        (machine.versions / BEFORE).unlink(missing_ok=True)
    _point(machine.link, Path(machine.versions.name, version.name))


def _point(link: Path, target: Path) -> None:
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def prune(machine: Machine) -> None:
    """Remove all versions but the one in use and the one before."""
    kept = {current(machine), before(machine)}
    for version in machine.versions.iterdir():
        if version.is_dir() and not version.is_symlink() and version not in kept:
            shutil.rmtree(version)
