"""How text and large letters are set in cells; no terminal."""
