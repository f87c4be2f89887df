"""What the commands that look after the check-ins share.

Exit codes: 0 done; 1 it could not be done, with a sentence on standard error; 2 the command line
is wrong; 3 some days are damaged or could not be read, and are named, while the rest was done;
4 `export --names` wrote everything, but some names could no longer be opened.
"""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.commands.given import Given
from kiosk.commands.progress import Progress

if TYPE_CHECKING:
    from db import CheckInStore, Trouble

DAMAGED, NAMES_MISSING = 3, 4


def on_store(
    given: Given,
    work: Callable[["CheckInStore", Progress], int],
    *,
    beside_rows: bool = False,
) -> int:
    """Open the store, work on it, and close it however that ends; gives the exit code."""
    from db import StoreError

    store = start.open_clinic_store(given.settings, given.clinic)
    progress = Progress(beside_rows=beside_rows)
    try:
        return work(store, progress)
    except StoreError as refusal:
        progress.clear()
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nStopped.", file=sys.stderr)
        return 1
    finally:
        progress.clear()
        store.close()


def name_days(troubles: "Sequence[Trouble]") -> int:
    """Name the days that were left out on standard error, and give the exit code."""
    for trouble in troubles:
        print(f"{trouble.day}: {trouble.sentence}", file=sys.stderr)
    return DAMAGED if troubles else 0
