"""docs/recipes.md: what it names is there, and each step that it says is missed is missed."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from copied_checkout import TESTS_WITHIN, CopiedCheckout
from lobby_driver import CLINIC

from db import CheckIn, EventKind, Kept
from db.checkin import Said
from db.desk import correcting
from kiosk.commands.person import told
from kiosk.intake.draft import Draft, Step
from kiosk.languages.language import OWN_NAMES, SOURCE
from kiosk.lobby.checkin.screen import VIEWS
from kiosk.settings import CHECKOUT, Settings
from kiosk.staff.acts.keys import TOLD

PAPER = (CHECKOUT / "docs" / "recipes.md").read_text(encoding="utf-8")
FIELDS = {field.name: field.default for field in msgspec.structs.fields(Said)}


class Row(msgspec.Struct, frozen=True):
    """A step of a recipe."""

    recipe: str
    file: str
    step: str
    test: str
    """What fails while the step is left out; "" where nothing can."""


def rows() -> Iterator[Row]:
    for recipe in PAPER.split("\n## ")[1:]:
        name = recipe.partition("\n")[0]
        for line in recipe.splitlines():
            if line.startswith("| `"):
                file, step, test = (cell.strip() for cell in line.strip("|").split(" |"))
                yield Row(name, file.strip("`"), step, test.strip("`"))


# What the paper names is there


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row.recipe}, {row.file}")
def test_a_step_names_what_there_is(row: Row) -> None:
    path = CHECKOUT / row.file
    assert path.exists()
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        named = re.findall(r"`(\w+)`", row.step)
        assert [name for name in named if not re.search(rf"\b{name}\b", text)] == []


def test_every_file_and_test_on_the_paper_is_there() -> None:
    for named in re.findall(r"`([\w/.-]+/[\w.-]*|Makefile)`", PAPER):
        assert (CHECKOUT / named).exists(), named
    for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAPER):
        text = (CHECKOUT / file).read_text(encoding="utf-8")
        assert re.search(rf"def {test}\(", text), f"{file} has no {test}"


# What is missed where a step is left out


def test_every_setting_is_on_its_page() -> None:
    page = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
    table = [line.split(" | ")[0] for line in page.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", "".join(table))) == set(Settings.__struct_fields__)


def test_make_translations_makes_every_language() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    (made,) = re.findall(r"^LANGUAGES := (.*)$", makefile, re.MULTILINE)
    assert {SOURCE, *made.split()} == set(OWN_NAMES)


def test_a_merge_knows_every_field() -> None:
    source = inspect.getsource(correcting._taken)
    missed = [name for name in FIELDS if f'"{name}"' not in source]
    assert missed == ["language"], "who stays goes on in the language of their own ticket"


def test_an_arrival_says_every_field() -> None:
    source = inspect.getsource(Draft.arrival)
    missed = [name for name in FIELDS if f"{name}=" not in source]
    assert missed == ["urgent"], "who needs help now is asked nothing more"


def test_all_that_is_kept_of_somebody_is_told() -> None:
    alike = [name for name in FIELDS if _told(**{name: _other(name)}) == _told()]
    assert alike == ["party", "guardian"], "an id that says nothing; what `whom` says"


def _told(**said: object) -> str:
    now = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
    one = CheckIn(
        number=1,
        id="1",
        ticket="A001",
        location="downtown",
        day=date(2026, 11, 23),
        arrived_at=now,
        device="kiosk",
        has_name=False,
        has_phone=False,
        same_phone_as=None,
        **{"appointment": True} | said,
    )
    return told(
        Kept(check_in=one, person=None, events=[], names_until=one.day, records_until=one.day),
        CLINIC,
    )


def _other(name: str) -> object:
    """Another value of a field than the one it has by itself."""
    default = True if name == "appointment" else FIELDS[name]
    return {True: False, False: True, None: "10:30" if "time" in name else "x"}.get(default, "x")


def test_every_event_of_a_check_in_is_told() -> None:
    of_the_day = {"help_called", "help_acknowledged", "reception", "paused", "away", "notice"}
    of_the_day |= {"listed"}
    assert set(EventKind) - set(TOLD) == of_the_day | {"carried", "unknown"}


def test_every_question_has_a_view() -> None:
    assert set(VIEWS) == set(Step)


# Each recipe followed, in a copy of the checkout

Act = Callable[[CopiedCheckout], None]
FOLLOWED: dict[str, list[Act]] = {}
"""What is done at each step of a recipe, in the order of its rows."""


def step_of(recipe: str) -> Callable[[Act], Act]:
    def note(act: Act) -> Act:
        FOLLOWED.setdefault(recipe, []).append(act)
        return act

    return note


@step_of("A setting")
def _(copy: CopiedCheckout) -> None:
    copy.add("kiosk/settings.py", "    recall_limit: int = 3\n", "    bells: int = 1\n")


@step_of("A setting")
def _(copy: CopiedCheckout) -> None:
    copy.add("docs/settings.md", "| --- | --- | --- |\n", "| `bells` | 1 | how many |\n")


@step_of("A language")
def _(copy: CopiedCheckout) -> None:
    copy.add("Makefile", "LANGUAGES := zh-Hans", " nl")


@step_of("A language")
def _(copy: CopiedCheckout) -> None:
    copy.add("kiosk/languages/language.py", '    "fr": "Français",\n', '    "nl": "Nederlands",\n')


@step_of("A language")
def _make_translations(copy: CopiedCheckout) -> None:
    makefile = (copy.folder / "Makefile").read_text(encoding="utf-8")
    copy.make_translations(
        "nl" if re.search("^LANGUAGES := .* nl ", makefile, re.MULTILINE) else ""
    )


@step_of("A language")
def _(copy: CopiedCheckout) -> None:
    copy.translate("nl")


@step_of("A language")
def _(copy: CopiedCheckout) -> None:
    if '"nl"' in (copy.folder / "kiosk/languages/cldr.py").read_text(encoding="utf-8"):
        _make_translations(copy)  # again, by whoever did so before


@step_of("A language")
def _(copy: CopiedCheckout) -> None:
    copy.add(
        "tests/whole/test_rooms.py", '    "fr": ("Salle", "salle"),\n', '    "nl": ("Room",),\n'
    )


@step_of("A field of a check-in")
def _(copy: CopiedCheckout) -> None:
    copy.add("db/checkin.py", "    urgent: bool = False\n", "    interpreter: bool = False\n")


@step_of("A field of a check-in")
def _(copy: CopiedCheckout) -> None:
    copy.add(
        "db/desk/correcting.py",
        '        "guardian": kept.guardian or gone.guardian,\n',
        '        "interpreter": kept.interpreter or gone.interpreter,\n',
    )


@step_of("A field of a check-in")
def _(copy: CopiedCheckout) -> None:
    draft = "kiosk/intake/draft.py"
    copy.add(draft, '    phone: str = ""\n', "    interpreter: bool = False\n")
    copy.add(draft, "            phone=phone,\n", "            interpreter=self.interpreter,\n")


@step_of("A field of a check-in")
def _(copy: CopiedCheckout) -> None:
    row = '        ("Interpreter", _yes(one.interpreter)),\n'
    copy.add("kiosk/commands/person.py", '        ("Urgent", _yes(one.urgent)),\n', row)


@step_of("A screen of the lobby")
def _(copy: CopiedCheckout) -> None:
    closed = (copy.folder / "kiosk/lobby/closed.py").read_text(encoding="utf-8")
    made = closed.replace("ClosedScreen", "ParkingScreen")
    (copy.folder / "kiosk/lobby/place/parking.py").write_text(made, encoding="utf-8")


@step_of("A screen of the lobby")
def _(copy: CopiedCheckout) -> None:
    row = '    "parking": "kiosk.lobby.place.parking.ParkingScreen",\n'
    copy.add("kiosk/lobby/doors.py", "    # further in\n", row)


@step_of("A screen of the lobby")
def _(copy: CopiedCheckout) -> None:
    locations = "kiosk/lobby/place/locations.py"
    told = '        """Open a location, or turn the page of a long list."""\n'
    copy.add(
        locations, told, '        if name == "parking":\n            return self.enter("parking")\n'
    )
    copy.replace(locations, "import Press\n", "import Press, Tile\n")
    body = '    def compose_body(self) -> ComposeResult:\n        """'
    copy.replace(
        locations,
        body,
        body.replace('"""', 'yield Tile(self._("Help"), key="9", id="parking")\n        """'),
    )


@step_of("A screen of the lobby")
def _(copy: CopiedCheckout) -> None:
    copy.add(
        "tests/support/lobby_tour.py", '    "find-us": ("4",),\n', '    "parking": ("4", "9"),\n'
    )


@step_of("A key of the staff's queue")
def _(copy: CopiedCheckout) -> None:
    copy.add("db/kinds.py", '    undone = "undone"\n', '    greeted = "greeted"\n')
    operations = "kiosk/staff/acts/operations.py"
    greet = "\n\ndef greet(at, seen):\n    operate(at, CheckInStore.recall, RECALLED, seen)\n"
    path = copy.folder / operations
    path.write_text(path.read_text(encoding="utf-8") + greet, encoding="utf-8")


@step_of("A key of the staff's queue")
def _(copy: CopiedCheckout) -> None:
    told = "kiosk/staff/acts/told.py"
    greeted = 'GREETED = Told(kind="greeted", here=mark("{who} greeted {ticket}"))\n'
    copy.replace(told, "NOBODYS_KEY = (", f"{greeted}NOBODYS_KEY = (GREETED, ")


@step_of("A key of the staff's queue")
def _(copy: CopiedCheckout) -> None:
    act = 'name="greet", letter="e", label=mark("greet"), sentence=mark("Greet somebody")'
    row = f"    Act({act}, does_to=operations.greet),\n"
    copy.add("kiosk/staff/acts/visit_keys.py", "VISIT_KEYS = (\n", row)


@step_of("A key of the staff's queue")
def _(copy: CopiedCheckout) -> None:
    copy.make_translations()
    for tag in OWN_NAMES:
        copy.translate(tag)
    copy.make_translations()


@step_of("A key of the staff's queue")
def _(copy: CopiedCheckout) -> None:
    row = "<tr><td><kbd>e</kbd></td><td></td><td>Greet somebody</td><td>Greet somebody</td></tr>\n"
    page = "docs/print/staff-keys.html"
    copy.replace(page, "<tr><td><kbd>n</kbd>", f"{row}<tr><td><kbd>n</kbd>")


@pytest.mark.parametrize("recipe", FOLLOWED)
def test_a_recipe_is_followed_in_all_its_steps(recipe: str) -> None:
    assert len(FOLLOWED[recipe]) == len([row for row in rows() if row.recipe == recipe])


@pytest.mark.wide
@pytest.mark.patience(2 * TESTS_WITHIN)
@pytest.mark.parametrize("recipe", FOLLOWED)
def test_who_follows_a_recipe_is_done(tmp_path: Path, recipe: str) -> None:
    followed = _follow(tmp_path, recipe)
    assert followed.passes(*{row.test for row in rows() if row.recipe == recipe and row.test})


@pytest.mark.wide
@pytest.mark.patience(2 * TESTS_WITHIN)
@pytest.mark.parametrize(
    ("recipe", "step"),
    [(recipe, step) for recipe, acts in FOLLOWED.items() for step in range(len(acts))],
)
def test_who_leaves_a_step_out_is_told(tmp_path: Path, recipe: str, step: int) -> None:
    left_out = [row for row in rows() if row.recipe == recipe][step]
    if left_out.test:
        assert not _follow(tmp_path, recipe, step).passes(left_out.test), left_out


def _follow(folder: Path, recipe: str, left_out: int | None = None) -> CopiedCheckout:
    copy = CopiedCheckout(folder / "checkout")
    for number, act in enumerate(FOLLOWED[recipe]):
        if number != left_out:
            act(copy)
    return copy
