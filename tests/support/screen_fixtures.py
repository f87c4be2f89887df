"""What tests of screens are given without asking for it; a room's conftest.py takes them."""

import pytest


@pytest.fixture(autouse=True)
def no_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no key wait for what may follow it: scans and hands are tested in tests/input."""
    monkeypatch.setattr("kiosk.input.guard.COMPANY", 0.001)


@pytest.fixture(autouse=True)
def written_over(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """When freed memory would have been written over; test_freed.py looks at what comes of it."""
    times: list[str] = []
    monkeypatch.setattr(
        "kiosk.textual_private.forgetting.write_over_soon", lambda: times.append("written over")
    )
    return times
