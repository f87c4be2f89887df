"""The commands, one a file; each has `add_parser` and `run`."""
