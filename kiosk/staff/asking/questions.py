"""Questions asked in place of the keys: a few numbered answers, and Enter for the usual one."""

from collections.abc import Sequence

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.languages import typed
from kiosk.staff.asking.bar import AnswerPress, AskingBar, Then
from kiosk.staff.asking.columns import fitted, lay_out

PLACES, PAGE, MORE_KEY = 9, 8, "9"
"""As on the patients' screens (widgets/pages.py): when not all fit, eight and 9 for more."""
COLUMNS = 3
"""Of answers at most; as many as hold all their words."""


class Answer(msgspec.Struct, frozen=True):
    """One answer: what it stands for, and what it says."""

    value: str
    label: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. `usual` is what Enter answers; None where a bare Enter means nothing."""

    text: str
    answers: tuple[Answer, ...]
    cancel: str
    more: str
    usual: Answer | None = None

    @property
    def pages(self) -> int:
        """How many pages the answers take."""
        return 1 if len(self.answers) <= PLACES else -(-len(self.answers) // PAGE)

    def page(self, number: int) -> list[tuple[str, Answer]]:
        """The answers of a page (from 0), each with its digit.

        Where every answer is named by a digit, as rooms often are, that is its digit.
        """
        if self.pages > 1:
            shown: Sequence[Answer] = self.answers[number * PAGE : (number + 1) * PAGE]
        else:
            shown = self.answers
        own = [answer.value for answer in self.answers]
        if len(set(own)) == len(own) and set(own) <= set("123456789"):
            return list(zip(own, shown, strict=True))
        return [(str(place), answer) for place, answer in enumerate(shown, 1)]


class QuestionBar(AskingBar):
    """Asks one question at a time; while it does, every key is an answer or does nothing."""

    def __init__(self) -> None:
        super().__init__("question")
        self._question: Question | None = None
        self._page = 0

    def compose(self) -> ComposeResult:
        """The question, and room for its answers."""
        yield from super().compose()
        with Grid(id="answers"):
            yield from (AnswerPress("") for _ in range(PLACES))

    def ask(self, question: Question, then: Then) -> None:
        """Ask, and call `then` with the value of the answer; with None if there is none."""
        self._question, self._page = question, 0
        usual = question.usual.label if question.usual else ""
        self.begin(question.text, then, enter=usual, cancel=question.cancel)
        self._show_page()

    def press(self, event: events.Key) -> None:
        """Take a key: a digit, Enter, Escape or the key for more answers."""
        if event.key == "escape":
            self.cancel()
        elif event.key == "enter":
            self.choose("Enter")
        else:
            self.choose(typed.digit(event.character))

    def choose(self, key: str) -> None:
        """Answer what a key stands for, or turn the page."""
        question = self._question
        if question is None or not self.asking:
            return
        if key == "Enter" and question.usual:
            self.answer(question.usual.value)
        elif key == MORE_KEY and question.pages > 1:
            self._page = (self._page + 1) % question.pages
            self._show_page()
        elif chosen := dict(question.page(self._page)).get(key):
            self.answer(chosen.value)

    def _show_page(self) -> None:
        question = self._question
        assert question is not None
        shown = [(key, answer.label) for key, answer in question.page(self._page)]
        if question.pages > 1:
            shown += [("", "")] * (PAGE - len(shown))
            shown.append((MORE_KEY, f"{question.more} {self._page + 1}/{question.pages}"))
        shown += [("", "")] * (PLACES - len(shown))
        for press, (key, label) in zip(self.query("#answers > AnswerPress"), shown, strict=True):
            assert isinstance(press, AnswerPress)
            press.say(key, label)
        self.fit()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit()

    def fit(self) -> None:
        """Put the answers into as many columns as hold them."""
        answers = self.query_one("#answers", Grid)
        cells = [press.cells for press in answers.query(AnswerPress) if press.display]
        room = self.app.size.width - self.styles.padding.width
        for columns in range(COLUMNS, 0, -1):
            if (widths := fitted(cells, columns, room)) is not None:
                lay_out(answers, widths)
                return
