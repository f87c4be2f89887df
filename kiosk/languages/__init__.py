"""How each language writes and how what is typed is read; no terminal."""
