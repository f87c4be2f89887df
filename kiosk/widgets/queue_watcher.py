"""Hearing how the queue stands, from the app, for whatever shows it."""

from collections.abc import Callable

from textual.dom import DOMNode

from kiosk.queue.public import QueueState


def follow_queue_state(
    node: DOMNode, heard: Callable[[QueueState], None], *, init: bool = True
) -> None:
    """Have a screen or a widget hear how the queue stands, with every change, and with `init` now.

    It hears in its own queue: a fault there is its own, and one that has been taken away hears
    nothing.
    """

    def tell(state: QueueState) -> None:
        node.call_later(heard, state)

    node.watch(node.app, "queue_state", tell, init=False)
    if init:
        heard(getattr(node.app, "queue_state"))  # noqa: B009 - the app as screens know it


def follow_moment(node: DOMNode, heard: Callable[[], None]) -> None:
    """Have a screen or a widget hear that the app's `moment` or its `queue_trouble` is another.

    It hears in its own queue, as above, and looks then; changes that come meanwhile are one.
    """
    is_told = False

    def tell() -> None:
        nonlocal is_told
        if not is_told:
            is_told = True
            node.call_later(hear)

    def hear() -> None:
        nonlocal is_told
        is_told = False
        heard()

    node.watch(node.app, "moment", tell, init=False)
    node.watch(node.app, "queue_trouble", tell, init=False)
