"""When this version was made: no clock of a machine that runs it can be right and stand before."""

from datetime import date

MADE_ON = date(2026, 11, 23)
