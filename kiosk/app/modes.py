"""The modes of the app: the first screen of patients, of staff and of the board.

Each is imported when it is asked for: no terminal loads the screens of the others.
"""

from collections.abc import Callable

from textual.screen import Screen


def _lobby() -> Screen[None]:
    from kiosk.lobby.home import HomeScreen

    return HomeScreen()


def _staff() -> Screen[None]:
    from kiosk.staff.door.sign_in import SignInScreen

    return SignInScreen()


def _board() -> Screen[None]:
    from kiosk.board.screen import BoardScreen

    return BoardScreen()


MODES: dict[str, Callable[[], Screen[None]]] = {"lobby": _lobby, "staff": _staff, "board": _board}
