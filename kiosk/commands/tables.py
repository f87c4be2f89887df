"""What the commands that print tables share."""

from collections.abc import Sequence

from kiosk.content.clinic import Clinic
from kiosk.languages.language import SOURCE, language
from kiosk.settings import Settings


def title(slug: str, settings: Settings, clinic: Clinic) -> str:
    """A service by its name, or by its slug where content/ does not know it."""
    service = clinic.service(slug)
    if service is None:
        return slug or "(not sure)"
    return language(settings.language or SOURCE).pick(service.title)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, in terminal cells."""
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
