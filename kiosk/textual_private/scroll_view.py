"""A view that knows how long it is."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


class OwnLength(ScrollView):
    """A scroll view that sets `virtual_size` itself, and whose bar is painted when that changes."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Textual's, which would paint the bar whenever anything on the screen is laid out."""
        return super()._size_updated(size, self.virtual_size, self.container_size, layout)
