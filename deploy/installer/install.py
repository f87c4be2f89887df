"""deploy/install: the order in which everything is done, and how it is undone."""

import argparse
import fcntl
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from installer import formats, packages, services, trial, versions
from installer.answers import QUESTIONS, Answers
from installer.ending import exit_code
from installer.machine import CHECKOUT, ENDING, CannotError, Machine, read
from installer.switch import Switch

ROLES = tuple(packages.OF_ROLE)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(
        prog="deploy/install",
        description="Put the kiosk on this machine, or bring it up to date. Run it as often as you "
        "like: data, keys, settings and accounts stay.",
        epilog="Exit codes: 0 done; 1 refused, nothing changed; 2 the command line is wrong; "
        "3 the new version did not answer, and the last one is in use again.",
        allow_abbrev=False,
    )
    main.add_argument(
        "--role", choices=ROLES, help="what the machine is for (again: as it was set up)"
    )
    for key in QUESTIONS:
        main.add_argument(f"--{key}", metavar="TEXT", help="a setting, unless it is set already")
    main.add_argument("--back", action="store_true", help="return to the version before")
    main.add_argument("--root", type=Path, default=Path("/"), help=argparse.SUPPRESS)
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Do it; the exit codes are those of the epilogue above."""
    for number in ENDING:
        signal.signal(number, signal.default_int_handler)
    os.umask(0o022)
    os.nice(10)  # whoever checks in meanwhile goes first
    args = parser().parse_args(argv)
    return exit_code(
        lambda: _do(Machine(args.root.resolve()), args),
        stopped="Stopped. Nothing half-made is left; run it again when you like.",
    )


def _do(machine: Machine, args: argparse.Namespace) -> None:
    machine.require_root()
    with alone(machine):
        if args.back:
            _back(machine)
        else:
            _install(machine, args)


@contextmanager
def alone(machine: Machine) -> Iterator[None]:
    """Refuse to run beside another installation."""
    lock = machine.root / "run/clinic-kiosk-install.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotError("Another installation is running on this machine.") from None
        yield


def _install(machine: Machine, args: argparse.Namespace) -> None:
    machine.require_suitable()
    here = services.roles_here(machine)
    role = args.role or next(iter(here), None)
    if role is None:
        raise CannotError(f"What is this machine for? Add --role {', '.join(ROLES)}.")
    if role in services.SCREENS:
        services.require_no_desktop(machine)
        here = [one for one in here if one not in services.SCREENS]
    roles = sorted({role, *here})
    versions.current(machine)  # refuses what it could not put back
    answers = Answers(machine, CHECKOUT, {key: getattr(args, key) for key in QUESTIONS})
    answers.ask()

    packages.install(machine, roles, CHECKOUT)
    services.add_account(machine)
    services.add_folders(machine)
    with versions.built(machine, CHECKOUT) as folder:
        trial.require_fit(machine, folder, answers.text())
        version = versions.finish(machine, folder)
    for key in answers.left_alone:
        print(f"{key} was set already, in {machine.settings}: it stays as it is.")
    try:
        Switch(machine, version, roles).make(role, answers.text() if answers.changes else None)
    finally:
        versions.prune(machine)
    _say_what_is_next(version, roles)


def _back(machine: Machine) -> None:
    """Return to the version before, unless there are days that it could not read."""
    last, older = versions.current(machine), versions.before(machine)
    if last is None or older is None or older == last:
        raise CannotError("There is no version before this one on this machine.")
    days = formats.newer_days(machine.data, formats.read_by(machine, older))
    if days:
        raise CannotError(
            f"{older.name} cannot read these days, which are of a newer format: {', '.join(days)}. "
            f"{last.name} stays in use."
        )
    trial.require_fit(machine, older, read(machine.settings))
    Switch(machine, older, services.roles_here(machine)).make()
    print(f"{older.name} is in use again. deploy/install --back once more returns to {last.name}.")


def _say_what_is_next(version: Path, roles: list[str]) -> None:
    command = "/opt/clinic-kiosk/deploy/run"
    print(
        f"\nInstalled: {version.name}, for {' and '.join(roles)}. What to do next:\n"
        f"1. Accounts for staff:  {command} accounts add NAME --role reception\n"
        "2. Settings:            /etc/clinic-kiosk/kiosk.toml (see docs/settings.md)\n"
        f"3. Look at everything:  {command} check\n"
        f"4. If something fails:  {command} doctor\n"
        "5. How to go on:        /opt/clinic-kiosk/deploy/README.md"
    )
