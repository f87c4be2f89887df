"""What all tests share."""

import gc

# Thousands of short-lived widgets make Python's collector run all the time; a rarer sweep is a
# good part of the suite's time saved. What a test wants collected, it collects.
gc.set_threshold(100_000, 50, 50)
