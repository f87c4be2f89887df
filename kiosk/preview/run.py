"""Running `preview FILE`: the screen, and afterwards what is still wrong with the text."""

import sys
from pathlib import Path

import msgspec

from kiosk.content.problems import told
from kiosk.content.texts import load_clinic
from kiosk.settings import Settings

A_DAY = 24 * 60 * 60
"""Seconds without a key after which the reader asks whether anyone is there."""


def run(settings: Settings, path: Path) -> int:
    """Open a text in the reader until Esc or Ctrl+Q; 0, or 1 after a crash.

    Raises ContentError for a path that is no text, and for a clinic.toml that cannot be used.
    """
    from kiosk.app.start import prepare_terminal, run_until_signalled
    from kiosk.preview.text import text_file

    file = text_file(path)
    clinic = load_clinic(file.folder)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print("This needs a terminal: start it in a terminal window.", file=sys.stderr)
        return 1
    prepare_terminal()
    from kiosk.preview.app import PreviewApp

    known = settings.location in [location.slug for location in clinic.locations]
    settings = msgspec.structs.replace(
        settings,
        content_dir=file.folder,
        location=settings.location if known else None,
        language=file.tag if file.tag in clinic.languages else None,
        languages=(),
        idle_seconds=A_DAY,
    )
    app = PreviewApp(settings, clinic, file)
    code = run_until_signalled(app)
    if app.shown and app.shown.problems:
        print(told(list(app.shown.problems)))
    return code
