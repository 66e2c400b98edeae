"""`python -m goobits_scanner` is the command `goobits-scan`."""

import sys

from goobits_scanner._command import main

if __name__ == "__main__":
    sys.exit(main())
