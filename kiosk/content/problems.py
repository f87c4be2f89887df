"""What is wrong with the content, told by file."""

from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.content.clinic import Problem
from kiosk.languages.wrap import wrap

if TYPE_CHECKING:
    pass

COLUMNS = 100


def told(problems: list[Problem]) -> str:
    """The problems by file, clinic.toml first, each in a line or two."""
    ordered = sorted(problems, key=lambda p: (p.file != "clinic.toml", p.file, p.line or 0))
    return "\n\n".join(
        "\n".join([file, *map(_told, found)])
        for file, found in groupby(ordered, key=lambda problem: problem.file)
    )


def _told(problem: Problem) -> str:
    kind = "warning" if problem.warning else "error"
    where = f"{problem.where}: " if problem.where else ""
    lines = wrap(f"{where}{problem.message}", COLUMNS - 11)
    return f"  {kind:<7}  " + "\n           ".join(lines)
