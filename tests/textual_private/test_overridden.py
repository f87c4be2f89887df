"""An upgrade of Textual shows where to look: what the kiosk overrides or calls was hashed."""

from types import FunctionType
from typing import Any

from overridden import NOTED, RENEW, body, changes, found, hash_of, noted
from textual.app import App
from textual.widget import Widget


def test_what_the_kiosk_overrides_is_as_it_was_when_somebody_looked() -> None:
    told = changes(noted(), found())
    assert not told, "\n".join(
        [
            "Textual or Rich is another where the kiosk puts its own in place of theirs.",
            *told,
            f"Look at each, then note them anew: {RENEW}",
        ]
    )


def test_all_that_is_overridden_or_called_is_known_with_who_relies_on_it() -> None:
    now = found()
    relied_on = {name: users for name, (_, users) in now.items()}
    assert relied_on["textual.app.App._handle_exception"] == {
        "kiosk.textual_private.faults.FaultTolerant",
        "textual_private/made_for.py",
    }
    assert "kiosk.app.app.KioskApp" in relied_on["textual.app.App.on_event"]
    assert "kiosk.app.public_terminal.PublicTerminal" in relied_on["textual.app.App.clipboard"]
    assert "kiosk.widgets.press.Press.Pressed" in relied_on["textual.message.Message.control"]
    assert "kiosk.widgets.press.Tile" in relied_on["textual.widgets._static.Static.render"]
    assert relied_on["rich.segment.Segment._split_cells"] == {"textual_private/made_for.py"}
    assert not any(name.endswith("__init__") for name in now)
    lines = NOTED.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[1:] == sorted(lines[1:])


def made(source: str) -> Any:
    """A function of this source, as `inspect` finds it."""
    import linecache

    name = f"<made {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names: dict[str, Any] = {}
    exec(compile(source, name, "exec"), names)
    return next(value for value in names.values() if isinstance(value, FunctionType))


PLAIN = "def act(self):\n    return self.one\n"


def test_what_only_people_read_changes_no_hash() -> None:
    told = made(PLAIN.replace("    ", '    """Give it.\n\n    Or not."""\n\n    # so\n    ') + "\n")
    indented = made(f"if True:\n    {PLAIN.replace(chr(10), chr(10) + '    ')}")
    assert hash_of(made(PLAIN)) == hash_of(told) == hash_of(indented)
    assert body(told) == PLAIN.rstrip()


def test_what_is_done_and_what_is_taken_change_it() -> None:
    hashes = [
        hash_of(made(source))
        for source in (
            PLAIN,
            PLAIN.replace("one", "two"),
            PLAIN.replace("self", "self, more=None", 1),
            PLAIN + "    print()\n",
            f"async {PLAIN}",
        )
    ]
    assert len(set(hashes)) == len(hashes)


def test_a_property_is_all_that_it_does() -> None:
    get = made(PLAIN)
    assert hash_of(property(get)) == hash_of(get)
    assert hash_of(property(get, made("def act(self, new):\n    self.one = new\n"))) != hash_of(get)
    assert hash_of(vars(Widget)["render"]) != hash_of(vars(App)["on_event"])


def test_each_that_is_another_now_is_named_with_who_relies_on_it() -> None:
    now = {"A.one": ("1", {"ours.B", "ours.A"}), "A.two": ("2", {"ours.C"}), "A.same": ("0", {"x"})}
    assert changes({"A.one": "0", "A.gone": "3", "A.same": "0"}, now) == [
        "A.gone is no longer relied on",
        "A.one is another now (ours.A, ours.B)",
        "A.two is relied on, and was not looked at yet (ours.C)",
    ]
