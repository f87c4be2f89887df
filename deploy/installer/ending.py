"""How every command here ends: with an exit code, and a sentence where it could not be done."""

import sys
from collections.abc import Callable

from installer.machine import CannotError, FellBackError

DONE, REFUSED, FELL_BACK = 0, 1, 3


def exit_code(do: Callable[[], None], stopped: str) -> int:
    """Do it and give the exit code; `stopped` is said where somebody has stopped it."""
    try:
        do()
    except FellBackError as sentence:
        print(sentence, file=sys.stderr)
        return FELL_BACK
    except (CannotError, OSError) as sentence:
        print(sentence, file=sys.stderr)
        return REFUSED
    except UnicodeDecodeError:
        print("What was given is no text in UTF-8.", file=sys.stderr)
        return REFUSED
    except (KeyboardInterrupt, EOFError):
        print(f"\n{stopped}", file=sys.stderr)
        return REFUSED
    return DONE
