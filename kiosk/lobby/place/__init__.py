"""Where the clinic is, and how to book."""
