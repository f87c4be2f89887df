"""The queue as staff see it."""
