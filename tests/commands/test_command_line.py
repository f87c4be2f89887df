"""The command line: one row a command, all of one shape, and only what was named is loaded."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from kiosk.cli import COMMANDS, FIRST, SCREENS, main, parser, understood
from kiosk.settings import CHECKOUT


@pytest.mark.parametrize("module", sorted(set(COMMANDS.values())))
def test_each_command_adds_itself_and_is_run_in_the_same_way(module: str) -> None:
    found = import_module(module)
    assert list(inspect.signature(found.add_parser).parameters) == ["subparsers"]
    assert list(inspect.signature(found.run).parameters) == ["args", "given"]


def added(*named: str) -> list[str]:
    """The commands that a parser has."""
    [commands] = [action for action in parser(*named)._actions if action.dest == "command"]
    assert commands.choices is not None
    return list(commands.choices)


def test_the_table_names_each_command_that_its_modules_add() -> None:
    assert added() == list(COMMANDS)
    for name, module in COMMANDS.items():
        assert added(name) == [other for other in COMMANDS if COMMANDS[other] == module]


def test_no_command_is_missing_from_the_table() -> None:
    files = (CHECKOUT / "kiosk" / "commands").glob("*.py")
    modules = {f"kiosk.commands.{path.stem}" for path in files if "def run(" in path.read_text()}
    assert modules == set(COMMANDS.values())


@pytest.mark.parametrize(
    ("words", "loaded"),
    [
        ([], set()),
        (["lobby"], set()),
        (["--language", "ja", "board"], set()),
        (["staff", "--account", "Lin"], {"screens"}),
        (["verify"], {"verify"}),
        (["--data", "data", "erase", "A001"], {"person"}),
    ],
)
def test_only_the_command_that_was_named_is_loaded(words: list[str], loaded: set[str]) -> None:
    program = (
        f"import sys; from kiosk.cli import understood as u; u({words!r}); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    found = {module for module in COMMANDS.values() if module in run.stdout.split()}
    assert found == {f"kiosk.commands.{name}" for name in loaded}


@pytest.mark.parametrize("words", [["--help"], ["--he", "check"], ["-h", "no-such-command"]])
def test_help_shows_all_commands_whatever_follows(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n    {name} " not in shown] == []


def test_a_language_that_the_clinic_does_not_have_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "--language", "xx", "queue"]) == 1
    assert "There is no language 'xx'. The clinic has: " in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["lobby"], ["--location", "downtown", "lobby"]])
def test_without_a_command_the_lobby_is_opened(words: list[str]) -> None:
    args = understood(words)
    assert (args.command or FIRST) == "lobby"
    assert getattr(args, "location", None) == ("downtown" if len(words) > 1 else None)


def test_the_screens_are_commands() -> None:
    assert set(SCREENS) < set(COMMANDS)
