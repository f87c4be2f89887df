"""What there is to read, by topic, with the minutes it takes."""

from textual.app import ComposeResult

from kiosk.lobby.reader import ReaderScreen
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.pages import Item, Pages


class ArticlesScreen(LobbyScreen[None]):
    """The articles, eight at a time, in the order of their topics."""

    NEXT = False
    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def heading(self) -> str:
        """What this is."""
        return self._("Read while you wait")

    def step(self) -> str:
        """How to choose."""
        return self._("Press a number or touch a title")

    def compose_body(self) -> ComposeResult:
        """A page of titles."""
        clinic = self.kiosk.clinic
        topics = {topic.slug: self._.pick(topic.title) for topic in clinic.topics}
        articles = sorted(clinic.articles, key=lambda a: list(topics).index(a.topic))
        items = [
            Item(
                article.slug,
                self._.pick(article.title),
                self._(
                    "{topic}, {n} min",
                    topic=topics[article.topic],
                    n=article.minutes(self._.tag),
                ),
            )
            for article in articles
        ]
        yield Pages(items, more=self._("More articles"), page=self._page)

    async def chosen(self, name: str) -> None:
        """Open an article, or turn the page."""
        pages = self.query_one(Pages)
        slug = pages.choose(name)
        self._page = pages.page
        article = self.kiosk.clinic.article(slug) if slug else None
        if article:
            self.app.push_screen(ReaderScreen(article))
