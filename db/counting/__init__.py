"""What closed days are counted in: figures, and who was in which room."""
