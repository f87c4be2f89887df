"""Widgets that more than one screen uses, and the base of every screen."""
