"""deploy/staff-key: whose ssh key opens the staff's screen, and with which account."""

import argparse
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.ending import exit_code
from installer.machine import CannotError, Machine, read, text_of, write

PROGRAM = "/opt/clinic-kiosk/deploy/staff"
KEY = re.compile(r"(ssh-ed25519|ecdsa-sha2-\S+|sk-\S+|ssh-rsa) ([A-Za-z0-9+/]+=*)( .*)?")
"""A public key as ssh-keygen writes it, without options before it."""
LINE = re.compile(rf'restrict,pty,command="{PROGRAM} (?P<name>.+)" (?P<type>\S+) (?P<key>\S+) .*')


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(
        prog="deploy/staff-key",
        description="Let somebody open the staff's screen by ssh: a key, and the account that may "
        "sign in with it. The key is read from FILE (such as id_ed25519.pub), else from standard "
        "input.",
    )
    what = main.add_mutually_exclusive_group(required=True)
    what.add_argument("--add", metavar="ACCOUNT", help="take this person's key")
    what.add_argument("--remove", metavar="ACCOUNT", help="no key of this person's opens anything")
    what.add_argument("--list", action="store_true", help="who has one")
    main.add_argument("file", metavar="FILE", type=Path, nargs="?")
    main.add_argument("--root", type=Path, default=Path("/"), help=argparse.SUPPRESS)
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Do it; 1 with a sentence if it cannot be done."""
    args = parser().parse_args(argv)
    return exit_code(
        lambda: _do(Machine(args.root.resolve()), args), stopped="Stopped; nothing was changed."
    )


def _do(machine: Machine, args: argparse.Namespace) -> None:
    machine.require_root()
    keys = machine.settings.with_name("staff-keys")
    lines = read(keys).splitlines()
    if args.list:
        for line in lines:
            print(name_of(line) or f"not written by this tool: {line}")
    elif args.remove:
        left = [line for line in lines if name_of(line) != args.remove]
        if left == lines:
            raise CannotError(f"There is no key of {args.remove}.")
        write(keys, "".join(f"{line}\n" for line in left))
    else:
        given = text_of(args.file) if args.file else sys.stdin.read()
        lines.append(line_of(args.add, given, lines))
        write(keys, "".join(f"{line}\n" for line in lines))
        print(f"This key opens the staff's screen for {args.add}: ssh -t kiosk@MACHINE")


def line_of(name: str, given: str, lines: Sequence[str]) -> str:
    """The line for a key; raises CannotError if it is none, or is somebody's already."""
    found = KEY.fullmatch(given.strip())
    if found is None:
        raise CannotError("That is no public key: one line that begins with ssh-ed25519, say.")
    if not name.isprintable() or '"' in name or "\\" in name:
        raise CannotError("That is no name of an account.")
    for line in lines:
        taken = LINE.fullmatch(line)
        if taken and taken["key"] == found[2]:
            raise CannotError(f"This key is {name_of(line)}'s already; remove it first.")
    quoted = name.replace("'", r"'\''")  # for the shell, and without the marks sshd looks for
    opens = f"restrict,pty,command=\"{PROGRAM} '{quoted}'\""
    return f"{opens} {found[1]} {found[2]} clinic-kiosk"


def name_of(line: str) -> str | None:
    """Whose key a line holds; None if this tool has not written it."""
    found = LINE.fullmatch(line)
    return shlex.split(found["name"])[0] if found else None


if __name__ == "__main__":
    sys.exit(main())
