"""What the command line reads and shows: words, results as text and JSON, the alarm."""
