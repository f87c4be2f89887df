"""What stands around a text of the clinic's: whether it is checked, and what to be careful of."""

from kiosk.content.clinic import Clinic, Service
from kiosk.languages.language import Language, language
from kiosk.lobby.reading.reading_order import Text
from kiosk.widgets.prose import Prose


def set_for_reading(text: Text, clinic: Clinic, _: Language, *, larger: bool) -> Prose:
    """A text with its cautions, as the reader shows it."""
    return Prose(
        _.pick(text.body),
        before=tuple(before(text, _)),
        after=tuple(after(text, clinic, _)),
        larger=larger,
        emergency=clinic.emergency_number,
    )


def before(text: Text, _: Language) -> list[str]:
    """In which language it is, where that is another, and whether the clinic has checked it."""
    notices = [] if text.verified else [_("Not yet checked by the clinic.")]
    if (written := _.nearest(text.body)) != _.tag:
        sentence = _(
            "This text is not available in {language}. Here it is in {other}.",
            language=_.own_name,
            other=language(written).own_name,
        )
        notices.insert(0, sentence)
    return notices


def after(text: Text, clinic: Clinic, _: Language) -> list[str]:
    """Who should tell the clinic something first, that it is no diagnosis, and whom to call."""
    notices = []
    if isinstance(text, Service) and text.ask_first:
        notices.append(
            _(
                "Please tell us first if you are pregnant, take blood thinners, have a "
                "pacemaker, a bleeding or skin problem, osteoporosis, a recent injury or "
                "operation, or new numbness or weakness."
            )
        )
    if isinstance(text, Service) or text.health:
        notices.append(
            _(
                "General information, not a diagnosis. Please ask a practitioner. In an "
                "emergency tell the staff at once, or call {number}.",
                number=clinic.emergency_number,
            )
        )
    if isinstance(text, Service):
        notices.append(_("Prices, insurance: ask at the desk"))
    return notices
