"""Everything that can be found wrong in content/, beyond what keeps a text from being loaded."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.content import readable as prose
from kiosk.content.clinic import Article, Clinic, ContentError, Location, Problem, Service
from kiosk.content.fields import FENCE, line_of, sentence
from kiosk.content.hidden import hidden
from kiosk.content.holidays_file import not_announced
from kiosk.content.hours import fault as hours_fault
from kiosk.content.hours_rules import complaint
from kiosk.content.texts import load_clinic
from kiosk.languages import typed
from kiosk.languages.language import LOCALES, SOURCE, language
from kiosk.qr import cell_size, fit
from kiosk.settings import did_you_mean

LONGEST_LINK = 62
"""Bytes that every QR code beside text at 80 x 24 holds (version 4, level M); some hold more."""
WIDEST_CODE = 41
"""Columns of that code."""
HIGHEST_CODE = 21
"""Its rows."""
LONGEST_SUMMARY = {True: 28, False: 60}
LONGEST_HINT = {True: 22, False: 44}
"""Characters that fit the line under a title, in wide scripts and in others."""
LONGEST_ADDRESS = 60
"""Cells of one line on Find us."""
MOST_SERVICES = 8
"""Services of a group that have a digit of their own."""


def check(folder: Path, today: date) -> tuple[Clinic | None, list[Problem]]:
    """The clinic, None if it cannot be used, and all that is wrong with its content.

    `today` is for opening hours that have to be written anew each year.
    """
    try:
        clinic = load_clinic(folder)
    except ContentError as error:
        return None, [*error.problems, *hidden(folder)]
    found = [*clinic.problems, *hidden(folder)]
    found += _clinic(clinic, _File(folder, "clinic.toml"))
    for location in clinic.locations:
        found += _location(
            clinic, location, _File(folder, f"locations/{location.slug}.toml"), today
        )
    for kind, texts in (("services", clinic.services), ("articles", clinic.articles)):
        for text in texts:
            found += check_text(folder, kind, text)
        found += _same_titles(folder, kind, texts)
    found += not_announced(clinic, [location.hours for location in clinic.locations], today)
    found += _not_read(folder, clinic)
    return clinic, list(dict.fromkeys(found))


class _File:
    """A file of content/, to say where in it something is wrong."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.text = (folder / name).read_text(encoding="utf-8")

    def error(self, field: str, message: str) -> Problem:
        return Problem(self.name, message, line_of(self.text, field), field)

    def warning(self, field: str, message: str) -> Problem:
        return Problem(self.name, message, line_of(self.text, field), field, warning=True)

    def link(self, field: str, link: str) -> Iterator[Problem]:
        """What is wrong with an address; an empty one is none."""
        if link and (fault := link_fault(link)):
            yield self.error(field, f"{link!r} is no address of a page: {fault}.")
        elif (size := len(link.encode())) > LONGEST_LINK and not _is_small(link):
            shown = "its code is harder to scan" if _is_code(link) else "it is shown as text"
            yield self.warning(
                field,
                f"it has {size} bytes, and a code on a small screen holds {LONGEST_LINK} well; "
                f"use a shorter address, or {shown} there.",
            )

    def table(self, field: str, texts: Mapping[str, str], clinic: Clinic) -> Iterator[Problem]:
        """What is wrong with a text that stands here in several languages."""
        if not any(text.strip() for text in texts.values()):
            yield self.error(field, f"it is empty; write a text for {clinic.languages[0]}.")
            return
        for tag in clinic.languages:
            if not texts.get(tag, "").strip():
                yield self.warning(field, f"there is no text for {tag}; add {tag} = …")
        for tag, text in texts.items():
            if tag not in clinic.languages:
                hint = did_you_mean(tag, clinic.languages)
                yield self.error(field, sentence(f"{tag!r} is no language of the clinic{hint}"))
            elif language(tag).wide and (odd := prose.odd_characters(text)):
                yield self.error(field, _odd(odd))


def _is_small(link: str) -> bool:
    """Whether its code stands beside text at 80 x 24."""
    try:
        return cell_size(link)[0] <= WIDEST_CODE
    except ValueError:  # longer than any code holds
        return False


def _is_code(link: str) -> bool:
    """Whether it has a code of that size at all, with less correction or less white around."""
    return fit([link], WIDEST_CODE, HIGHEST_CODE) is not None


def _odd(odd: str) -> str:
    return f"terminals do not agree how wide {' '.join(odd)} is; {prose.instead_of(odd)}."


def link_fault(link: str) -> str:
    """Why it is no address of a page; "" if it is one."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "its brackets do not match"
    if parts.scheme not in ("http", "https"):
        return "begin with https://"
    if re.search(r"\s", link):
        return "take the space out"
    if not link.isascii():
        return "copy it from the browser, which writes other letters as %…"
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host.lower()):
        return f"{host or 'nothing'} is no name of a website"
    return ""


def _clinic(clinic: Clinic, file: _File) -> Iterator[Problem]:
    import phonenumbers

    yield from file.link("website", clinic.website)
    if clinic.short_url and (fault := link_fault(f"https://{clinic.short_url}")):
        yield file.error("short_url", f"it is no address of a page: {fault}, without https://.")
    names = ("location", "service")
    unknown = [name for name in re.findall(r"\{(.*?)\}", clinic.booking_url) if name not in names]
    for name in unknown:
        hint = did_you_mean(name, names)
        yield file.error("booking_url", sentence(f"{{{name}}} is not known{hint}"))
    links = [
        clinic.booking_link(location.slug, service)
        for location in clinic.locations
        for service in ("", *(service.slug for service in clinic.services))
    ]
    if not unknown:
        yield from file.link("booking_url", max(links, key=len))
    if not re.fullmatch(r"\d{2,6}", clinic.emergency_number):
        yield file.error("emergency_number", 'write the digits one dials, such as "120".')
    if clinic.region not in phonenumbers.SUPPORTED_REGIONS:
        yield file.error("region", "write a country as two capital letters, such as CN.")
    for tag in clinic.languages:
        if tag != SOURCE and not (LOCALES / tag).is_dir():
            yield file.warning(
                "languages", f"the program's own words are not translated into {tag}."
            )
    for tag in clinic.article_languages:
        if tag not in clinic.languages:
            hint = did_you_mean(tag, clinic.languages)
            message = sentence(f"{tag!r} is no language of the clinic{hint}")
            yield file.error("article_languages", message)
    yield from _groups(clinic, file)
    for nth, topic in enumerate(clinic.topics):
        yield from file.table(f"topics[{nth}].title", topic.title, clinic)
        if not any(article.topic == topic.slug for article in clinic.articles):
            yield file.warning(f"topics[{nth}].slug", f"no article has the topic {topic.slug!r}.")
    known = [service.slug for service in clinic.services]
    for nth, person in enumerate(clinic.practitioners):
        for slug in person.services:
            if slug not in known:
                hint = did_you_mean(slug, known)
                field = f"practitioners[{nth}].services"
                yield file.error(field, sentence(f"no service is called {slug!r}{hint}"))
    if clinic.about:
        yield from file.table("about", clinic.about, clinic)


def _groups(clinic: Clinic, file: _File) -> Iterator[Problem]:
    for nth, group in enumerate(clinic.groups):
        here = f"groups[{nth}]"
        yield from file.table(f"{here}.title", group.title, clinic)
        if group.hint:
            yield from file.table(f"{here}.hint", group.hint, clinic)
            yield from _too_long(file, f"{here}.hint", group.hint, LONGEST_HINT)
        many = len(clinic.services_of(group.slug))
        if not many:
            yield file.warning(f"{here}.slug", f"no service has the group {group.slug!r}.")
        elif many > MOST_SERVICES:
            message = f"it has {many} services and {MOST_SERVICES} have a digit; make two groups."
            yield file.error(f"{here}.slug", message)


def _too_long(
    file: _File, field: str, texts: Mapping[str, str], longest: Mapping[bool, int]
) -> Iterator[Problem]:
    for tag, text in texts.items():
        most = longest[language(tag).wide]
        if len(text) > most:
            message = f"it has {len(text)} characters and {most} fit in {tag}; shorten it."
            yield file.warning(field, message)


def _location(clinic: Clinic, location: Location, file: _File, today: date) -> Iterator[Problem]:
    import phonenumbers

    for field in ("name", "address", "street", "city"):
        yield from file.table(field, getattr(location, field), clinic)
    for tag, text in location.address.items():
        if (width := prose.cells(text)) > LONGEST_ADDRESS:
            message = f"in {tag} it is {width} cells wide and {LONGEST_ADDRESS} fit; shorten it."
            yield file.warning("address", message)
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(location.phone))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        message = f"{location.phone!r} is no phone number; write + and digits: +862163455101."
        yield file.error("phone", message)
    for extension in location.extensions:
        if not extension or extension.strip(typed.DIGITS):
            yield file.error("extensions", f"{extension!r} is no extension; write digits only.")
    if location.email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-zA-Z]+", location.email):
        yield file.error("email", f"{location.email!r} is no e-mail address.")
    yield from file.link("map_url", location.map_url)
    if location.hours:
        yield from _hours(file, location, clinic.region, today)


def _hours(file: _File, here: Location, region: str, today: date) -> Iterator[Problem]:
    hours, make_up = here.hours, here.make_up_hours
    if fault := hours_fault(hours, region):
        message = f"{fault}; write them such as Mo-Fr 09:00-18:00; Sa 09:00-12:00; PH off."
        yield file.error("hours", message)
        return
    if message := complaint(hours, region, today):
        yield file.warning("hours", message)
    if make_up and hours_fault(f"Mo {make_up}", region):
        yield file.error("make_up_hours", "write times alone, such as 09:00-12:00,13:30-18:00.")


def check_text(folder: Path, kind: str, text: Service | Article) -> Iterator[Problem]:
    """What is wrong with one service or article, in all its languages."""
    headings = {}
    for tag in text.title:
        file = _File(folder, f"{kind}/{text.slug}.{tag}.md")
        if tag == next(iter(text.title)):
            yield from file.link("source_url", text.source_url)
        for field, value in (("title", text.title[tag]), ("summary", text.summary[tag])):
            if not value.strip():
                yield file.error(field, "it is empty; write a few words.")
            elif language(tag).wide and (odd := prose.odd_characters(value)):
                yield file.error(field, _odd(odd))
        yield from _too_long(file, "summary", {tag: text.summary[tag]}, LONGEST_SUMMARY)
        body = prose.take_apart(_body(file.text))
        headings[tag] = sum(line.text.startswith("## ") for line in body.prose)
        yield from _body_problems(file.name, tag, body, is_article=isinstance(text, Article))
    if len(set(headings.values())) > 1:
        told = ", ".join(f"{number} in {tag}" for tag, number in headings.items())
        message = f"the languages have different numbers of headings ({told}); make them alike."
        yield Problem(f"{kind}/{text.slug}.{next(iter(headings))}.md", message, warning=True)


def _body(text: str) -> list[prose.Line]:
    lines = [prose.Line(n, line) for n, line in enumerate(text.splitlines(), start=1)]
    fences = [line.number for line in lines if line.text.strip() == FENCE]
    return lines[fences[1] :]


def _body_problems(name: str, tag: str, body: prose.Body, *, is_article: bool) -> Iterator[Problem]:
    lang = language(tag)
    drawn_above = 0
    for line in body.prose:
        if lang.wide and (odd := prose.odd_characters(line.text)):
            yield Problem(name, _odd(odd), line.number, "text")
        if line.text.startswith("   "):
            drawn_above, is_same = line.number, line.number == drawn_above + 1
            if is_same:
                continue
            message = "a drawing stands between two lines of ```; text begins at the margin."
            yield Problem(name, message, line.number, "text", warning=True)
        elif mark := prose.markup(line.text):
            message = f"{mark} would be shown as it is; write paragraphs, ## headings and - items."
            yield Problem(name, message, line.number, "text", warning=True)
    for line in body.drawn:
        if prose.cells(line.text) > prose.DRAWING_CELLS:
            message = f"the drawing is wider than {prose.DRAWING_CELLS} cells and would be cut off."
            yield Problem(name, message, line.number, "text", warning=True)
    if body.open_drawing:
        message = "a drawing begins here and never ends; add a line ``` below it."
        yield Problem(name, message, body.open_drawing, "text")
    if is_article and (message := _length(body.prose, wide=lang.wide)):
        yield Problem(name, message, field="text", warning=True)
    if tag.startswith("en") and (level := prose.grade(body.prose)) > prose.HARDEST_GRADE:
        longest = max(prose.sentences(body.prose), key=lambda s: prose.words([s]))
        message = f"it reads at grade {level:.1f}, and {prose.HARDEST_GRADE:.0f} is the most; use "
        message += "shorter sentences and plainer words. The longest sentence, of "
        message += f"{prose.words([longest])} words, is on this line."
        yield Problem(name, message, longest.number, "text", warning=True)


def _length(body: list[prose.Line], *, wide: bool) -> str:
    least, most = prose.ARTICLE_CHARACTERS if wide else prose.ARTICLE_WORDS
    length, unit = (prose.characters(body), "characters") if wide else (prose.words(body), "words")
    if least <= length <= most:
        return ""
    how = "say more" if length < least else "shorten it, or make two articles of it"
    return f"it has {length} {unit}, and an article has {least} to {most}; {how}."


def _same_titles(
    folder: Path, kind: str, texts: tuple[Service, ...] | tuple[Article, ...]
) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for text in texts:
        for tag, title in text.title.items():
            first = seen.setdefault((tag, title.strip()), text.slug)
            if first != text.slug:
                file = _File(folder, f"{kind}/{text.slug}.{tag}.md")
                yield file.warning("title", f"{first}.{tag}.md has the same title.")


def _not_read(folder: Path, clinic: Clinic) -> Iterator[Problem]:
    """Files that lie there and are not shown."""
    for path in sorted((folder / "locations").glob("*.toml")):
        if path.stem not in {location.slug for location in clinic.locations}:
            message = "it is not shown; add it to locations in clinic.toml, or remove it."
            yield Problem(f"locations/{path.name}", message, warning=True)
    for kind in ("services", "articles"):
        for path in sorted((folder / kind).glob("*.*")):
            if path.suffix in (".txt", ".markdown", ".toml", ".docx", ".MD"):
                message = "it is not shown; a text's name ends in .md."
                yield Problem(f"{kind}/{path.name}", message, warning=True)
