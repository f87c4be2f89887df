"""The machine a benchmark ran on, in one line."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from pathlib import Path


def machine(folder: Path | None = None) -> str:
    """Name processor, load, system, the file system of `folder`, and versions."""
    folder = (folder or Path(tempfile.gettempdir())).resolve()
    mounts = (line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines())
    kind = max(mounts, key=lambda mount: len(mount[1]) if folder.is_relative_to(mount[1]) else -1)[
        2
    ]
    processor = platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            processor = line.partition(": ")[2]
            break
    return (
        f"{processor}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {platform.system()}"
        f" {platform.release()}; {kind}; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}"
    )
