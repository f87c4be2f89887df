"""Cutting the lines of a text into pages, so that what belongs together stays together."""

from kiosk.typesetting.setting import Bond, Line, rows_of


def paged(lines: list[Line], height: int) -> list[Line]:
    """The lines in pages of `height` lines, with empty ones where a page must end before."""
    pages: list[Line] = []
    at = 0
    lines = lines[: rows_of(lines)]  # air at the end makes no page
    while True:
        if pages:
            at = _past_air(lines, at)
        end = _page_end(lines, at, max(1, height))
        page = lines[at:end]
        pages += [*page, *[Line("")] * (height - len(page))]
        if end >= len(lines):
            return pages
        at = end


def _page_end(lines: list[Line], start: int, height: int) -> int:
    """The line before which a page ends: at the loosest bond that leaves all after it whole."""
    full = start + height
    if full >= len(lines):
        return len(lines)
    end = full
    for bond in Bond:
        ends = [nth for nth in range(start + 1, full + 1) if lines[nth - 1].holds <= bond]
        if ends:
            end = ends[-1]
            if _next_end(lines, full, bond) - _past_air(lines, end) <= height:
                break
    return end


def _next_end(lines: list[Line], start: int, bond: Bond) -> int:
    """The first place from `start` on where the lines may be parted at this bond."""
    ends = (nth for nth in range(start, len(lines)) if lines[nth - 1].holds <= bond)
    return next(ends, len(lines))


def _past_air(lines: list[Line], at: int) -> int:
    """The first line from `at` on that says something; or else the last."""
    while at < len(lines) - 1 and not lines[at].text:
        at += 1
    return at
