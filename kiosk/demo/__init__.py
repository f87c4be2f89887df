"""The demonstration, with simulated patients."""
