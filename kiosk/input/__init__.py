"""What counts as a press, by times and by what stands on the glass."""
