"""Other ways to see the days: as tables of TinyDB, and as news of changes."""
