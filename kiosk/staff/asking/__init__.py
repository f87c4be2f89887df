"""What is asked in place of the queue's keys."""
