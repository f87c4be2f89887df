"""Today's list: what the clinic's calendar says of who is booked, read from its files."""
