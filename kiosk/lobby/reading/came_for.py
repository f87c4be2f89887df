"""What somebody who checks in from a text has come for."""

from db import ReceptionState
from kiosk.content.clinic import Service
from kiosk.intake.draft import Draft
from kiosk.lobby.reading.reading_order import Text


def came_for(text: Text, reception: ReceptionState) -> Draft | None:
    """What a check-in from this text knows already: the service, if it is one.

    While walk-ins get no numbers only people with an appointment do, so that has to be asked.
    """
    if not isinstance(text, Service) or reception is ReceptionState.full:
        return None
    return Draft(group=text.group, service=text.slug, came_for=True)
