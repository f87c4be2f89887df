"""Screens that render no more than is painted."""

from typing import TypeVar

from textual import events
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from kiosk.textual_private.compositor import ChangesOnly

Result = TypeVar("Result")


class SparingScreen(Screen[Result]):
    """A screen that asks for what has changed, and for nothing while more is to come."""

    def __init__(self, *args: str | None, **names: str | None) -> None:
        """Take what Textual's screens take."""
        super().__init__(*args, **names)
        self._compositor = ChangesOnly()

    def seen(self, widget: Widget) -> Region:
        """The cells of the screen where a widget is to be seen; an empty region for none.

        As it was painted: Textual's own `find_widget` lays out the whole screen anew for a widget
        that is not there.
        """
        region, clip = self._compositor.visible_widgets.get(widget, (Region(), Region()))
        return region.intersection(clip)

    def _compositor_refresh(self) -> None:
        """Textual's, but not in the middle of a batch: all that it renders would be thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()
            if self.app.screen is self:
                self.painted()

    def _forward_event(self, event: events.Event) -> None:
        """Textual's, but for touches that do not count."""
        if not isinstance(event, events.MouseEvent) or self.takes(event):
            super()._forward_event(event)
        elif isinstance(event, events.Click):
            # No first of two: what comes next is a tap of its own.
            self.app._click_chain_last_time = None

    def takes(self, event: events.MouseEvent) -> bool:
        """Whether a touch counts."""
        return True

    def painted(self) -> None:
        """What was to be painted is on its way to the terminal."""
