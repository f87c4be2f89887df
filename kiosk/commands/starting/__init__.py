"""What `new-clinic` asks, and what it writes."""
