"""`python -m goobits`."""

import sys

from goobits.cli import main

sys.exit(main())
