"""What every command is given: the settings, and the clinic once it is asked for."""

from functools import cached_property

from kiosk.content.clinic import Clinic
from kiosk.content.texts import load_clinic
from kiosk.settings import Settings, SettingsError


class Given:
    """The settings of this machine and, for a command that looks at it, the content."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def clinic(self) -> Clinic:
        """What the clinic publishes; raises ContentError, or SettingsError if they do not fit."""
        clinic = load_clinic(self.settings.content_dir)
        clinic.location(self.settings.location)
        if self.settings.language not in (None, *clinic.languages):
            known = ", ".join(clinic.languages)
            raise SettingsError(
                f"There is no language {self.settings.language!r}. The clinic has: {known}."
            )
        return clinic
