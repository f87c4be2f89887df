#!/usr/bin/env python3
"""Start the kiosk: hands the command line to kiosk.cli and does nothing else."""

import sys

from kiosk.cli import main

if __name__ == "__main__":
    sys.exit(main())
