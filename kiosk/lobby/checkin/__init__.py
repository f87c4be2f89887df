"""The questions of the check-in, one a view."""
