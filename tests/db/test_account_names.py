"""Names of accounts that people would take for one another are refused, on adding and renaming."""

from __future__ import annotations

import pytest

from db import AccountExists, Accounts, Role
from db.accounts import names

ALIKE = {
    "Lin": ["LIN", "ｌｉｎ", "lın", "Lín", "LÌN", "Li\u0323n", "1in", "|in", "Lιn"],
    "Max": ["Мах", "МАХ", "Mäx", "Μαχ"],
    "Anna": ["ΑΝΝΑ", "Ánna"],
    "lan": ["Ian", "1an", "|an"],
    "Omar": ["0mar", "ÖMAR", "Ømar", "Ｏｍａｒ"],
    "Zoë": ["Zoe", "ZOE", "Zoé", "Z0ë"],
    "O'Neill": ["O’Neill", "O`Neill", "0'Neill", "O'Neιll", "O'NeiIl"],
    "Jean-Luc": ["Jean‐Luc", "Jean–Luc", "Jean−Luc"],
    "力口": ["カロ", "ｶﾛ"],
    "Roß": ["ROSS", "ross"],
}
APART = ["Lin", "Lisa", "Lina", "林", "Лин", "Iris", "Zoë", "Lan Li", "Omar", "Ian", "Lan", "Neill"]
UNSEEN = [
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u3164",
    "\ufe0f",
    "\U000e0101",
    "\u180b",
    "\u034f",
]


@pytest.mark.parametrize(
    ("name", "other"), [(name, other) for name, others in ALIKE.items() for other in others]
)
def test_a_name_that_looks_like_another_is_refused(
    accounts: Accounts, name: str, other: str
) -> None:
    if name != "Lin":
        accounts.add(name, Role.reception, "482916")
    with pytest.raises((AccountExists, ValueError), match=r"looks like|already|alike"):
        accounts.add(other, Role.reception, "482916")
    assert names.alike(name, other) or names.key(name) == names.key(other) or "ι" in other
    assert {one.name for one in accounts.all()} == {"Lin", name}


@pytest.mark.parametrize("char", UNSEEN)
def test_what_does_not_show_is_no_part_of_a_name(accounts: Accounts, char: str) -> None:
    for name in (f"Lin{char}", f"Li{char}n", f"{char}Lin"):
        with pytest.raises(ValueError, match="shown"):
            accounts.add(name, Role.reception, "482916")


def test_letters_of_two_alphabets_that_look_alike_are_refused(accounts: Accounts) -> None:
    for name in ("Lіn", "Ліn", "Сара A", "Αnna"):
        with pytest.raises(ValueError, match="several alphabets"):
            accounts.add(name, Role.reception, "482916")


def test_names_that_only_resemble_one_another_are_two(accounts: Accounts) -> None:
    for name in APART[1:]:
        accounts.add(name, Role.reception, "482916")
    assert {one.name for one in accounts.all()} == set(APART)


def test_the_name_that_it_looks_like_is_said(accounts: Accounts) -> None:
    with pytest.raises(AccountExists, match="looks like the account Lin"):
        accounts.add("Lín", Role.reception, "482916")
