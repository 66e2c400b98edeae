"""What each language makes of a program, held against its own tools."""
