"""Staff accounts; they share the lock and the files with the store, and nothing else."""
