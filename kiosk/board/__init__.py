"""The board on the waiting room's wall."""
