"""Screens are driven here."""

from screen_fixtures import no_company, written_over  # noqa: F401 - fixtures
