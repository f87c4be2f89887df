"""What staff do: with a check-in, and at the desk."""
