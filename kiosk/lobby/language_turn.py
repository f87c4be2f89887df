"""Which language the language button leads to."""

from collections.abc import Sequence

from kiosk.languages.language import Language

FIRST = 2
"""How many of the clinic's languages stand on Home with a key of their own."""
ONE_BY_ONE = 3
"""The most languages that the language button goes through one after another."""


def following_language(languages: Sequence[Language], spoken: Language) -> Language | None:
    """The language after the one that is spoken, None for a screen with all of them.

    That comes after the first two, where there are more than can be gone through one by one.
    """
    tags = [lang.tag for lang in languages]
    following = tags.index(spoken.tag) + 1
    if len(languages) <= ONE_BY_ONE:
        return languages[following % len(languages)]
    return None if following == FIRST else languages[following if following < FIRST else 0]
