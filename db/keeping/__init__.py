"""What becomes of days: closed, counted, copied, and removed when their time is over."""
