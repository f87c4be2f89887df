"""The clinic's texts as readers meet them: in which order, and which leads on to which."""

from kiosk.content.clinic import Article, Clinic, Service
from kiosk.languages.language import Language, language
from kiosk.widgets.pages import Item

Text = Article | Service


def articles(clinic: Clinic) -> list[Article]:
    """All articles, in the order of their topics."""
    topics = [topic.slug for topic in clinic.topics]
    return sorted(clinic.articles, key=lambda article: topics.index(article.topic))


def services(clinic: Clinic) -> list[Service]:
    """All services, in the order of their groups."""
    return [service for group in clinic.groups for service in clinic.services_of(group.slug)]


def name(text: Text) -> str:
    """What it is called in code: a service and an article may have the same slug."""
    return f"{'service' if isinstance(text, Service) else 'article'}-{text.slug}"


def named(called: str, clinic: Clinic) -> Text | None:
    """The text with this name; None where the clinic has none."""
    kind, _, slug = called.partition("-")
    return {"service": clinic.service, "article": clinic.article}[kind](slug)


def item(text: Text, clinic: Clinic, _: Language) -> Item:
    """A text as it stands on a shelf."""
    return Item(name(text), _.pick(text.title), lines(text, clinic, _))


def lines(text: Text, clinic: Clinic, _: Language) -> tuple[str, ...]:
    """What a list says beneath a title: topic and reading time, or what a service is.

    Of an article in another language, which language it is comes first: a low card has no room
    for more.
    """
    if isinstance(text, Service):
        return (_.pick(text.summary),)
    topic = _.pick(next(topic.title for topic in clinic.topics if topic.slug == text.topic))
    tag = _.nearest(text.body)
    first, *others = [topic] if tag == _.tag else [language(tag).own_name, topic]
    return (_("{topic}, {n} min", topic=first, n=text.minutes(tag)), *others)


def next_text(text: Text, clinic: Clinic) -> Text:
    """What stands after it on its shelf; after the last, the first."""
    shelf: list[Article] | list[Service]
    shelf = articles(clinic) if isinstance(text, Article) else services(clinic)
    slugs = [other.slug for other in shelf]
    return shelf[(slugs.index(text.slug) + 1) % len(shelf)] if text.slug in slugs else shelf[0]


def related(text: Text, clinic: Clinic) -> list[Text]:
    """What belongs to it, nearest first.

    For a service the articles it names, and those that name it. For an article the services it
    names, then the articles that share one with it or stand under its topic.
    """
    if isinstance(text, Service):
        named = [article for slug in text.articles if (article := clinic.article(slug))]
        naming = [a for a in articles(clinic) if text.slug in a.services and a not in named]
        return [*named, *naming]
    known = [service for slug in text.services if (service := clinic.service(slug))]
    shared = set(text.services)
    near = [
        other
        for other in articles(clinic)
        if other.slug != text.slug and (other.topic == text.topic or shared & set(other.services))
    ]
    near.sort(key=lambda a: -len(shared & set(a.services)) - 2 * (a.topic == text.topic))
    return [*known, *near]
