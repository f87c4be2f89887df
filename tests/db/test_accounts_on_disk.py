"""What lies on disk of the staff accounts: damage is a sentence, and nothing half-made is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from test_staff import guess_wrong

from db import Accounts, KeyMissing, Role, StoreCorrupt, WrongPin


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-1],
        lambda text: "[" * 100_000,
        lambda text: '{"more": ' + "[" * 100_000,
        lambda text: "[]",
        lambda text: "",
        lambda text: "{}",
        lambda text: "null",
        lambda text: text.replace('"accounts"', '"account"'),
        lambda text: text.replace("$argon2id$", "$argon2$"),
        lambda text: text.replace("m=8,", "m=99999999,"),
        lambda text: text.replace('"hash":"', '"hash":"plain'),
        lambda text: text.replace('"reception"', '"owner"'),
        lambda text: text.replace('"Lin"', '"L\\u001b[31m"'),
        lambda text: text.replace('"lin":', '"mei":'),
        lambda text: text.replace('"wrong":1', '"wrong":-1'),
        lambda text: text.replace('"wrong":1', '"wrong":"1"'),
        lambda text: re.sub(r'"at":"[^"]*"', '"at":"2026-11-23T02:00:00"', text),
        lambda text: "\udcff",
    ],
)
def test_a_damaged_file_is_a_sentence(
    accounts: Accounts, tmp_path: Path, damage: Callable[[str], str]
) -> None:
    (tmp_path / "copy").write_bytes(accounts.exported())
    guess_wrong(accounts, 1)
    path = tmp_path / "data" / "accounts.json"
    before = path.read_text()
    after = damage(before)
    assert after != before
    path.write_text(after, errors="surrogateescape")
    for refused in (
        accounts.all,
        lambda: accounts.verify("Lin", "482916", "desk"),
        lambda: accounts.add("Mei", Role.manager, "482916"),
        lambda: accounts.stamp("Lin"),
        lambda: accounts.set_pin("Lin", "913057"),
        lambda: accounts.set_role("Lin", Role.manager),
        lambda: accounts.rename("Lin", "Mei"),
        lambda: accounts.unlock("Lin"),
        lambda: accounts.remove("Lin"),
        lambda: accounts.bring(tmp_path / "copy"),
        accounts.now,
        accounts.exported,
    ):
        with pytest.raises(StoreCorrupt, match=r"accounts\.json"):
            refused()
    assert path.read_bytes() == after.encode(errors="surrogateescape"), "it is never overwritten"


@pytest.mark.parametrize("lies_there", [Path.mkdir, lambda path: path.symlink_to("gone")])
def test_what_lies_in_the_place_of_the_file_is_damage_and_stays(
    accounts: Accounts, tmp_path: Path, lies_there: Callable[[Path], None]
) -> None:
    path = tmp_path / "data" / "accounts.json"
    path.unlink()
    lies_there(path)
    for refused in (accounts.all, lambda: accounts.add("Mei", Role.manager, "482916")):
        with pytest.raises(StoreCorrupt, match=r"accounts\.json"):
            refused()
    assert path.is_symlink() or path.is_dir()


def test_a_hash_that_only_looks_like_one_is_damage(accounts: Accounts, tmp_path: Path) -> None:
    path = tmp_path / "data" / "accounts.json"
    path.write_text(re.sub(r"\$[^$]*\$[^$\"]*\"", '$AA$A"', path.read_text()))
    with pytest.raises((StoreCorrupt, WrongPin)):
        accounts.verify("Lin", "482916", "desk")


@pytest.mark.parametrize("left", [b"", b"short"])
def test_a_pepper_that_is_none_is_neither_used_nor_left(
    open_again: Callable[[], Accounts], tmp_path: Path, left: bytes
) -> None:
    key = tmp_path / "keys" / "accounts.key"
    key.parent.mkdir(mode=0o700)
    key.write_bytes(left)
    (tmp_path / "keys" / "accounts.key.77.new").write_bytes(b"half")
    accounts = open_again()
    accounts.add("Lin", Role.reception, "482916")
    assert [len(file.read_bytes()) for file in key.parent.iterdir()] == [32]
    key.write_bytes(left)
    for refused in (
        lambda: accounts.verify("Lin", "482916", "desk"),
        lambda: accounts.add("Mei", Role.manager, "482916"),
    ):
        with pytest.raises(KeyMissing, match="damaged"):
            refused()


def test_a_pepper_is_there_whole_or_not_at_all(
    open_again: Callable[[], Accounts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unplugged(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", unplugged)
    with pytest.raises(KeyboardInterrupt):
        open_again().add("Lin", Role.reception, "482916")
    assert not (tmp_path / "keys" / "accounts.key").exists()


def test_drafts_of_runs_that_were_killed_are_removed(accounts: Accounts, tmp_path: Path) -> None:
    draft = tmp_path / "data" / "accounts.json.77.new"
    draft.write_text("{}")
    accounts.set_pin("Lin", "913057")
    assert not draft.exists()
