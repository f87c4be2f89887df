"""`new-clinic`: content of one's own from four answers, to go on from."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.starting.four_answers import (
    CHECKS,
    EVERY,
    LANGUAGES,
    QUESTIONS,
    Answers,
    answers,
)
from kiosk.commands.starting.new_content import files, write
from kiosk.content.check import check
from kiosk.content.problems import told
from kiosk.settings import PROGRAM

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("new-clinic", help="make content of your own, to go on from")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="a new one, or empty")
    for field, question in EVERY.items():
        command.add_argument(f"--{field.replace('_', '-')}", metavar="TEXT", help=question)
    known = ", ".join(LANGUAGES)
    command.add_argument("--languages", metavar="TAGS", help=f"with commas between: {known}")


def run(args: Namespace, given: Given) -> int:
    """Ask what was not said and write the folder; 0, or 1 with a sentence and nothing written."""
    folder: Path = args.folder
    said = {field: value for field in CHECKS if (value := getattr(args, field)) is not None}
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            print(f"{folder} is there already, and not empty; name a new folder.", file=sys.stderr)
            return 1
        made = _asked(said)
        write(folder, files(made))
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{folder} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nNothing was written.", file=sys.stderr)
        return 1
    _, problems = check(folder, datetime.now(UTC).date())
    if problems:
        print(told(problems), end="\n\n")
    print(_next(folder))
    return 1 if any(not problem.warning for problem in problems) else 0


def _asked(said: dict[str, str]) -> Answers:
    """The answers, by flags or from whoever sits there; raises ValueError where nobody does."""
    for field, value in said.items():
        CHECKS[field](value)
    _ask(said, [field for field in QUESTIONS if field not in said])
    _ask(said, answers(said).missing)
    return answers(said)


def _ask(said: dict[str, str], fields: list[str]) -> None:
    if fields and not sys.stdin.isatty():
        flags = ", ".join(f"--{field.replace('_', '-')}" for field in fields)
        raise ValueError(f"There is no terminal to ask in; give {flags}.")
    for field in fields:
        while field not in said:
            answer = input(f"{EVERY[field]}\n> ")
            try:
                CHECKS[field](answer)
            except ValueError as refused:
                print(refused)
            else:
                if answer.strip():
                    said[field] = answer


def _next(folder: Path) -> str:
    return f"""\
{folder} is a clinic's content now. Look at it, change it, and look again:
  {PROGRAM} demo --content {folder}
  {PROGRAM} check --content {folder}
{folder / "README.md"} explains every field. In kiosk.toml it is called
  content_dir = "{folder.resolve()}\""""
