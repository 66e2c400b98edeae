"""The rules, a table per category, and what matches them against facts."""
