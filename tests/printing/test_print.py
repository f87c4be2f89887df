"""A slip for a ticket: only with a printer, sent once, and a sentence when it fails."""

from datetime import datetime
from pathlib import Path

import pytest
from lobby_driver import CLINIC, Lobby
from rich.cells import cell_len

from kiosk.languages.language import language
from kiosk.printing.slip import WIDTH, slip
from kiosk.settings import SettingsError, load_settings
from kiosk.widgets.words import Words

TO_TICKET = ("1", "1", "9", "2", "2", *"Quill", "enter", "enter", "1")


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an `lp` of our own puts what it is given; it fails while the file `jammed` exists."""
    folder = tmp_path / "bin"
    folder.mkdir()
    lp = folder / "lp"
    lp.write_text(
        "#!/bin/sh\n"
        f'[ -e "{tmp_path}/jammed" ] && exit 1\n'
        f'echo "$@" >> "{tmp_path}/words"\ncat >> "{tmp_path}/paper"\n'
    )
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return tmp_path


def advice(lobby: Lobby) -> str:
    """What stands beneath the number, whole on the glass."""
    assert lobby.cut_off() == []
    return lobby.app.screen.query_one("#advice", Words).text


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
async def test_a_slip_is_sent_once_and_says_the_number_and_no_name(printed: Path, tag: str) -> None:
    async with Lobby(printed, tag, printer="slips").open() as lobby:
        await lobby.press(*TO_TICKET)
        assert lobby.cut_off() == []
        cards = [card.label for card in lobby.app.screen.query("#someone, #print").results()]
        assert all(label in lobby.text for label in cards), "the cards are wide enough"
        await lobby.press("3", "3")
        assert ("Please take your slip" if tag == "en" else "请取走小票") in advice(lobby)
        await lobby.press("enter")
        assert lobby.screen == "HomeScreen"
    assert (printed / "words").read_text() == "-d slips\n"
    paper = (printed / "paper").read_text(encoding="utf-8")
    assert "######" in paper
    assert ("We call numbers, not names." if tag == "en" else "只叫号码，不叫姓名。") in paper
    assert "Quill" not in paper
    assert max(cell_len(line) for line in paper.splitlines()) <= WIDTH


async def test_what_could_not_be_printed_is_said_and_may_be_tried_again(printed: Path) -> None:
    (printed / "jammed").touch()
    async with Lobby(printed, printer="slips").open() as lobby:
        await lobby.press(*TO_TICKET, "3")
        assert "It could not be printed. Please note your number." in advice(lobby)
        (printed / "jammed").unlink()
        await lobby.tap("Print")
        assert "Please take your slip" in advice(lobby)


async def test_without_a_printer_there_is_no_button(printed: Path) -> None:
    async with Lobby(printed).open() as lobby:
        await lobby.press(*TO_TICKET, "3")
        assert "Print" not in lobby.cards
        assert lobby.screen == "TicketScreen"
    assert not (printed / "paper").exists()


def test_a_ticket_too_long_for_the_paper_is_printed_in_letters() -> None:
    now = datetime(2026, 11, 23, 10, 42, tzinfo=CLINIC.zone)
    text = slip("A1000", "You are next.", CLINIC, CLINIC.locations[0], now, language("en"))
    assert "A1000" in text.splitlines()
    assert "Mon 23 Nov  10:42" in text


@pytest.mark.parametrize("name", ["", "-o", "a b", "a/b", "a#b"])
def test_only_the_name_of_a_queue_is_a_printer(name: str, tmp_path: Path) -> None:
    environ = {"CLINIC_KIOSK_PRINTER": name, "XDG_CONFIG_HOME": str(tmp_path)}
    with pytest.raises(SettingsError, match="CUPS queue"):
        load_settings(environ=environ)
