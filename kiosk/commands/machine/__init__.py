"""What `check` and `doctor` look at on this machine; each gives `Finding`s."""
