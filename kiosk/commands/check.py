"""`check`: look for what is wrong with the content."""

from collections.abc import Iterator

from kiosk.content import Clinic, ContentError, Problem
from kiosk.content_files import load_clinic
from kiosk.settings import Settings

LONGEST_LINK = 62
"""Bytes of the largest QR code that stands beside text at 80 x 24 (version 4, level M)."""


def run(settings: Settings) -> int:
    """Print what is wrong, one problem a line; 1 if any of it is more than a warning.

    A text that is not translated, or a link too long for a code, is a warning: the kiosk shows
    the other language, or the link as text.
    """
    try:
        clinic = load_clinic(settings.content_dir)
        clinic.location(settings.location)
    except ContentError as error:
        print(error)
        return 1
    errors = [problem for problem in clinic.problems if not _is_missing_translation(problem)]
    warnings = [problem for problem in clinic.problems if _is_missing_translation(problem)]
    warnings += _long_links(clinic)
    for problem in errors:
        print(problem)
    for problem in warnings:
        print(f"{problem.file}: warning: {problem.message}")
    if not errors:
        opening = "All is well" if not warnings else "All is well but for the warnings"
        print(
            f"{opening}: {len(clinic.services)} services, {len(clinic.articles)} articles,"
            f" {len(clinic.locations)} locations."
        )
    return 1 if errors else 0


def _is_missing_translation(problem: Problem) -> bool:
    return problem.message.startswith("there is no translation")


def _long_links(clinic: Clinic) -> Iterator[Problem]:
    links = {("clinic.toml", "short_url"): [clinic.short_url]}
    links["clinic.toml", "booking_url"] = [
        clinic.booking_link(location.slug, service.slug)
        for location in clinic.locations
        for service in clinic.services
    ]
    for folder, texts in (("services", clinic.services), ("articles", clinic.articles)):
        for text in texts:
            links[f"{folder}/{text.slug}", "source_url"] = [text.source_url]
    for (file, field), addresses in links.items():
        longest = max((len(address.encode()) for address in addresses), default=0)
        if longest > LONGEST_LINK:
            yield Problem(
                file,
                f"{field} has {longest} bytes; a code on a small screen holds {LONGEST_LINK}.",
            )
