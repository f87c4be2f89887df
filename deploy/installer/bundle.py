"""deploy/bundle: an archive of the product with all it needs, for machines without network."""

import argparse
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer import debs, versions
from installer.ending import exit_code
from installer.machine import ARCHITECTURES, CHECKOUT, Machine

PYTHON = "3.13"
"""Debian 13's."""
GLIBC = 41
"""The second part of Debian 13's version of it: wheels made for an older one run there."""
PROCESSORS = ("x86_64", "aarch64")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(
        prog="deploy/bundle",
        description="Make an archive from which deploy/install needs no network: the product, and "
        f"Python's packages for {' and '.join(PROCESSORS)}. Itself it needs it, and python3-venv.",
    )
    main.add_argument(
        "--debs",
        choices=ARCHITECTURES,
        help="Debian's packages too, for this architecture (only on a Debian machine)",
    )
    main.add_argument("--mirror", metavar="URL", help="for --debs: not the one this machine uses")
    main.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to put it")
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Make it; 1 with a sentence if that fails, and then there is no archive."""
    args = parser().parse_args(argv)
    return exit_code(lambda: _make(args), stopped="Stopped; no archive was made.")


def _make(args: argparse.Namespace) -> None:
    machine = Machine(Path("/"))
    with tempfile.TemporaryDirectory() as scratch:
        name = f"clinic-kiosk-{versions.name_of(CHECKOUT)}"
        folder = Path(scratch, name)
        versions.copy_product(CHECKOUT, folder)
        _download_wheels(machine, Path(scratch, "venv"), folder / versions.WHEELS)
        if args.debs:
            debs.download(machine, args.debs, args.mirror, folder / debs.FOLDER)
        archive = args.to / f"{name}{f'-{args.debs}' if args.debs else ''}.tar.gz"
        _pack(folder, archive)
        _say(folder, archive)


def _download_wheels(machine: Machine, venv: Path, to: Path) -> None:
    machine.run("python3", "-m", "venv", venv)
    for processor in PROCESSORS:
        platforms = [f"manylinux_2_{minor}_{processor}" for minor in range(5, GLIBC + 1)]
        platforms.append(f"manylinux2014_{processor}")
        machine.run(
            *(venv / "bin/python", "-m", "pip", "download", "--quiet"),
            *("--disable-pip-version-check", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON),
            *(word for platform in platforms for word in ("--platform", platform)),
            *("--dest", to, "-r", CHECKOUT / "requirements/run.txt"),
        )


def _pack(folder: Path, archive: Path) -> None:
    """Write it beside its place and move it there: an archive that is there is whole."""

    def of_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        return member

    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(f".{archive.name}.part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=6) as packed:
            packed.add(folder, folder.name, filter=of_root)
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)


def _say(folder: Path, archive: Path) -> None:
    print(f"{archive}: {_megabytes(archive)} MB")
    for name, what in ((versions.WHEELS, "Python's packages"), (debs.FOLDER, "Debian's packages")):
        files = [path for path in (folder / name).glob("*") if path.suffix in (".whl", ".deb")]
        if files:
            print(f"  {what}: {len(files)}, {_megabytes(*files)} MB")
    print(f"There: tar xf {archive.name}, then {folder.name}/deploy/install --role …")


def _megabytes(*files: Path) -> int:
    return round(sum(file.stat().st_size for file in files) / 1e6)


if __name__ == "__main__":
    sys.exit(main())
