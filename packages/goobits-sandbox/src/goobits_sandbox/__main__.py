"""`python -m goobits_sandbox` is the command `goobits-sandbox`."""

from goobits_sandbox._command import main

if __name__ == "__main__":
    main()
