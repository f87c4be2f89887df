"""Screens are driven here, and a store is on a clock that only tests move."""

from screen_fixtures import no_company, written_over  # noqa: F401 - fixtures
from store_fixtures import open_here, store  # noqa: F401 - fixtures
