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
