"""The bottom of the queue screen: its keys, or what is asked in their place."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from kiosk.input.guard import Meaning
from kiosk.staff.asking.entry import EntryBar, LineQuestion
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.asking.questions import Question, QuestionBar
from kiosk.staff.desk.key_area import KeyArea
from kiosk.staff.desk.table import QueueTable
from kiosk.staff.form.form_keys import FormKeys
from kiosk.staff.form.form_lines import FormLines
from kiosk.staff.form.form_view import FormView
from kiosk.staff.meaning import in_a_line, in_an_answer, in_the_queue


class Bottom(Vertical):
    """The key area, a question, or a line to type in; while one asks, keys are answers.

    While a form is filled in its keys stand there instead of the key area.
    """

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__(id="bottom")
        self._keys = keys
        self._fills_in = False

    def compose(self) -> ComposeResult:
        """All four; one of them is seen."""
        yield KeyArea(self._keys)
        form = FormKeys(lambda action: self.screen.query_one(FormView).touch(action))
        for bar in (form, QuestionBar(), EntryBar()):
            bar.display = False
            yield bar

    @property
    def asking(self) -> bool:
        """Whether something is asked, so that keys are answers."""
        return self.query_one(QuestionBar).asking or self.query_one(EntryBar).asking

    @property
    def typing(self) -> bool:
        """Whether a line is asked for."""
        return self.query_one(EntryBar).asking

    def means(self, key: events.Key) -> Meaning:
        """What a key does: an answer, text in the line, or one of all the keys."""
        if self.query_one(QuestionBar).asking:
            return in_an_answer(key)
        return in_a_line(key) if self.typing else in_the_queue(key)

    def press(self, event: events.Key) -> bool:
        """Take a key as an answer; False leaves it to whatever has the focus."""
        question = self.query_one(QuestionBar)
        if question.asking:
            question.press(event)
            return True
        return self.query_one(EntryBar).press(event)

    def fill_in(self, fills_in: bool) -> None:
        """Have a form filled in, or no more; a question that is open is over."""
        self._fills_in = fills_in
        self.cancel()
        self._rest()

    def ask(
        self,
        question: Question,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask in place of the keys, which rest meanwhile."""
        bar = self.query_one(QuestionBar)
        self._show_only(bar)
        bar.ask(question, lambda value: self._answered(value, then, cancelled))

    def ask_line(
        self, line: LineQuestion, then: Callable[[str], None], cancelled: Callable[[], None]
    ) -> None:
        """Have a line typed in place of the keys."""
        bar = self.query_one(EntryBar)
        self._show_only(bar)
        bar.ask(line, lambda value: self._answered(value, then, cancelled))

    def cancel(self) -> None:
        """Ask nothing more."""
        self.query_one(QuestionBar).cancel()
        self.query_one(EntryBar).cancel()

    def _rest(self) -> None:
        """Nothing is asked: the keys are there, and what they are for has the focus."""
        form = self._fills_in
        self._show_only(self.query_one(FormKeys if form else KeyArea))
        focus = self.screen.query_one(FormLines if form else QueueTable)
        if self.screen.focused is not focus:
            self.screen.set_focus(focus)

    def _show_only(self, shown: Widget) -> None:
        for one in self.children:
            one.display = one is shown

    def _answered(
        self,
        value: str | None,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        self._rest()
        if value is None:
            cancelled()
        else:
            then(value)
