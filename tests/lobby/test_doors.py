"""The doors of the lobby: one list of where its keys lead, which no screen goes past."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from kiosk.lobby.doors import DOORS, screen_behind
from kiosk.lobby.home import OTHERS
from kiosk.lobby.idle import StillThereScreen
from kiosk.settings import CHECKOUT
from kiosk.widgets.screen import KioskScreen

LOBBY = CHECKOUT / "kiosk" / "lobby"
CODE = {path: ast.parse(path.read_text("utf-8")) for path in sorted(LOBBY.rglob("*.py"))}
TILES = {*OTHERS, "ticket"}
"""Cards of Home whose ids are doors."""


def calls(*names: str) -> list[tuple[Path, ast.Call]]:
    """Where the code of the lobby calls a method of one of these names."""
    return [
        (path, node)
        for path, tree in CODE.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


def opened() -> list[tuple[str, list[ast.expr]]]:
    """The doors that are opened by name, with what is brought along."""
    return [
        (door.value, call.args[1:])
        for _, call in calls("enter", "go_on_to")
        for door in call.args[:1]
        if isinstance(door, ast.Constant) and isinstance(door.value, str)
    ]


def test_every_door_leads_to_a_screen() -> None:
    for door, screen in DOORS.items():
        module, _, name = screen.rpartition(".")
        assert issubclass(getattr(import_module(module), name), KioskScreen), door
    assert isinstance(screen_behind("still-there"), StillThereScreen)


def test_every_door_is_opened_and_with_what_its_screen_takes() -> None:
    assert {door for door, _ in opened()} | TILES == set(DOORS)
    for door, brings in opened():
        module, _, name = DOORS[door].rpartition(".")
        inspect.signature(getattr(import_module(module), name)).bind(*brings)


def test_no_screen_goes_past_the_doors() -> None:
    past = {path.relative_to(LOBBY) for path, _ in calls("push_screen", "switch_screen")}
    assert past == {Path("screen.py")}
    behind = {screen.rpartition(".")[0] for screen in DOORS.values()}
    led = {
        f"{path.relative_to(LOBBY)}: {node.module}"
        for path, tree in CODE.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in behind
    }
    assert led == {"ticket/urgent.py: kiosk.lobby.ticket.ticket"}  # which is one itself


def loaded_by(code: str) -> set[str]:
    """Which of the screens behind doors are loaded once this has run in a new program."""
    program = f"import sys; {code}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return {screen.rpartition(".")[0] for screen in DOORS.values()} & set(run.stdout.split())


def test_home_loads_what_is_behind_a_door_when_that_is_opened() -> None:
    assert loaded_by("import kiosk.lobby.home, kiosk.lobby.doors") == set()
    found = loaded_by("from kiosk.lobby.doors import screen_behind as b; b('help')")
    assert found == {"kiosk.lobby.help"}


def test_in_a_quiet_moment_all_of_them_are_loaded() -> None:
    found = loaded_by(
        "from pathlib import Path; from kiosk.lobby import ready;"
        " from kiosk.content.texts import load_clinic; clinic = load_clinic(Path('content'));"
        " ready.load(clinic, clinic.locations[0])"
    )
    assert found == {screen.rpartition(".")[0] for screen in DOORS.values()}
