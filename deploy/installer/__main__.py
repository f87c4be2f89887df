"""The command line of deploy/install."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - older ones stumble over all the rest
    sys.exit("The kiosk needs Python 3.11 or newer: it is made for Debian 13.")

from installer.install import main

sys.exit(main())
