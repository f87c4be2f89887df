"""What is heard: calls, their chime and their words."""
