"""deploy/foot.ini against the names that foot 1.21 knows, Debian 13's, and what it must take away.

foot-1.21-options.txt is made of the foot.ini that comes with Debian's package, which names every
option. An unknown one makes foot's own check fail, and `make machine` runs that too.
"""

from collections.abc import Iterator
from pathlib import Path

from kiosk.styles.themes import LIGHT

ROOT = Path(__file__).parents[2]
OPTIONS = set((ROOT / "tests/deploy/foot-1.21-options.txt").read_text(encoding="utf-8").split())
HARMLESS = {
    "key-bindings.noop",
    "key-bindings.pipe-visible",
    "key-bindings.pipe-scrollback",
    "key-bindings.pipe-selected",
    "key-bindings.pipe-command-output",
    "mouse-bindings.selection-override-modifiers",
}
"""What has no key unless somebody gives it one; and Shift, without which nothing can be touched."""


def options() -> Iterator[tuple[str, str]]:
    section = "main"
    for line in (ROOT / "deploy/foot.ini").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield f"{section}.{name}", value


def test_foot_knows_every_name() -> None:
    assert {name for name, _ in options()} - OPTIONS == set()


def test_none_is_said_twice() -> None:
    names = [name for name, _ in options()]
    assert len(names) == len(set(names))


def test_every_key_and_every_button_of_foot_s_own_is_taken_away() -> None:
    own = {name for name in OPTIONS if name.startswith(("key-bindings.", "mouse-bindings."))}
    taken = {name for name, value in options() if value == "none"}
    assert own - HARMLESS - taken == set()


def test_shift_and_touch_still_reach_the_app() -> None:
    assert "mouse-bindings.selection-override-modifiers" not in dict(options())


def test_nothing_scrolls_rings_or_reaches_a_clipboard() -> None:
    said = dict(options())
    assert said["scrollback.lines"] == "0"
    assert said["security.osc52"] == "disabled"
    assert said["bell.system"] == "no"
    assert said["url.launch"] == "/bin/false"


def test_before_the_first_picture_it_is_of_the_light_paper() -> None:
    said = dict(options())
    assert said["colors.background"] == LIGHT.variables["paper"].lstrip("#")
    assert said["colors.foreground"] == LIGHT.variables["ink"].lstrip("#")
