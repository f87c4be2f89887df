"""What staff see of the queue, as values and words; no widget."""
