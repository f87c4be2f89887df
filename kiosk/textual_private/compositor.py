"""Painting what has changed: Textual asks every widget for its lines, wherever the change is."""

from collections.abc import Iterable

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

from kiosk.languages.showable import showable


class ChangesOnly(Compositor):
    """A compositor that asks only the widgets that are seen where something has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[Region] = set()
        """What is being painted, when it is not the whole screen."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render the regions that have changed; None when there are none."""
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed.clear()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Regions, clips and lines of widgets, front to back, until all that changed is covered."""
        if not (bare := self._changed):
            for region, clip, lines in super()._get_renders(crop):
                yield region, clip, [_shown(line) for line in lines]
        for widget, (region, clip) in self.visible_widgets.items():
            if not bare:
                return
            seen = region.intersection(clip)
            if any(seen.overlaps(one) for one in bare):
                lines = widget.render_lines(seen.translate(-region.offset))
                yield region, clip, [_shown(line) for line in lines]
                bare = {one for one in bare if not seen.contains_region(one)}


def _shown(line: Strip) -> Strip:
    """A line as it may reach the terminal, wherever its text came from."""
    if line.text.isprintable():
        return line
    segments = [Segment(showable(text), style, control) for text, style, control in line]
    return Strip(segments, line.cell_length)
