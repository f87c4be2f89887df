"""The command line of deploy/install."""

import sys

from installer.install import main

sys.exit(main())
