"""The form for a walk-in and for a correction: its fields, what may stand there, how it looks."""
