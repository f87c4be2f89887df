"""deploy/uninstall: takes the program away and leaves what the clinic has made with it."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import services, versions
from installer.ending import exit_code
from installer.install import alone
from installer.machine import CannotError, Machine

SENTENCE = "remove all check-ins for good"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(
        prog="deploy/uninstall",
        description="Take the kiosk off this machine: units, versions, and what was set of the "
        "machine. Data, keys, settings, accounts, backups and Debian's packages stay.",
    )
    main.add_argument(
        "--data",
        action="store_true",
        help="remove data, keys, settings and accounts too, after a sentence is typed; "
        "backups stay",
    )
    main.add_argument("--root", type=Path, default=Path("/"), help=argparse.SUPPRESS)
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Do it; 1 with a sentence if it cannot be done."""
    args = parser().parse_args(argv)
    return exit_code(
        lambda: _do(Machine(args.root.resolve()), args.data),
        stopped="Stopped; run it again to go on.",
    )


def _do(machine: Machine, and_data: bool) -> None:
    machine.require_root()
    with alone(machine):
        if and_data:
            _require_sentence()
        _remove_program(machine)
        if and_data:
            _remove_data(machine)
    kept = [folder for folder in _kept(machine) if folder.exists()]
    if kept:
        print("Kept: " + ", ".join(map(str, kept)))
    print("The kiosk is off this machine. Restart it to have its keys and consoles back.")


def _require_sentence() -> None:
    """Have it typed by hand: what is removed here is in no backup's reach without its keys."""
    print(f"This removes check-ins, keys, settings and accounts. Type: {SENTENCE}")
    if input("> ").strip() != SENTENCE:
        raise CannotError("That was another sentence. Nothing was removed.")


def _remove_program(machine: Machine) -> None:
    units = [*services.TIMERS, *map(services.unit_of, services.SCREENS)]
    for unit in units:
        if (machine.units / services.file_of(unit)).exists():
            services.disable(machine, unit)
    version = versions.current(machine)
    if version:
        services.take_files(machine, version)
    machine.link.unlink(missing_ok=True)
    if machine.versions.exists():
        shutil.rmtree(machine.versions)
    if machine.runs_systemd:
        machine.code("systemctl", "daemon-reload")
        machine.code("systemctl", "try-reload-or-restart", "ssh")


def _remove_data(machine: Machine) -> None:
    for folder in (machine.data, machine.keys, machine.settings.parent):
        if folder.exists():
            shutil.rmtree(folder)
    machine.code("deluser", "--quiet", "--system", services.USER)


def _kept(machine: Machine) -> list[Path]:
    return [machine.data, machine.keys, machine.settings.parent, machine.backups]


if __name__ == "__main__":
    sys.exit(main())
