"""What stands on the glass, and since when: nothing can be chosen before it could be read."""

from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from kiosk.widgets.screen import KioskScreen


class OnGlass:
    """The screen that was painted last, since when it stands as it does, and a token for that."""

    def __init__(self) -> None:
        self._screen: ref[KioskScreen[object]] | None = None
        self.place: object = object()
        """Another one whenever something else stands there."""
        self.since: float | None = None
        """When it was painted, on the app's own clock; None for not yet."""

    def appears(self) -> None:
        """What will be painted next was not there before."""
        self.place, self.since = object(), None

    def look(self, screen: "KioskScreen[object]") -> None:
        """Know which screen is on top."""
        if self._screen is None or self._screen() is not screen:
            self._screen = ref(screen)
            self.appears()

    def painted(self, screen: "KioskScreen[object]", now: float) -> None:
        """A frame of this screen has been painted."""
        self.look(screen)
        if self.since is None:
            self.since = now if screen.fits else None
        elif not screen.fits:
            self.appears()
