"""Commands as processes, and what each of them cost."""
