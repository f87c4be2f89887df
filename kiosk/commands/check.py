"""`check`: how the machine is, and what is wrong with the content and how to mend it."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.machine.checked import report
from kiosk.commands.machine.found import Finding
from kiosk.content.check import check
from kiosk.content.clinic import Clinic, ContentError, Problem
from kiosk.content.fields import sentence
from kiosk.content.hidden import hidden_settings
from kiosk.content.holidays_file import not_announced
from kiosk.content.hours import fault as hours_fault
from kiosk.content.hours_rules import complaint
from kiosk.content.problems import told
from kiosk.settings import Settings, did_you_mean

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "check", help="what is wrong with the content, and how the machine is"
    )
    arguments.add_json(command, "for programs that watch the kiosk")


def run(args: Namespace, given: Given) -> int:
    """Print how the machine is, then what is wrong with the content, by file, and how much of it.

    1 if anything of either is more than a warning: the kiosk could not work as it should.
    """
    settings = given.settings
    clinic, problems = check(settings.content_dir, datetime.now(UTC).date())
    unknown = list(_settings(settings, clinic)) if clinic else []
    findings = []
    if clinic and not any(problem.field == "location" for problem in unknown):
        findings = report(settings, clinic)
    problems += [problem for problem in unknown if problem not in problems]
    errors = sum(not problem.warning for problem in problems) + sum(f.error for f in findings)
    if args.json:
        print(_json(findings, problems, errors))
        return 1 if errors else 0
    if findings:
        print("this machine")
        for finding in findings:
            print(f"  {'!' if finding.wrong else ' '} {finding.text}")
        print()
    if problems:
        print(told(problems), end="\n\n")
    print(_last_line(clinic, problems, errors))
    return 1 if errors else 0


def _json(findings: list[Finding], problems: list[Problem], errors: int) -> str:
    """The same for a program that watches the kiosk."""
    warnings = sum(problem.warning for problem in problems)
    warnings += sum(finding.wrong and not finding.error for finding in findings)
    kinds = {(False, False): "note", (True, False): "warning", (True, True): "error"}
    found = {
        "errors": errors,
        "warnings": warnings,
        "machine": [{"kind": kinds[f.wrong, f.error], "text": f.text} for f in findings],
        "content": [
            {
                "kind": "warning" if problem.warning else "error",
                "file": problem.file,
                "line": problem.line,
                "field": problem.field,
                "text": problem.message,
            }
            for problem in problems
        ],
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _settings(settings: Settings, clinic: Clinic) -> Iterator[Problem]:
    """What this machine's settings name and the content does not have."""
    try:
        clinic.location(settings.location)
    except ContentError as error:
        yield Problem("kiosk.toml", str(error), field="location")
    yield from hidden_settings(settings)
    if hours := settings.hours:
        if fault := hours_fault(hours, clinic.region):
            yield Problem("kiosk.toml", sentence(fault), field="hours")
        elif message := complaint(hours, clinic.region, datetime.now(UTC).date()):
            yield Problem("kiosk.toml", message, field="hours", warning=True)
        yield from not_announced(clinic, [hours], datetime.now(UTC).date())
    services = [service.slug for service in clinic.services]
    wanted = [("rooms", slug, services) for room in settings.rooms for slug in room.services]
    wanted += [("languages", tag, list(clinic.languages)) for tag in settings.languages]
    for field, word, known in wanted:
        if word not in known:
            message = f"the content has no {word!r}{did_you_mean(word, known)}"
            yield Problem("kiosk.toml", sentence(message), field=field)


def _last_line(clinic: Clinic | None, problems: list[Problem], errors: int) -> str:
    warnings = sum(problem.warning for problem in problems)
    if clinic is None:
        return f"{_count(errors, 'error')}. The texts were not looked at: mend these first."
    numbers = ", ".join(
        _count(len(things), name)
        for things, name in (
            (clinic.services, "service"),
            (clinic.articles, "article"),
            (clinic.locations, "location"),
        )
    )
    if not (problems or errors):
        return f"All is well: {numbers}."
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {numbers}."


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
