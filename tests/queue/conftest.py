"""Stores on a clock that only tests move."""

from store_fixtures import clock, journal, open_here, store  # noqa: F401 - fixtures
