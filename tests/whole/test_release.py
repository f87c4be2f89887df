"""What a release has to agree on: the number, the day, and what the change log calls newest."""

import re

from kiosk.commands.version import MADE_ON, VERSION
from kiosk.settings import CHECKOUT

HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+), (?P<when>.+)$", re.MULTILINE)


def test_the_newest_in_the_change_log_is_this_version() -> None:
    found = HEADING.search((CHECKOUT / "CHANGELOG.md").read_text("utf-8"))
    assert found is not None
    assert found["version"] == VERSION
    assert found["when"] in ("not released yet", f"{MADE_ON.day} {MADE_ON:%B %Y}")


def test_the_steps_of_a_release_name_files_and_targets_there_are() -> None:
    page = (CHECKOUT / "docs" / "release.md").read_text("utf-8")
    for file in re.findall(r"`((?:kiosk|content|requirements|deploy)/[\w/.]+)`", page):
        assert (CHECKOUT / file).exists(), file
    targets = (CHECKOUT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", page):
        assert f"\n{target}:" in targets, target
