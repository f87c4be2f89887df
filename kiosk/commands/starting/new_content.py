"""A new clinic's content, written: with comments, for somebody to go on from."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import tomli

from kiosk.commands.starting.four_answers import Answers
from kiosk.content.clinic import Clinic
from kiosk.content.holidays_file import NAME as HOLIDAYS
from kiosk.content.texts import load_clinic
from kiosk.settings import CONTENT, PROGRAM

HERE = Path(__file__).parent
SERVICE = "consultation"
ARTICLE = "what-to-tell-your-practitioner"
"""One that any clinic may show, with its topic; where the content here has none, there is none."""
README = "README.md"


def files(answers: Answers) -> dict[str, str]:
    """Every file by its name in the folder, as text; raises ContentError.

    What is the same for every clinic comes from the content that this program brings.
    """
    brought = load_clinic(CONTENT)
    texts: dict[str, dict[str, str]] = tomli.loads((HERE / "texts.toml").read_text("utf-8"))
    articles = dict(_articles(brought, answers.languages))
    made = {
        "clinic.toml": _filled("clinic.toml", _of_clinic(answers, brought, texts, list(articles))),
        "locations/main.toml": _filled("place.toml", _of_place(answers)),
    }
    for tag in answers.languages:
        told = {field: _quoted(texts[tag][field]) for field in ("title", "summary")}
        told["articles"] = f'\narticles = ["{ARTICLE}"]' if articles else ""
        body = texts[tag]["body"].strip() + "\n"
        made[f"services/{SERVICE}.{tag}.md"] = _filled("service.md", told) + body
    made |= {f"articles/{ARTICLE}.{tag}.md": text for tag, text in articles.items()}
    with suppress(FileNotFoundError):
        made[README] = _readme((CONTENT / README).read_text("utf-8"), answers.languages[0])
    if answers.region == "CN" and brought.holidays:
        made[HOLIDAYS] = (CONTENT / HOLIDAYS).read_text("utf-8")
    return made


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write them into a folder that is empty or not there yet; raises OSError."""
    for name in ("locations", "services", "articles"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _of_clinic(
    answers: Answers, brought: Clinic, texts: Mapping[str, Mapping[str, str]], articles: list[str]
) -> dict[str, str]:
    """What stands in clinic.toml in place of each @word@."""
    tags = answers.languages
    plain = ("name", "website", "short_url", "time_zone", "region", "ambulance")
    values = {field: _quoted(getattr(answers, field)) for field in plain}
    values |= {"group": _table(tags, lambda tag: texts[tag]["group"])}
    values |= {"hint": _table(tags, lambda tag: texts[tag]["hint"])}
    values |= {"languages": _list(tags), "about": _table(tags, lambda _: "…"), "surnames": ""}
    if answers.region == "CN" and "zh-Hans" in tags and brought.surnames:
        rows = [f"{_quoted(name)} = {_quoted(latin)}" for name, latin in brought.surnames.items()]
        head = "# Offered as buttons at check-in, commonest in China first, with their pinyin."
        values["surnames"] = "\n".join(["", head, "[surnames]", *rows, ""])
    if articles:
        topic = next(t for t in brought.topics if t.slug == _topic(brought))
        values["topics"] = (
            f"[[topics]]\nslug = {_quoted(topic.slug)}\n"
            f"title = {_table(tags, lambda tag: topic.title[tag])}\n"
        )
        values["articles"] = (
            "# Languages of the articles; readers of the others are offered one of these.\n"
            f"article_languages = {_list(articles)}"
        )
    else:
        title = _table(tags, lambda _: "…")
        values["topics"] = f'# [[topics]]\n# slug = "everyday"\n# title = {title}\n'
        values["articles"] = "# Take this away when you write [[topics]] below.\ntopics = []"
    return values


def _of_place(answers: Answers) -> dict[str, str]:
    """The same for a place; its texts stand in every language as they were typed."""
    return {
        "city": _table(answers.languages, lambda _: answers.city),
        "street": _table(answers.languages, lambda _: answers.street),
        "address": _table(answers.languages, lambda _: answers.address),
        "phone": _quoted(answers.phone),
    }


def _articles(brought: Clinic, tags: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The article's text in those of the languages that it is written in."""
    topic = next((t for t in brought.topics if t.slug == _topic(brought)), None)
    if topic is None or not set(tags) <= set(topic.title):
        return
    for tag in tags:
        with suppress(FileNotFoundError):
            text = (CONTENT / "articles" / f"{ARTICLE}.{tag}.md").read_text("utf-8")
            text = re.sub(r"(?m)^services = .*", f'services = ["{SERVICE}"]', text, count=1)
            yield tag, re.sub("(?m)^verified = .*", "verified = false", text, count=1)


def _topic(brought: Clinic) -> str | None:
    article = brought.article(ARTICLE)
    return article.topic if article else None


def _readme(text: str, tag: str) -> str:
    """What explains every field, with commands as they are typed in the new folder."""
    for theirs, here in (
        (".venv/bin/python run_kiosk.py", PROGRAM),
        (f"{PROGRAM} check", f"{PROGRAM} check --content ."),
        ("content/articles/sleep.en.md", f"services/{SERVICE}.{tag}.md"),
        ("[docs/order.md](../docs/order.md)", "docs/order.md"),
    ):
        text = text.replace(theirs, here)
    return text


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = (HERE / name).read_text(encoding="utf-8")
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], text)


def _table(tags: tuple[str, ...], of: Callable[[str], str]) -> str:
    """One text a language, in TOML."""
    return f"{{ {', '.join(f'{tag} = {_quoted(of(tag))}' for tag in tags)} }}"


def _list(texts: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A text between straight quotes, as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
