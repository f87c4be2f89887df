"""What there is to read: shelves, search and the reader."""
