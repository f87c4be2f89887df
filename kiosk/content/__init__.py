"""What the clinic publishes, read from content/; no terminal."""
