"""Names and phones: sealed with a key of their day, and opened for staff."""
