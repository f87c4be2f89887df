"""Places that people are sent to and come back from: some have words, others their own names."""

from kiosk.languages.language import Language

LABORATORY = "laboratory"


def place_text(place: str, _: Language) -> str:
    """What people read, such as "the cashier"; of one that the clinic named, that name."""
    words = {
        LABORATORY: _("the laboratory"),
        "cashier": _("the cashier"),
        "herbs": _("the herbal pharmacy"),
    }
    return words.get(place, place)


def since_mark(place: str, time: str, _: Language) -> str:
    """Where somebody is since when, in a few cells, for tables."""
    match place:
        case "laboratory" | "":
            return _("lab {time}", time=time)
        case "cashier":
            return _("cashier {time}", time=time)
        case "herbs":
            return _("herbs {time}", time=time)
    return f"{place} {time}"
