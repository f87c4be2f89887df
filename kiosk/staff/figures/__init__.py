"""The figures of a day or of many."""
