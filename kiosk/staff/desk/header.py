"""The top of the queue screen: where, when, who, whether reception takes people, and counts."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from db import Account, ReceptionState
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.staff.desk.rows import Counts
from kiosk.widgets.press import Press


class ReceptionPress(Press, can_focus=False):
    """Whether reception takes people; a click changes it."""

    def render(self) -> Content:
        """The key and the word."""
        return Content.assemble((f" {self.key} ", self.SOLID_CHIP), f" {self.label} ")


class StaffHeader(Horizontal):
    """One line across the top."""

    def __init__(self, place: str, who: str, *, demo: bool) -> None:
        """`place` is what and where, `who` is signed in."""
        super().__init__(id="staff-head")
        self._place, self._who, self._demo = place, who, demo
        self._when = ""

    def compose(self) -> ComposeResult:
        """Title, who is signed in, reception."""
        yield Static(id="title", markup=False)
        if self._demo:
            yield Static("DEMO 演示", id="demo", markup=False)
        yield Static(self._who, id="who", markup=False)
        yield ReceptionPress("", key="o", id="do-reception")

    def show(self, when: str, reception: str, *, is_open: bool) -> None:
        """Day and time; the reception state in a word, which stands out unless it is open."""
        if when != self._when:
            self._when = when
            title = Content.assemble((self._place, "bold"), f"  {when}")
            self.query_one("#title", Static).update(title)
        state = self.query_one(ReceptionPress)
        state.relabel(reception)
        state.set_class(not is_open, "not-open")
        state.display = bool(reception)


def account_words(account: Account, lang: Language, room: str = "") -> str:
    """An account with its role or its room, such as "Lin, reception" or "Mei, Room 2"."""
    if room:
        return lang("{name}, {role}", name=account.name, role=room_text(room, lang))
    return lang("{name}, {role}", name=account.name, role=role_word(account.role, lang))


def role_word(role: str, lang: Language) -> str:
    """What an account may do, in a word."""
    words = {
        "reception": lang("reception"),
        "practitioner": lang("practitioner"),
        "manager": lang("manager"),
    }
    return words.get(role, role)


def reception_words(lang: Language) -> dict[str, str]:
    """The states of reception, each in a word."""
    return {
        ReceptionState.open: lang("open"),
        ReceptionState.away: lang("away"),
        ReceptionState.full: lang("full"),
        ReceptionState.closed: lang("closed"),
    }


def counts_line(counts: Counts, lang: Language, *, gap: int, cells: int) -> Content:
    """How many people stand where, and the longest wait, with a `gap` between.

    Where so many `cells` do not hold it all, those who need nobody any more are left out first.
    """
    longest = lang("{n} min", n=counts.longest) + (" !" if counts.late else "")
    tone = "bold $terracotta" if counts.late else "bold"
    parts = [
        Content.assemble((f"{word} ", "$quiet"), (number, style))
        for word, number, style in (
            (lang("Waiting"), lang.number(counts.waiting), "bold"),
            (lang("Called"), lang.number(counts.called), "bold"),
            (lang("With staff"), lang.number(counts.in_service), "bold"),
            (lang("At lab"), lang.number(counts.parked), "bold"),
            (lang("Finished"), lang.number(counts.done), "bold"),
            (lang("Longest"), longest, tone),
        )
    ]
    while (line := Content(" " * gap).join(parts)).cell_length > cells and len(parts) > 2:
        del parts[-2]
    return line
