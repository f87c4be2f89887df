"""The questions of a check-in and what an answer may be; no terminal."""
