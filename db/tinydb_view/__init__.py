"""The days as tables of TinyDB."""
