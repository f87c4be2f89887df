"""Who of the list a check-in may be: proposed by phone, name and time, never decided."""

from __future__ import annotations

import pytest

from kiosk.staff.seen.matching import is_like


@pytest.mark.parametrize(
    ("came", "listed"),
    [
        ("Zoë Brandt", "Brandt, Zoe"),
        ("BRANDT ZOE", "Zoë Brandt"),
        ("Muller", "Anna Müller"),
        ("王芳", "王芳"),
        ("Wang Fang", "王芳"),
        ("王女士", "王芳"),
        ("Ms Wang 王", "王芳"),
        ("Mr Brandt", "Zoë Brandt"),
        ("Zoe Brant", "Zoë Brandt"),
    ],
)
def test_names_that_may_be_one_are_found(came: str, listed: str) -> None:
    assert is_like(came, listed)


@pytest.mark.parametrize(
    ("came", "listed"),
    [
        ("Anna Beck", "Zoë Brandt"),
        ("张女士", "王芳"),
        ("李芳", "王芳"),
        ("", "王芳"),
        ("女士", "王芳"),
    ],
)
def test_names_of_two_people_are_not(came: str, listed: str) -> None:
    assert not is_like(came, listed)
