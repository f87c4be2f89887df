"""Session: all that one person's use makes of a terminal; ending one is beginning another."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.languages.language import Language
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import Account


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What the person at this terminal has chosen, and who they are if they work here.

    Nothing of it is ever taken back piece by piece: whoever comes next has a first one of theirs.
    """

    language: Language
    """What they read now."""
    language_chosen: bool = False
    """Whether they chose it."""
    larger: bool = False
    """Whether they asked for fewer and bigger things."""
    theme: str
    """The colours: the name of one of widgets/themes.py."""
    signed_in: "Account | None" = None
    """Who works here, if anybody does."""
    stamp: str | None = None
    """What their account had when the PIN was right."""
    account_changed: bool = False
    """Whether the last to work here was signed out because their account is another now."""
    last_input: float
    """When a key or a touch last came, on the app's own clock."""

    @classmethod
    def first(
        cls, settings: Settings, language: Language, now: float, *, account_changed: bool = False
    ) -> "Session":
        """A session in which nobody has done anything yet; `language` is what it begins in."""
        return cls(
            language=language,
            theme=settings.theme,
            last_input=now,
            account_changed=account_changed,
        )
