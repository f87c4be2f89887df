"""`check`: everything wrong with content is named with file, line, field, and a way to mend it."""

# ruff: noqa: E501 - what is told stands whole beside what was spoilt

import shutil
from pathlib import Path

import pytest
from millrace import MILLRACE, TODAY

from kiosk.cli import main
from kiosk.content.check import check
from kiosk.content.readable import Line, cells, grade, odd_characters, sentences, take_apart, words
from kiosk.settings import CHECKOUT

ARTICLE, SERVICE = "articles/new-shoes.en.md", "services/foot-care.en.md"
PLACE = "locations/mill-lane.toml"


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `check` says of the machine is not looked at here."""
    monkeypatch.setattr("kiosk.commands.check.report", lambda settings, clinic: [])


def checked(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed about the content."""
    return capsys.readouterr().out.removeprefix("this machine\n\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an invented clinic's content, without a fault until it is spoilt."""
    return Path(shutil.copytree(MILLRACE, tmp_path / "content"))


def spoil(folder: Path, file: str, old: str, new: str, times: int = 1) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [f"{'?' * p.warning}{p}" for p in check(folder, TODAY)[1]]


def test_the_clinics_own_content_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(CHECKOUT / "content")]) == 0
    assert "0 errors" in (out := checked(capsys)) or out.startswith("All is well")


def test_content_without_a_fault_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(folder)]) == 0
    assert checked(capsys) == "All is well: 3 services, 1 article, 1 location.\n"


def test_what_is_wrong_stands_under_its_file_and_is_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, ARTICLE, "topic =", "topik =")
    spoil(folder, "clinic.toml", '"999"', '"police"')
    spoil(folder, "clinic.toml", "/{location}/", "/a-long-way-to-the-place-called-{location}/")
    assert main(["check", "--content", str(folder)]) == 1
    assert checked(capsys).splitlines() == [
        "clinic.toml",
        "  warning  line 6, booking_url: it has 84 bytes, and a code on a small screen holds 62 well; use a",
        "           shorter address, or its code is harder to scan there.",
        '  error    line 10, emergency_number: write the digits one dials, such as "120".',
        "  warning  line 27, topics[0].slug: no article has the topic 'walking'.",
        "",
        "articles/new-shoes.en.md",
        '  error    topic: left out: it is missing; give a text in straight quotes, such as "cupping".',
        "  error    line 4, topik: left out: there is no field called 'topik'; did you mean 'topic'?",
        "",
        "services/foot-care.en.md",
        "  error    line 8, articles: no article is called 'new-shoes'.",
        "",
        "4 errors, 2 warnings in 3 services, 0 articles, 1 location.",
    ]


def test_warnings_alone_stop_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, ARTICLE, "We would much rather", "We would **much** rather")
    assert main(["check", "--content", str(folder)]) == 0
    assert checked(capsys).endswith("0 errors, 1 warning in 3 services, 1 article, 1 location.\n")


def test_a_clinic_that_cannot_be_used_is_told_whole_and_without_a_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "clinic.toml", "region =", "regiom =")
    spoil(folder, "clinic.toml", 'key = "6"', "key = 6")
    assert main(["check", "--content", str(folder)]) == 1
    out = checked(capsys)
    assert "line 9, regiom: there is no field called 'regiom'; did you mean 'region'?" in out
    assert "line 23, groups[1].key: it is not what it should be; give a text in straight" in out
    assert out.endswith("3 errors. The texts were not looked at: mend these first.\n")


def test_settings_that_name_what_the_content_does_not_have_are_errors(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('location = "moon"\nrooms = [{ name = "1", services = ["footcare"] }]\n')
    assert main(["check", "--config", str(config), "--content", str(folder)]) == 1
    out = checked(capsys)
    assert "location: There is no location 'moon'. The clinic has: mill-lane." in out
    assert "rooms: the content has no 'footcare'; did you mean 'foot-care'?" in out


def test_a_folder_without_content_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--content", str(tmp_path)]) == 1
    assert "it cannot be read: No such file" in checked(capsys)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        # Front matter and TOML
        (ARTICLE, "+++\n", "", "line 1: left out: it does not begin with front matter"),
        (ARTICLE, '"How to buy', "“How to buy", "line 3: left out: it is not valid TOML"),
        (ARTICLE, '"How to buy', "“How to buy", "put the text between straight quotes"),
        (ARTICLE, "order = 10", "order = 10\norder = 20", "line 6: left out: it is not valid"),
        (ARTICLE, "order = 10", 'order = "10"', "line 5, order: left out: it is not what it should"),
        (ARTICLE, "order = 10", "", "order: left out: it is missing; give a whole number"),
        (ARTICLE, '"walking"', '"walkimg"', "no topic is called 'walkimg'; did you mean 'walking'?"),
        (PLACE, "phone =", "fone =", "line 6, fone: there is no field called 'fone'; did you mean"),
        (PLACE, "phone =", 'order = "apointment"\nphone =', 'order: it is not what it should be; give "arrival" or "appointment"'),
        (PLACE, 'city = { en = "Leeds" }', "city = {}", "line 5, city: it is empty"),
        (PLACE, 'city = { en = "Leeds" }', "city = { fr = 'x' }", "'fr' is no language of the"),
        # References
        (ARTICLE, '["foot-care"]', '["footcare"]', "line 8, services: no service is called"),
        (SERVICE, '["new-shoes"]', '["new-shoe"]', "did you mean 'new-shoes'?"),
        ("clinic.toml", '"journeys"', '"feet-and-ears"', "line 22, groups[1].slug: left out: 'feet-and-ears'"),
        ("clinic.toml", 'key = "6"', 'key = "5"', "line 23, groups[1].key: left out: another group has"),
        ("clinic.toml", 'key = "6"', 'key = "9"', "groups[1].key: left out: '9' is no key; use one of 2"),
        ("clinic.toml", '["mill-lane"]', '["mill-lane", "mill-lane"]', "stands here twice"),
        ("clinic.toml", '["mill-lane"]', '["Mill Lane"]', "locations: 'Mill Lane' is no slug"),
        ("clinic.toml", '["en"]', '["en", "en"]', "line 7, languages: 'en' stands here twice"),
        ("clinic.toml", '["en"]', '["en", "e n"]', "languages: 'e n' is no code of a language"),
        ("clinic.toml", '"walking"', '"Walking!"', "topics[0].slug: left out: 'Walking!' is no slug"),
        # Links and numbers
        ("clinic.toml", "https://millrace.example/\"", 'millrace"', "begin with https://"),
        ("clinic.toml", '"millrace.example"', '"mill race.example"', "line 5, short_url: it is no"),
        ("clinic.toml", "{service}", "{servize}", "did you mean 'service'?"),
        ("clinic.toml", "/book/", "/b ook/", "take the space out"),
        ("clinic.toml", '"GB"', '"UK"', "line 9, region: write a country as two capital"),
        (SERVICE, "order = 10", 'order = 10\nsource_url = "www.x.de"', "begin with https://"),
        (SERVICE, "order = 10", 'order = 10\nsource_url = "https://x"', "x is no name of a website"),
        (PLACE, "+441134960123", "0113 4960123", "line 6, phone: '0113 4960123' is no phone number"),
        (PLACE, "+441134960123", "+44113", "line 6, phone: '+44113' is no phone number"),
        (PLACE, "desk@", "desk at ", "line 7, email: 'desk at millrace.example' is no e-mail"),
        (PLACE, "Mo-Fr 08:30", "Mon-Fri 8.30", "line 8, hours: it cannot be read from 'n-Fri 8.30"),
        # Texts
        (ARTICLE, '"New shoes without blisters"', '" "', "line 2, title: it is empty"),
        (ARTICLE, "## In the shop", "```\n## In", "line 12, text: a drawing begins here and never"),
    ],
)  # fmt: skip
def test_an_error_is_named_with_its_place_and_how_to_mend_it(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    spoil(folder, file, old, new)
    mine = [problem for problem in found(folder) if problem.startswith(f"{file}: ")]
    assert any(told in problem for problem in mine), found(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("clinic.toml", "/book/", f"/{'x' * 4000}/", "it has 40"),
        ("clinic.toml", '["en"]', '["en", "sv"]', "are not translated into sv"),
        ("clinic.toml", '["en"]', '["en", "fr"]', "line 18, groups[0].title: there is no text for fr"),
        (ARTICLE, "How to buy them, and", "How to buy them, and " * 3, "characters and 60 fit in en"),
        (ARTICLE, "## In the shop", "1. In the shop", "line 12, text: 1. would be shown as it is"),
        (ARTICLE, "New shoes should", "See [us](https://x) that new shoes", "line 10, text: ]("),
        (ARTICLE, "## In the shop", "    o\n    |", "line 12, text: a drawing stands between"),
        (ARTICLE, "## In the shop", f"```\n{'=' * 69}\n```", "line 13, text: the drawing is wider"),
        (PLACE, "12 Mill Lane", "12 Mill Lane, " + "far away, " * 5, "cells wide and 60 fit"),
    ],
)  # fmt: skip
def test_a_warning_is_named_with_its_place_and_how_to_mend_it(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    spoil(folder, file, old, new)
    problems = found(folder)
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("?") for problem in problems), problems


def test_an_article_too_short_too_long_or_too_hard_is_a_warning(folder: Path) -> None:
    path = folder / ARTICLE
    front, body = path.read_text(encoding="utf-8").split("+++\nNew")
    path.write_text(f"{front}+++\nNew shoes.", encoding="utf-8")
    assert found(folder) == [
        f"?{ARTICLE}: text: it has 2 words, and an article has 350 to 900; say more."
    ]
    path.write_text(f"{front}+++\nNew{body * 3}", encoding="utf-8")
    assert "shorten it, or make two articles of it" in found(folder)[0]
    hard = "Multidisciplinary rehabilitation necessitates interdisciplinary communication. " * 100
    path.write_text(f"{front}+++\n{hard}", encoding="utf-8")
    assert "it reads at grade 4" in found(folder)[0]
    assert "use shorter sentences" in found(folder)[0]


def test_files_that_are_not_shown_are_named(folder: Path) -> None:
    shutil.copy(folder / PLACE, folder / "locations/annexe.toml")
    shutil.copy(folder / ARTICLE, folder / "articles/new-shoes.txt")
    shutil.copy(folder / ARTICLE, folder / "articles/old-shoes.en.md")
    problems = found(folder)
    assert any("annexe.toml: it is not shown; add it to locations" in p for p in problems)
    assert any("new-shoes.txt: it is not shown; a text's name ends in .md" in p for p in problems)
    assert any("line 2, title: new-shoes.en.md has the same title" in p for p in problems)


def test_chinese_is_held_to_characters_of_one_width_and_a_length_of_its_own(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        for old, new in (('["en"]', '["en", "zh-Hans"]'), ("en =", 'zh-Hans = "“脚”", en =')):
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    chinese = (folder / ARTICLE).read_text(encoding="utf-8").split("\n+++\n")[0]
    body = "\n+++\n## 鞋\n\n走一走…再看\n"
    (folder / ARTICLE.replace(".en", ".zh-Hans")).write_text(chinese + body, encoding="utf-8")
    problems = found(folder)
    file = ARTICLE.replace(".en", ".zh-Hans")
    assert (
        f"{file}: line 12, text: terminals do not agree how wide … is; write 。 for …." in problems
    )
    assert any(p.startswith(f"{PLACE}: line 3, address: terminals do not") for p in problems)
    assert any("write 「 for “, 」 for ”" in p for p in problems)
    assert any("characters, and an article has 600 to 1500; say more" in p for p in problems)
    assert any("different numbers of headings (4 in en, 1 in zh-Hans)" in p for p in problems)
    assert any(
        f"?{SERVICE.replace('.en', '.zh-Hans')}: there is no translation" in p for p in problems
    )


# What is measured in a text


def lines(text: str) -> list[Line]:
    return take_apart(Line(n, line) for n, line in enumerate(text.splitlines(), start=1)).prose


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The cat sat on the mat.", 0.39 * 6 + 11.8 * 1 - 15.59),
        ("# Interdisciplinarity\n- The cat sat\n- on the mat", 0.39 * 3 + 11.8 * 1 - 15.59),
        ("", 0),
    ],
)
def test_the_reading_level_goes_by_sentences_and_syllables(text: str, level: float) -> None:
    assert grade(lines(text)) == pytest.approx(level)


def test_drawings_are_neither_counted_nor_read() -> None:
    text = "One two.\n```\n o\n/|\\ three\n```\nFour."
    assert words(lines(text)) == 3
    assert [sentence.text for sentence in sentences(lines(text))] == ["One two.", "Four."]


def test_wide_and_odd_characters_are_told_apart() -> None:
    assert cells("脚 foot") == 7
    assert odd_characters("「脚」，foot-care：①…①") == "①…"
