"""What a command is: the runtime that runs it, and what it imports."""
