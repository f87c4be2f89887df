"""What the board shows, one after another, in a language and its neighbour."""

from collections.abc import AsyncIterator

from board_driver import Board, Time, calling
from vocabulary import vocabulary

from kiosk.board.screen import EMPHASIS, PATIENCE, TURN
from kiosk.languages.language import language
from kiosk.queue.public import Called, QueueState


async def tour(board: Board, time: Time, tag: str) -> AsyncIterator[str]:
    """The name of each stop, while its screen is up."""
    board.language = board.first_language = language(tag)
    new = Called("A012", "2", time.clock(), tag)
    for name, state, later in (
        ("at rest", QueueState(known=True), 0.0),
        ("a new call", calling(new), 0.0),
        ("a call", calling(new), EMPHASIS + 1),
        ("in the other language", calling(new), TURN),
        ("a room with a name", calling(Called("A013", "白", time.clock(), tag)), 0.0),
        ("no news", QueueState(), PATIENCE + 1),
    ):
        board.queue_state = state
        await board.settle()
        time.passed += later
        board.screen.tick()
        await board.settle()
        yield name


def untranslated(board: Board) -> list[str]:
    """Words of another language than the two it speaks."""
    known = vocabulary(*(lang.tag for lang in board.pair))
    return sorted(set(known.unknown(board.painted())))
