"""Who may work at this terminal: signing in, the PIN, the lock."""
