"""Stores on a clock that only tests move, where a test makes none of its own."""

from store_fixtures import clock, open_here, store  # noqa: F401 - fixtures
