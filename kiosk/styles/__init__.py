"""How everything looks: the palettes, the style sheets, and the ground of a card."""
