"""The text of a file, in whichever way it was written down."""

import re

from kiosk.booked.rows_read import ListError

LARGEST = 10 * 1024 * 1024
"""Bytes of a file; a clinic's whole year takes less."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = re.compile(rb"[\x80-\xff]+")


def text_of(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, GB18030 or Western; raises ListError."""
    if len(data) > LARGEST:
        raise ListError("the file is larger than 10 MB; it is not read")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    zeros = data[:1000].count(0)
    if zeros > len(data[:1000]) // 4:
        first = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(first, "replace")
    if zeros:
        raise ListError("the file is no text; save it as CSV or iCalendar")
    names = ["utf-8", "gb18030", "cp1252"]
    if len(_LONE.findall(data)) * 2 > len(_HIGH.findall(data)):
        names = ["utf-8", "cp1252", "gb18030"]  # single letters with accents among plain ones
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")
