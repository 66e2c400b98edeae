"""`python -m goobits_monitor`."""

import sys

from goobits_monitor.cli import main

sys.exit(main())
