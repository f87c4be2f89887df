"""Act: one key of the queue screen, and all there is to know of it."""

from collections.abc import Callable

import msgspec

from db import CheckIn, Status, allowed
from kiosk.languages.language import Language
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.told import Told
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.seen.staff_words import nobody_selected


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What a key is called, when it may be pressed, what it does and how that is told."""

    name: str
    letter: str
    """As it stands in the key area."""
    twin: str = ""
    """The function key that does the same."""
    label: str
    """For the key area; marked for translation, as the sentence is."""
    sentence: str
    """What it does, for the page of all keys."""
    spare: int = 0
    """Where room is short the key area leaves this one to the page of all keys, 1 before 2; 0
    never."""
    beside: bool = False
    """Whether it stands beside what it is about, an alert or a phone number, not in the key area.
    """
    does: Callable[[AtDesk], None] | None = None
    """What it asks and does, whoever is selected."""
    does_to: Callable[[AtDesk, CheckIn], None] | None = None
    """What it asks and does to the one who is selected."""
    may: Callable[[CheckIn], bool] = lambda _: True
    """Whether that makes sense for somebody as they stand."""
    covered: bool = True
    """Whether it may while names are hidden."""
    why_not: Callable[[CheckIn, Language], str] | None = None
    """What is said where it may not; None: which keys would do."""
    told: tuple[Told, ...] = ()
    """How it is told, when done here and elsewhere."""

    def key(self, lang: Language) -> Key:
        """The key in words."""
        return Key(self.name, self.letter, lang(self.label), lang(self.sentence), self.twin)

    def possible(self, check_in: CheckIn | None) -> bool:
        """Whether it makes sense while this check-in is selected."""
        return self.does_to is None or (check_in is not None and self.may(check_in))

    def press(self, at: AtDesk) -> None:
        """Do it, or say why not."""
        one = at.queue.selected
        if not self.covered and at.queue.view.names_hidden:
            at.say(at._("Names and phones are hidden: h shows them"), refused=True)
        elif self.does:
            self.does(at)
        elif one is None:
            here = at.queue.snapshot.open if at.queue.snapshot else ()
            at.say(nobody_selected(at._) if here else at.queue.why_nobody, refused=True)
        elif not self.may(one):
            at.say(self.why_not(one, at._) if self.why_not else at.would_do(one), refused=True)
        elif self.does_to:
            self.does_to(at, one)


def may_become(status: Status) -> Callable[[CheckIn], bool]:
    """Whether a check-in may go on to a status."""
    return lambda one: allowed(one.status, status)
