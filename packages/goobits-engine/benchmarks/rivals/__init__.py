"""Generated programs, and the same programs written by hand with a library, in one table."""
