"""The log: what went wrong and where, in JSON lines that rotate, with nothing of a patient."""

import contextlib
import json
import logging
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

NAME = "clinic"
"""The logger that all of ours hang on: clinic.store, clinic.terminal, clinic.kiosk."""
LARGEST = 256 * 1024
"""Bytes of one file; there are at most FILES of them."""
FILES = 4
FRAMES = 12
"""Places of a fault's way that are kept, the innermost last."""

_ROOT = Path(__file__).parents[1]


def open_log(data_dir: Path, mode: str) -> None:
    """Write what is logged to `data_dir`/log/`mode`.log from now on; without a disk, nowhere.

    Files are for this account only. Called once, when a screen is opened.
    """
    folder = data_dir / "log"
    with contextlib.suppress(OSError):  # a data folder that is gone later stays gone
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    logger = logging.getLogger(NAME)
    logger.propagate = False
    logger.addHandler(_Quiet(folder / f"{mode}.log"))
    logger.setLevel(logging.INFO)


def log_fault(fault: BaseException, what: str) -> None:
    """Note a fault: its kind and its way through the code, but no value and no message.

    What an exception says may quote what it stumbled over: a patient's words.
    """
    logging.getLogger(f"{NAME}.kiosk").error(
        what, extra={"fault": type(fault).__name__, "way": _way(fault.__traceback__)}
    )


def last_entries(data_dir: Path, n: int = 10) -> list[dict[str, object]]:
    """The last `n` things any mode logged, oldest first; none where there is no log to read."""
    entries = []
    for file in (data_dir / "log").glob("*.log*"):
        with contextlib.suppress(OSError):
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            entries += [{"mode": file.name.partition(".")[0]} | _entry(line) for line in lines]
    entries = [entry for entry in entries if "at" in entry]
    return sorted(entries, key=lambda entry: str(entry["at"]))[-n:]


def _entry(line: str) -> dict[str, object]:
    try:
        entry = json.loads(line)
    except ValueError:  # the end of a line that a power cut tore
        return {}
    return entry if isinstance(entry, dict) else {}


def _way(frames: TracebackType | None) -> list[str]:
    return list(_places(traceback.extract_tb(frames)))[-FRAMES:]


def _places(frames: Iterable[traceback.FrameSummary]) -> Iterable[str]:
    for frame in frames:
        file = Path(frame.filename)
        inside = file.relative_to(_ROOT) if file.is_relative_to(_ROOT) else Path(file.name)
        yield f"{inside}:{frame.lineno} {frame.name}"


class _JsonLines(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name.removeprefix(f"{NAME}."),
            "what": record.getMessage(),
        }
        for more in ("fault", "way"):
            if hasattr(record, more):
                entry[more] = getattr(record, more)
        return json.dumps(entry, ensure_ascii=False)


class _Quiet(RotatingFileHandler):
    """A file made when there is something to write; a full or missing disk is not a fault more."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file, maxBytes=LARGEST, backupCount=FILES - 1, encoding="utf-8", delay=True
        )
        self.setFormatter(_JsonLines())

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600, exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing: standard error is the patients' screen."""
