"""What the queue means, in values and sentences; no terminal."""
