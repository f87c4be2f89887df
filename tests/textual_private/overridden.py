"""Which methods of Textual and Rich the kiosk overrides or leans on, and what stands in each.

`python tests/textual_private/overridden.py` notes them anew, once somebody has looked at each that
another Textual has changed.
"""

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import walk_packages
from textwrap import dedent
from types import FunctionType
from typing import Any

ROOT = Path(__file__).parents[2]
NOTED = Path(__file__).with_suffix(".txt")
RENEW = f"python {Path(__file__).relative_to(ROOT)}"
THEIRS = ("textual", "rich")
MADE_FOR = "textual_private/made_for.py"


def functions(attribute: object) -> list[FunctionType]:
    """The functions behind a method, a property or what is wrapped; none for any other value."""
    if isinstance(attribute, property):
        parts = [attribute.fget, attribute.fset, attribute.fdel]
    elif isinstance(attribute, staticmethod | classmethod):
        parts = [attribute.__func__]
    else:
        parts = [attribute]
    found = [inspect.unwrap(part) for part in parts if callable(part)]
    return [part for part in found if isinstance(part, FunctionType)]


def body(function: FunctionType) -> str:
    """The source without what only people read: docstring, comments, empty lines, indentation."""
    lines: list[str] = dedent(inspect.getsource(function)).splitlines()
    (tree,) = ast.parse("\n".join(lines)).body
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef), function
    if ast.get_docstring(tree, clean=False) is not None:
        said = tree.body[0]
        lines[said.lineno - 1 : said.end_lineno] = []
    return "\n".join(
        line.rstrip() for line in lines if line.strip() and not line.lstrip().startswith("#")
    )


def hash_of(attribute: object) -> str:
    """A short hash of all that a method does, by its source: every Python gives the same."""
    text = "\n".join(body(function) for function in functions(attribute))
    return sha256(text.encode()).hexdigest()[:16]


def is_theirs(kind: type) -> bool:
    """Whether a class comes with Textual or Rich."""
    return kind.__module__.partition(".")[0] in THEIRS


def classes() -> Iterator[type]:
    """All of the kiosk's classes that derive from one of theirs."""
    import kiosk

    for module in walk_packages(kiosk.__path__, "kiosk."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and kind.__module__ == module.name:
                yield from inner(kind)


def inner(kind: type) -> Iterator[type]:
    """A class and the classes in it, as far as they derive from one of theirs."""
    if any(is_theirs(base) for base in kind.__mro__):
        yield kind
    for one in vars(kind).values():
        if isinstance(one, type) and one.__qualname__.startswith(f"{kind.__qualname__}."):
            yield from inner(one)


def overridden(kind: type) -> Iterator[tuple[type, str]]:
    """Each of their methods that a class of ours puts its own in place of, and whose it is."""
    for name, ours in vars(kind).items():
        # Every class has an __init__ of its own, and each of ours goes on to theirs.
        if name == "__init__" or not functions(ours):
            continue
        for base in kind.__mro__[1:]:
            if is_theirs(base) and functions(vars(base).get(name)):
                yield base, name
                break


def private() -> Iterator[tuple[type, str]]:
    """Each of their private methods that the kiosk calls, and whose it is."""
    from textual.app import App

    from kiosk.textual_private.made_for import private_names

    for owner, names in private_names(App()).items():
        kind: Any = owner if isinstance(owner, type) else App
        for name in names.split():
            for base in kind.__mro__:
                if functions(vars(base).get(name)):
                    yield base, name
                    break


def found() -> dict[str, tuple[str, set[str]]]:
    """By a method's full name, its hash and where the kiosk relies on it."""
    where: dict[tuple[type, str], set[str]] = defaultdict(set)
    for kind in classes():
        for method in overridden(kind):
            where[method].add(f"{kind.__module__}.{kind.__qualname__}")
    for method in private():
        where[method].add(MADE_FOR)
    return {
        f"{base.__module__}.{base.__qualname__}.{name}": (hash_of(vars(base)[name]), users)
        for (base, name), users in where.items()
    }


def noted() -> dict[str, str]:
    """What the hashes were when somebody last looked."""
    lines = [line.split() for line in NOTED.read_text(encoding="utf-8").splitlines()]
    return {line[0]: line[1] for line in lines if line[0] != "#"}


def changes(before: dict[str, str], now: dict[str, tuple[str, set[str]]]) -> list[str]:
    """A line for each method that is another now, and for each that is relied on or is no more."""
    lines = []
    for name in sorted(before.keys() | now):
        hashed, users = now.get(name, ("", set()))
        if before.get(name) != hashed:
            what = "is no longer relied on" if name not in now else "is another now"
            what = "is relied on, and was not looked at yet" if name not in before else what
            by = f" ({', '.join(sorted(users))})" if users else ""
            lines.append(f"{name} {what}{by}")
    return lines


def renew() -> None:
    """Note all as they are now."""
    versions = ", ".join(f"{name} {version(name)}" for name in THEIRS)
    lines = [f"# What the kiosk overrides or calls of {versions}; made by: {RENEW}"]
    lines += [f"{name} {hashed}" for name, (hashed, _) in sorted(found().items())]
    NOTED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    renew()
