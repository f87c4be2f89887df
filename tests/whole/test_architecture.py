"""The house rules that a machine can check: layers, rooms, addresses, lengths, a true README."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from textual.app import App

import db
import kiosk
from kiosk.cli import SCREENS, parser
from kiosk.settings import CHECKOUT
from kiosk.textual_private.made_for import private_names

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST_FILE = 350
"""Lines of a Python file, at most: beyond that two things live in one room."""

MOST_ABOVE = 4
"""Classes of ours that a class may have above it: a thing *has* parts, it does not grow on them."""

FLAT = {"__init__", "cli", "settings", "log", "qr"}
"""What lies in kiosk/ itself: everything else is in a room."""

ONCE_A_ROOM = {"__init__", "app", "errors", "run", "screen"}
"""File names that say what a file is to its room; any other is found once in a package."""

HALF_AN_HOUR = 1200
"""Lines of the files in which the store keeps its promise."""

# Written in pieces, so that this file does not hold what it forbids.
REGISTRIES = re.compile(
    "|".join(
        [
            r"pypi\.(?:org|io)" + r"\b",
            "pythonhosted" + r"\.org",
            "registry" + r"\.(?:npmjs|yarnpkg)\b",
            "anaconda" + r"\.org",
            "(?:docker|ghcr|quay)" + r"\.io",
            "proxy" + r"\.golang\.org",
            "(?:artifactory|nexus|devpi)" + r"[.:/]",
            "--(?:extra-)?index" + "-url",
            "/" + "simple/",
        ]
    ),
    re.IGNORECASE,
)
PATHS = re.compile(
    r"""(?<![\w.~/-])/(?:""" + "home|root|Users|work|mnt|media|private|workspace" + r")/\w"
)


@cache
def files() -> list[Path]:
    """The files of this checkout that are in git, or about to be."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as missing:
        pytest.skip(f"this is no git checkout, so nobody knows which files count: {missing}")
    paths = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a compiled catalogue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()}")
    return found


def test_the_layers_import_only_downwards() -> None:
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=CHECKOUT,
        env={"PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert f"Contracts: {len(contracts)} kept, 0 broken" in checked.stdout


# Rooms, in which a thing is found


def test_what_has_no_room_in_the_kiosk_is_the_command_line_settings_the_log_and_codes() -> None:
    assert {path.stem for path in (CHECKOUT / "kiosk").glob("*.py")} == FLAT


@pytest.mark.parametrize("package", ["kiosk", "db"])
def test_a_file_name_stands_once_in_a_package(package: str) -> None:
    paths = [path.relative_to(CHECKOUT) for path in (CHECKOUT / package).rglob("*.py")]
    # a file of kiosk/commands is called as what is typed
    names = Counter(path.stem for path in paths if path.parts[:-1] != ("kiosk", "commands"))
    twice = {name for name, times in names.items() if times > 1} - ONCE_A_ROOM
    assert [str(path) for path in paths if path.stem in twice] == []


def test_no_class_stands_on_a_tower_of_ours() -> None:
    tall = {}
    for cls in classes():
        above = [base.__name__ for base in cls.__mro__[1:] if is_ours(base)]
        if len(above) > MOST_ABOVE:
            tall[f"{cls.__module__}.{cls.__qualname__}"] = above
    assert tall == {}


def classes() -> Iterator[type]:
    """Every class of kiosk and db, where it is defined."""
    for package in (kiosk, db):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for _, cls in inspect.getmembers(module, inspect.isclass):
                if cls.__module__ == module.__name__:
                    yield cls


def is_ours(cls: type) -> bool:
    return cls.__module__.split(".")[0] in ("kiosk", "db")


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(PATHS) == []


def test_lock_files_that_name_hosts_are_not_kept() -> None:
    assert not {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"} & {p.name for p in files()}


def test_no_python_file_is_longer_than_a_reader_can_keep_in_mind() -> None:
    long = {
        str(path.relative_to(CHECKOUT)): lines
        for path in files()
        if path.suffix == ".py"
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_file_opens_with_a_sentence_that_says_what_lives_there() -> None:
    silent = [
        str(path.relative_to(CHECKOUT))
        for path in files()
        if path.suffix == ".py"
        and (text := path.read_text(encoding="utf-8").removeprefix("#!/usr/bin/env python3\n"))
        and not text.startswith('"""')
    ]
    assert silent == []


def test_a_file_that_a_file_speaks_of_is_there() -> None:
    names = {path.name for path in files()}
    spoken_of = {
        f"{path.relative_to(CHECKOUT)}: {name}"
        for path in files()
        if path.suffix == ".py" and path.relative_to(CHECKOUT).parts[0] in ("kiosk", "db")
        for name in re.findall(r"[\w/]+\.py\b", path.read_text(encoding="utf-8"))
        if name.rpartition("/")[2] not in names
    }
    assert spoken_of == set()


def test_every_exception_to_a_rule_says_why() -> None:
    """Behind `noqa` and `type: ignore` stands a reason; mypy looks at no tests, which need none."""
    exception = re.compile(r"# (noqa|type: ignore)\b(?P<rest>.*)")
    reason = re.compile(r": [A-Z0-9, ]+ - \S|\[[a-z, -]+\]  # \S")
    silent = {
        f"{path.relative_to(CHECKOUT)}: {line.strip()}"
        for path in files()
        if path.suffix == ".py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if (found := exception.search(line)) and not reason.match(found["rest"])
    }
    assert {one for one in silent if "exception =" not in one} == set()


# The store's promise is worth nothing to a reader who cannot get through it


def test_the_promise_of_the_store_can_be_read_in_half_an_hour() -> None:
    paper = (CHECKOUT / "docs" / "store.md").read_text(encoding="utf-8")
    reading = paper.partition("## Reading it")[2].partition("## On disk")[0]
    flat, folders = (re.findall(r"`(\w+\.py)`", part) for part in reading.split("| folder |"))
    db = CHECKOUT / "db"
    in_order = flat[: flat.index("checking_in.py") + 1]
    assert sum(len((db / name).read_text("utf-8").splitlines()) for name in in_order) < HALF_AN_HOUR
    # and what the paper does not name is not there
    assert {path.name for path in db.glob("[a-z]*.py")} == set(flat)
    assert {path.name for path in db.glob("*/[a-z]*.py")} - {"errors.py"} == set(folders)


# What the documents say can be typed


def documents() -> list[Path]:
    papers = [path for path in files() if path.suffix == ".md" and path.parent.name != "articles"]
    return [path for path in papers if "content" not in path.relative_to(CHECKOUT).parts[:1]]


def commands() -> set[str]:
    """The words that may follow run_kiosk.py, options included."""
    usage = parser().format_help()
    return set(re.findall(r"^    ([a-z-]+) ", usage, re.MULTILINE)) | set(
        re.findall(r"--[a-z-]+", usage)
    )


TYPED = re.compile(
    r"(?:run_kiosk\.py|^clinic-kiosk|`clinic-kiosk|\. clinic-kiosk) ([^`#\n]+)", re.M
)
"""The program with what follows it, as one types it."""


def test_the_program_has_the_commands_it_should_have() -> None:
    assert {*SCREENS, "check", "queue", "stats", "accounts"} <= commands()


def test_documents_name_only_commands_the_program_has() -> None:
    named = {
        (path.name, word)
        for path in documents()
        for line in TYPED.findall(path.read_text(encoding="utf-8"))
        for word in re.findall(r"(?:^|\| )\[?((?:--)?[a-z][a-z-]*)", line)
    }
    assert {(name, word) for name, word in named if word not in commands()} == set()


def test_documents_name_only_targets_the_makefile_has() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        (path.name, word)
        for path in documents()
        for word in re.findall(r"(?:`|^ *)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {(name, word) for name, word in named if word not in targets} == set()


def test_documents_link_only_to_files_there_are() -> None:
    missing = [
        f"{path.name}: {target}"
        for path in documents()
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert missing == []


def test_the_readme_names_the_two_ways_to_run_and_to_test() -> None:
    readme = CHECKOUT / "README.md"
    if not readme.is_file():
        pytest.skip("there is no README yet")
    text = readme.read_text(encoding="utf-8")
    for command in ("make run", "make test", "uv run run_kiosk.py", "uv run pytest"):
        assert command in text


def test_no_style_asks_for_a_place_among_others() -> None:
    sheets = (CHECKOUT / "kiosk" / "styles").glob("*.tcss")
    order = re.compile(r":(first|last)-|:odd|:even")
    found = [sheet.name for sheet in sheets if order.search(sheet.read_text(encoding="utf-8"))]
    assert not found, "for one such rule Textual styles every widget of that kind twice"


PRIVATE = re.compile(r"_[a-z]\w*")


def private_of(package: str) -> set[str]:
    """Names with one leading underscore that are defined or set anywhere in a package."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    found: set[str] = set()
    for file in Path(spec.origin).parent.rglob("*.py"):
        found |= {name for name, sets in private_names_in(file) if sets}
    return found


def private_names_in(file: Path) -> Iterator[tuple[str, bool]]:
    """Private names of methods and attributes in a file, and whether it is they who are set."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                sets = True
            case ast.Attribute(attr=name, ctx=context):
                sets = isinstance(context, ast.Store)
            case _:
                continue
        if PRIVATE.fullmatch(name):
            yield name, sets


def test_textuals_private_names_are_used_in_one_folder_and_looked_for_at_start() -> None:
    fence = CHECKOUT / "kiosk" / "textual_private"
    looked_for = set(" ".join(private_names(App()).values()).split())
    theirs = private_of("textual")
    for file in (CHECKOUT / "kiosk").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used = dict.fromkeys(name for name, _ in private_names_in(file))
        if file.parent == fence:
            assert [name for name in used if name in theirs - looked_for] == [], file
        else:
            assert not re.search(r"^\s*(?:from|import) (?:textual|rich)\S*\._", text, re.M), file
            assert [name for name in used if name in looked_for] == [], file
