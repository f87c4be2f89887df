"""A location's address as people there read it, and as whoever asks does. Pure rules."""

from collections.abc import Sequence

from rich.cells import cell_len

from kiosk.content.clinic import Location


def addresses(location: Location, languages: Sequence[str], spoken: str) -> list[str]:
    """The address in the script of the place, and in the other script for whoever reads `spoken`.

    `languages` are the clinic's, that of the place first. Each is in two lines of like length.
    """
    texts = [location.address[tag] for tag in languages if tag in location.address]
    # In none of the clinic's languages, which `check` complains of: then as it is written.
    local = texts[0] if texts else next(iter(location.address.values()), "")
    wanted = [location.address[tag] for tag in (spoken, "en") if tag in location.address]
    others = [text for text in [*wanted, *texts] if _is_wide(text) != _is_wide(local)]
    return [_in_two_lines(text) for text in (local, *others[:1])]


def _is_wide(text: str) -> bool:
    """Whether most of it is written in Chinese characters or their kin."""
    return cell_len(text) > len(text) * 1.25


def _in_two_lines(text: str) -> str:
    """Broken after the comma, or else the space, that is nearest to the middle."""
    separator = ", " if ", " in text else " "
    parts = text.split(separator)
    halves = [
        (separator.join(parts[:at]) + separator.rstrip(), separator.join(parts[at:]))
        for at in range(1, len(parts))
    ]
    if not halves:
        return text
    first, second = min(halves, key=lambda half: abs(cell_len(half[0]) - cell_len(half[1])))
    return f"{first}\n{second}"
