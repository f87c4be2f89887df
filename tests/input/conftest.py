"""Screens are driven here, and keys wait for company as they do in a clinic."""

from screen_fixtures import written_over  # noqa: F401 - fixtures
