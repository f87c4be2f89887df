"""The invented clinic of tests/millrace: where its content lies, and the day it is read on."""

from datetime import date
from pathlib import Path

MILLRACE = Path(__file__).parents[1] / "millrace"
TODAY = date(2026, 11, 23)
