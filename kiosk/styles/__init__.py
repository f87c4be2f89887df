"""How everything looks: the style sheets, and how the ground of a card is painted."""
