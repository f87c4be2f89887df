"""The modes of the app: what they begin with, for patients, staff and the board.

Each is imported when it is asked for: no terminal loads the screens of the others.
"""

from collections.abc import Callable
from typing import assert_never

from textual.screen import Screen

from kiosk.settings import Mode


def _lobby() -> Screen[None]:
    from kiosk.lobby.home import HomeScreen

    return HomeScreen()


def _staff() -> Screen[None]:
    from kiosk.staff.door.sign_in import SignInScreen

    return SignInScreen()


def _board() -> Screen[None]:
    from kiosk.board.screen import BoardScreen

    return BoardScreen()


def first_screen(mode: Mode) -> Callable[[], Screen[None]]:
    """What makes the screen that a mode begins with."""
    match mode:
        case Mode.lobby:
            return _lobby
        case Mode.staff:
            return _staff
        case Mode.board:
            return _board
        case _:
            assert_never(mode)


MODES: dict[str, Callable[[], Screen[None]]] = {mode: first_screen(mode) for mode in Mode}


def after_a_fault(mode: Mode) -> Screen[None] | None:
    """What stands over a mode's first screen for whoever saw the one before break."""
    from kiosk.widgets.fault import FOR_PATIENTS, FOR_STAFF, FaultScreen

    match mode:
        case Mode.lobby:
            return FaultScreen(FOR_PATIENTS)
        case Mode.staff:
            return FaultScreen(FOR_STAFF)
        case Mode.board:
            return None  # nobody is there to answer it
        case _:
            assert_never(mode)
