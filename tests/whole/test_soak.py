"""A short walk through chaos; the long one is `python benchmarks/soak.py`."""

import pytest

from benchmarks.soak import soak


@pytest.mark.wide
def test_after_every_kind_of_chaos_the_lobby_is_at_home_and_nothing_is_lost() -> None:
    run = soak(seed=3, turns=3)
    assert run.shown
    assert len(run.did) > 1
