"""The running app: its session, what it follows, and what it does while nobody looks."""
