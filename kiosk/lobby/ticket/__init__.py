"""The ticket, and where it stands."""
