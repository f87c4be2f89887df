"""What staff do, a key each, and how it is told."""
