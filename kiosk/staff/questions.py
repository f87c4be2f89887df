"""Questions asked in place of the keys: a few numbered answers, and Enter for the usual one."""

import asyncio
import unicodedata
from collections.abc import Sequence

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.widgets.press import Press

PAGE, MORE_KEY = 8, "9"
"""As on the patients' screens (widgets/pages.py): eight at a time, and 9 for more."""


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


def numbered(answers: Sequence[Answer]) -> list[tuple[str, Answer]]:
    """Each answer with its digit: its own where every answer is named by one, else its place."""
    own = [answer.value for answer in answers]
    if set(own) <= set("123456789") and len(set(own)) == len(own):
        return list(zip(own, answers, strict=True))
    return [(str(place % PAGE + 1), answer) for place, answer in enumerate(answers)]


class AnswerPress(Press, can_focus=False):
    """An answer on one line, to be touched."""

    def __init__(self, key: str, label: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(label, key=key, id=id, classes="answer")

    def render(self) -> Content:
        """The key as a patch, and the label."""
        return Content.assemble(self.chip, f" {self.label}")


class QuestionBar(Vertical, can_focus=True):
    """Asks one question at a time; while it does, every key is an answer or does nothing."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self._question: Question | None = None
        self._reply: asyncio.Future[str | None] | None = None
        self._page = 0

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._reply is not None and not self._reply.done()

    def compose(self) -> ComposeResult:
        """The question, and room for its answers."""
        with Horizontal():
            yield Static(id="question-text", markup=False)
            yield AnswerPress("Esc", "", id="cancel")
        yield Grid(id="answers")

    async def ask(self, question: Question) -> str | None:
        """The value of the answer; None if there is none after all."""
        self._question, self._page = question, 0
        reply: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._reply = reply
        self.query_one("#question-text", Static).update(question.text)
        self.query_one("#cancel", Press).relabel(question.cancel)
        await self._show_page()
        try:
            return await reply
        finally:
            self._question = self._reply = None

    def press(self, event: events.Key) -> None:
        """Take a key: a digit, Enter, Escape or the key for more answers."""
        char = unicodedata.normalize("NFKC", event.character or "")
        if event.key == "escape":
            self.cancel()
        elif event.key == "enter" and self._question and self._question.usual:
            self._answer(self._question.usual.value)
        elif char == MORE_KEY and self._pages > 1:
            self.run_worker(self._turn())
        else:
            self._choose(char)

    def cancel(self) -> None:
        """Ask no more; whoever asked is answered None."""
        self._answer(None)

    @on(Press.Pressed)
    async def _touched(self, event: Press.Pressed) -> None:
        event.stop()
        match event.press.id:
            case "cancel":
                self.cancel()
            case "more":
                await self._turn()
            case "usual" if self._question and self._question.usual:
                self._answer(self._question.usual.value)
            case _:
                self._choose(event.press.key)

    def _choose(self, key: str) -> None:
        for digit, answer in self._on_page():
            if digit == key:
                self._answer(answer.value)

    def _answer(self, value: str | None) -> None:
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(value)

    @property
    def _pages(self) -> int:
        """How many pages the answers take; nine with digits of their own still fit on one."""
        answers = numbered(self._question.answers) if self._question else []
        distinct = len({key for key, _ in answers}) == len(answers)
        return 1 if distinct else -(-len(answers) // PAGE)

    def _on_page(self) -> list[tuple[str, Answer]]:
        answers = numbered(self._question.answers) if self._question else []
        if self._pages == 1:
            return answers
        return answers[self._page * PAGE : (self._page + 1) * PAGE]

    async def _turn(self) -> None:
        self._page = (self._page + 1) % self._pages
        await self._show_page()

    async def _show_page(self) -> None:
        question = self._question
        assert question is not None
        answers = [AnswerPress(key, one.label) for key, one in self._on_page()]
        if self._pages > 1:
            which = f"{question.more} {self._page + 1}/{self._pages}"
            answers.append(AnswerPress(MORE_KEY, which, id="more"))
        usual = question.usual
        beside = [AnswerPress("Enter", usual.label, id="usual")] if usual else []
        grid, head = self.query_one("#answers", Grid), self.query_one(Horizontal)
        async with self.batch():
            await grid.remove_children()
            await head.query("#usual").remove()
            await grid.mount_all(answers)
            await head.mount_all(beside, before="#cancel")
