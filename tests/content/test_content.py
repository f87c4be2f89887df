"""What the clinic publishes: its own content is sound, and what is broken is left out and named."""

import re
import shutil
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import phonenumbers
import pytest

from kiosk.content.clinic import (
    Article,
    ContentError,
    Group,
    Location,
    Practitioner,
    Service,
    Topic,
)
from kiosk.content.fields import ArticleFront, ClinicFile, ServiceFront
from kiosk.content.holidays_file import YearFile
from kiosk.content.texts import load_clinic, split_front_matter
from kiosk.languages.language import language
from kiosk.settings import CHECKOUT

CLINIC = load_clinic(CHECKOUT / "content")
TEXTS: tuple[Service | Article, ...] = (*CLINIC.services, *CLINIC.articles)


# The clinic's own content


def test_the_clinics_content_has_no_problems() -> None:
    assert [str(problem) for problem in CLINIC.problems] == []


def test_both_locations_are_complete() -> None:
    assert [location.slug for location in CLINIC.locations] == ["downtown", "minhang"]
    for location in CLINIC.locations:
        for texts in (location.name, location.address, location.street, location.city):
            assert set(texts) == set(CLINIC.languages)
        assert phonenumbers.is_valid_number(phonenumbers.parse(location.phone))
        assert location.extensions
        assert location.email.count("@") == 1


def test_what_is_not_known_of_the_clinic_is_not_invented() -> None:
    assert [location.hours for location in CLINIC.locations] == ["", ""]
    assert not any(text.verified for text in TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_every_text_stands_in_every_language(text: Service | Article) -> None:
    for part in (text.title, text.summary, text.body):
        wanted = CLINIC.languages if isinstance(text, Service) else CLINIC.article_languages
        assert set(part) == set(wanted)
        assert all(part.values())


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_a_text_holds_only_paragraphs_headings_lists_and_drawings(text: Service | Article) -> None:
    for body in text.body.values():
        prose, *drawn = re.split(r"^```$", body, flags=re.MULTILINE)
        assert len(drawn) % 2 == 0, "a drawing has no end"
        for drawing in drawn[::2]:
            assert drawing.isascii()
            assert max(map(len, drawing.splitlines())) <= 68
        for line in "".join([prose, *drawn[1::2]]).splitlines():
            assert re.fullmatch(r"|## \S.*|- \S.*|[^#\-*>|`\d\s].*", line), line
            assert not re.search(r"\*\*|__|\]\(|<\w|`", line), line


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_translations_have_the_same_number_of_headings(text: Service | Article) -> None:
    headings = {
        tag: sum(line.startswith("## ") for line in body.splitlines())
        for tag, body in text.body.items()
    }
    assert len(set(headings.values())) == 1, headings


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_summaries_fit_the_line_under_a_title(text: Service | Article) -> None:
    for tag, summary in text.summary.items():
        assert len(summary) <= (28 if language(tag).wide else 60), summary


def test_texts_in_wide_scripts_have_no_characters_terminals_measure_differently() -> None:
    groups = [part for group in CLINIC.groups for part in (group.title, group.hint)]
    topics = [topic.title for topic in CLINIC.topics]
    texts = [part for text in TEXTS for part in (text.title, text.summary, text.body)]
    places = [part for place in CLINIC.locations for part in (place.address, place.street)]
    for translations in (*groups, *topics, *texts, *places, CLINIC.about):
        for tag, text in translations.items():
            odd = {char for char in text if unicodedata.east_asian_width(char) == "A"}
            assert not (language(tag).wide and odd), text


def test_every_service_can_be_reached_with_one_digit() -> None:
    keys = [group.key for group in CLINIC.groups]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set("2345678")  # 1 is an appointment, 9 is not sure, 0 is never a command
    for group in CLINIC.groups:
        assert 1 <= len(CLINIC.services_of(group.slug)) <= 8
    grouped = [s for group in CLINIC.groups for s in CLINIC.services_of(group.slug)]
    assert sorted(s.slug for s in grouped) == sorted(s.slug for s in CLINIC.services)


def test_every_topic_has_an_article() -> None:
    assert {article.topic for article in CLINIC.articles} == {t.slug for t in CLINIC.topics}


def test_practitioners_give_services_the_clinic_has() -> None:
    given = {slug for person in CLINIC.practitioners for slug in person.services}
    assert given <= {service.slug for service in CLINIC.services}


def test_links_lead_to_the_clinics_own_pages() -> None:
    own = urlsplit(CLINIC.website).netloc
    links = [text.source_url for text in TEXTS if text.source_url]
    assert links
    for link in (CLINIC.booking_link("downtown", "cupping"), *links):
        assert urlsplit(link)[:2] == ("https", own)
    assert CLINIC.website.split("//")[1].strip("/") == CLINIC.short_url


def test_surnames_are_one_or_two_characters_with_their_pinyin() -> None:
    assert len(CLINIC.surnames) >= 30
    for surname, pinyin in CLINIC.surnames.items():
        assert len(surname) in (1, 2)
        assert re.fullmatch(r"[A-Z][a-zü]+", pinyin)


def test_the_readme_explains_every_field_there_is_and_no_other() -> None:
    readme = (CHECKOUT / "content" / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`\[*([a-z_]+)\]*`", " ".join(rows)))
    kinds = (ServiceFront, ArticleFront, ClinicFile, Location, Group, Practitioner, Topic, YearFile)
    fields = {field for kind in kinds for field in kind.__struct_fields__}
    assert fields - named == set()
    firsts = {
        name for row in rows for name in re.findall(r"`\[*([a-z_]+)\]*`", row.split(" | ")[0])
    }
    assert firsts - fields == set()


# Values and links


def test_the_first_location_is_the_default() -> None:
    assert CLINIC.location(None).slug == "downtown"
    assert CLINIC.location("minhang").slug == "minhang"


def test_an_unknown_location_is_refused_with_those_there_are() -> None:
    with pytest.raises(ContentError, match=r"no location 'nowhere'.*downtown, minhang"):
        CLINIC.location("nowhere")


def test_texts_are_found_by_their_slug() -> None:
    assert CLINIC.service("cupping") in CLINIC.services
    assert CLINIC.article("sleep") in CLINIC.articles
    assert CLINIC.service("sleep") is None
    assert CLINIC.article("nowhere") is None


def test_a_booking_link_names_location_and_service_where_the_page_takes_them() -> None:
    assert CLINIC.booking_link("downtown", "cupping") == CLINIC.booking_url
    taking = msgspec.structs.replace(
        CLINIC, booking_url="https://example.org/{location}?s={service}"
    )
    assert taking.booking_link("downtown", "cupping") == "https://example.org/downtown?s=cupping"
    assert taking.booking_link() == "https://example.org/?s="


@pytest.mark.parametrize(
    ("body", "minutes"),
    [("", 1), ("word " * 10, 1), ("word " * 1000, 5), ("字" * 1050, 3), ("字" * 300 + "TCM", 1)],
)
def test_reading_time_goes_by_words_or_characters(body: str, minutes: int) -> None:
    article = msgspec.structs.replace(CLINIC.articles[0], body={"en": body})
    assert article.minutes("en") == minutes


# Broken content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the clinic's content, in the languages of its articles, to spoil."""
    folder = tmp_path / "content"
    shutil.copytree(CHECKOUT / "content", folder)
    others = set(CLINIC.languages) - set(CLINIC.article_languages)
    for path in (path for tag in others for path in folder.glob(f"*/*.{tag}.md")):
        path.unlink()
    file = folder / "clinic.toml"
    text = re.sub(r"^languages = .*", 'languages = ["zh-Hans", "en"]', file.read_text(), flags=re.M)
    file.write_text(text)
    return folder


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("+++\n", "", "front matter between two lines"),
        ("title =", "heading =", "heading"),
        ("order = ", 'order = "x', "not valid TOML"),
        ("title = ", "title = 1 # ", "give a text in straight quotes"),
        ("topic = ", 'topic = "nowhere" # ', "no topic is called 'nowhere'"),
    ],
)
def test_a_broken_article_is_left_out_and_named(
    content: Path, old: str, new: str, why: str
) -> None:
    for tag in CLINIC.article_languages:
        spoil(content / "articles" / f"sleep.{tag}.md", old, new)
    clinic = load_clinic(content)
    assert clinic.article("sleep") is None
    assert len(clinic.articles) == len(CLINIC.articles) - 1
    mine = [problem for problem in clinic.problems if problem.file.startswith("articles/sleep")]
    assert mine
    assert all("left out" in problem.message for problem in mine)
    assert why in mine[0].message


def test_a_service_of_no_group_is_left_out_and_named(content: Path) -> None:
    for tag in CLINIC.article_languages:
        spoil(content / "services" / f"cupping.{tag}.md", "group = ", 'group = "nowhere" # ')
    clinic = load_clinic(content)
    assert clinic.service("cupping") is None
    (told,) = (str(p) for p in clinic.problems if p.field == "group")
    assert told.endswith("line 3, group: left out: no group is called 'nowhere'.")


def test_a_text_without_its_translation_is_shown_and_named(content: Path) -> None:
    (content / "articles" / "sleep.zh-Hans.md").unlink()
    clinic = load_clinic(content)
    sleep = clinic.article("sleep")
    assert sleep is not None
    assert set(sleep.title) == {"en"}
    (problem,) = clinic.problems
    assert problem.file == "articles/sleep.zh-Hans.md"
    assert problem.message.startswith("there is no translation")
    assert problem.warning


def test_translations_that_disagree_are_named(content: Path) -> None:
    spoil(content / "articles" / "sleep.zh-Hans.md", "order = ", "order = 1")
    (problem,) = load_clinic(content).problems
    assert problem.file.startswith("articles/sleep.")
    assert problem.message.startswith("order differs from sleep.")


def test_a_relation_that_leads_nowhere_is_named(content: Path) -> None:
    for tag in CLINIC.article_languages:
        (content / "articles" / f"cupping.{tag}.md").unlink()
    clinic = load_clinic(content)
    assert any(
        problem.file.startswith("services/cupping.")
        and problem.message == "no article is called 'cupping'."
        for problem in clinic.problems
    )
    service = clinic.service("cupping")
    assert service is not None
    assert "cupping" not in service.articles


@pytest.mark.parametrize(
    "name", ["Sleep.en.md", "sleep.md", "sleep.fr.md", "sleep.en.old.md", ".en.md"]
)
def test_a_file_with_a_name_that_says_nothing_is_named(content: Path, name: str) -> None:
    (content / "articles" / name).write_text("whatever", encoding="utf-8")
    (problem,) = load_clinic(content).problems
    assert problem.file == f"articles/{name}"
    assert "name it <slug>.<language>.md" in problem.message


def test_bytes_that_are_no_text_are_named(content: Path) -> None:
    (content / "articles" / "sleep.en.md").write_bytes(b"+++\n\xff\xfe\n+++\nx")
    clinic = load_clinic(content)
    assert any(p.file == "articles/sleep.en.md" for p in clinic.problems)
    assert clinic.article("sleep") is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("clinic.toml", "name = ", "called = ", r"clinic\.toml: .*called"),
        ("clinic.toml", "Asia/Shanghai", "Asia/Nowhere", "no time zone is called 'Asia/Nowhere'"),
        ("clinic.toml", '["downtown", "minhang"]', "[]", "name at least one location"),
        ("clinic.toml", '"minhang"]', '"nowhere"]', r"nowhere\.toml: it cannot be read"),
        ("clinic.toml", "name = ", "name ", r"clinic\.toml: "),
        ("locations/downtown.toml", "phone = ", "fone = ", r"downtown\.toml: .*fone"),
    ],
)
def test_a_clinic_or_location_that_cannot_be_used_stops_it_with_a_sentence(
    content: Path, file: str, old: str, new: str, why: str
) -> None:
    spoil(content / file, old, new)
    with pytest.raises(ContentError, match=why):
        load_clinic(content)


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"clinic\.toml: it cannot be read"):
        load_clinic(tmp_path)


def test_front_matter_and_body_are_told_apart() -> None:
    assert split_front_matter('\ufeff+++\ntitle = "x"\n+++\n\nBody\n+++\nmore') == (
        {"title": "x"},
        "\nBody\n+++\nmore",
    )
    with pytest.raises(ContentError, match="front matter"):
        split_front_matter('+++\ntitle = "x"\nBody')
