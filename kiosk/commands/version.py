"""Which version this is, and when it was made."""

from datetime import date

VERSION = "0.1.0"
"""As in pyproject.toml, which a machine that was installed does not have."""
MADE_ON = date(2026, 11, 23)
"""No clock of a machine that runs it can be right and stand before."""
