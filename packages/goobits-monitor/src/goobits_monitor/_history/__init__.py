"""The history: measured values, kept in one file."""
