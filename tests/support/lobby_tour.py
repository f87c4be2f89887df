"""A way through every screen of the lobby, and the words that are not of the screen's language."""

from collections.abc import AsyncIterator, Collection

from contrast import blinking, faint
from lobby_driver import Lobby
from vocabulary import vocabulary

from kiosk.languages.language import language
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.words import Words

TO_NAME = ("1", "1", "9", "1")
SCREENS: dict[str, tuple[str, ...]] = {
    "home": (),
    "safety": ("1",),
    "purpose": ("1", "1"),
    "appointment-time": ("1", "1", "1"),
    "appointment-with": ("1", "1", "1", "enter"),
    "appointment-group": ("1", "1", "1", "enter", "9"),
    "service": ("1", "1", "2"),
    "first-visit": ("1", "1", "9"),
    "name": TO_NAME,
    "surname": (*TO_NAME, "1"),
    "title": (*TO_NAME, "1", "1"),
    "typed-name": (*TO_NAME, "2"),
    "phone": (*TO_NAME, "3", *"1381234"),
    "phone-wrong": (*TO_NAME, "3", *"1381234", "enter"),
    "agree": (*TO_NAME, "1", "1", "2", *"13812345678", "enter"),
    "agree-guardian": (*TO_NAME, "5", "3", "enter"),
    "desk": (*TO_NAME, "3", "enter", "2"),
    "ticket": (*TO_NAME, "3", "enter", "1"),
    "urgent": ("1", "2"),
    "urgent-mistake": ("1", "2", "1"),
    "articles": ("2",),
    "more-articles": ("2", "9"),
    "reader": ("2", "1"),
    "search": ("2", "8"),
    "found": ("2", "8", "b"),
    "services": ("3",),
    "one-service": ("3", "2"),
    "onward": ("3", "2", "3"),
    "code-of-a-service": ("3", "2", "3", "2"),
    "code-of-an-article": ("2", "1", "3", "2"),
    "find-us": ("4",),
    "address": ("4", "1"),
    "call": ("4", "2", "2"),
    "contact": ("4", "1", "3"),
    "book": ("5",),
    "my-ticket": ("6", "1", "enter"),
    "languages": ("7",),
    "display": ("full_stop",),
    "help": ("slash",),
}
LARGE = ["home", "safety", "service", "agree", "ticket", "find-us", "address", "contact", "book"]
"""Screens that are laid out anew where there is more room."""
TO_LARGER = ("full_stop", "4", "enter")
IN_TWO = ("HomeScreen", "UrgentScreen", "LanguagesScreen", "StillThereScreen", "FaultScreen")
"""Screens in two languages at once, of which neither says it all; and the question of safety."""
WITH_ARTICLES = (
    "HomeScreen",
    "ArticlesScreen",
    "ReaderScreen",
    "SearchScreen",
    "OnwardScreen",
    "TopicPageScreen",
)
AMONG_OTHERS = {"2", "3", "4", "5"}
"""Keys of Home that in the larger size stand behind another 2."""


async def visit(
    lobby: Lobby, screens: Collection[str] = tuple(SCREENS), *, larger: bool = False
) -> AsyncIterator[str]:
    """The name of each screen while it is up; each lies on the way to the next."""
    been: tuple[str, ...] = ()
    for keys, name in sorted((_way(name, larger), name) for name in screens):
        if keys[: len(been)] != been:
            await lobby.press("f10")
            if lobby.screen != "HomeScreen":  # a ticket ends with Enter
                await lobby.press("enter")
            been = ()
        await lobby.type(keys[len(been) :])
        been = keys
        yield name


def _way(name: str, larger: bool) -> tuple[str, ...]:
    keys = SCREENS[name]
    if not larger:
        return keys
    return (*TO_LARGER, *(("2",) if AMONG_OTHERS.intersection(keys[:1]) else ()), *keys)


def faults(lobby: Lobby) -> list[str]:
    """What is cut off, untranslated, hardly to be seen or blinks on the screen that is up."""
    found = [*lobby.cut_off(), *untranslated(lobby), *unannounced(lobby)]
    return [*found, *faint(lobby.app), *["blinks"] * blinking(lobby.app)]


def untranslated(lobby: Lobby) -> list[str]:
    """Words of another language than the screen's, apart from what is the same in both."""
    _, clinic, lines, screen = lobby.app.language, lobby.clinic, lobby.lines, lobby.screen
    tags, articles, more = [_.tag], "", [c.link for c in lobby.app.screen.query(QrCode)]
    if lobby.app.screen.is_modal:  # what lies beneath is covered in the middle of words
        lines = [words.text for words in lobby.app.screen.query(Words)]
    if screen in IN_TWO or lobby.app.screen.query("SafetyView, AlarmView"):
        tags = [lang.tag for lang in lobby.app.pair]
        if alone := [tag for tag in tags if not any(vocabulary(tag).unknown(lines))]:
            return [f"only in {tag}" for tag in alone]
    if screen in WITH_ARTICLES:
        articles = _.nearest(clinic.articles[0].body)
    if screen in ("LocationsScreen", "PlaceScreen"):  # what is shown to a driver
        more += ["请送我到", *(text for at in clinic.locations for text in at.address.values())]
    return sorted(set(vocabulary(*tags, articles=articles).unknown(lines, more)))


def unannounced(lobby: Lobby) -> list[str]:
    """An article on the glass in another language than the screen's that does not say so."""
    _, screen = lobby.app.language, lobby.screen
    other = language(_.nearest(lobby.clinic.articles[0].body))
    lists = ("ArticlesScreen", "SearchScreen", "OnwardScreen")
    if other is _ or screen not in (*lists, "ReaderScreen"):
        return []
    titles = (
        lobby.lines if screen in lists else [lobby.app.screen.query_one("#heading", Words).text]
    )
    if not any(vocabulary(_.tag).unknown(titles)):
        return []
    wanted = other.own_name
    if screen == "ReaderScreen":
        wanted = _(
            "This text is not available in {language}. Here it is in {other}.",
            language=_.own_name,
            other=wanted,
        )
    said = "".join(lobby.text.split())
    return [] if "".join(wanted.split()) in said else [f"hides that it is in {other.own_name}"]
