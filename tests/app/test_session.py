"""A session ends and nothing of it remains; nobody gets out; what fails says so."""

import asyncio
import gc
from pathlib import Path
from weakref import WeakSet

import pytest
from lobby_driver import Lobby, anywhere
from siblings import siblings
from textual import events

from kiosk.lobby.idle import GRACE
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.press import Press

MARKER = "Xylophonia"
TO_NAME = ("1", "1", "9", "1")


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


async def _end_by_ticket(lobby: Lobby) -> None:
    await lobby.press("enter", *"13812345678", "enter", "1", "enter")


async def _end_by_starting_over(lobby: Lobby) -> None:
    await lobby.press("f10")


async def _end_by_idling(lobby: Lobby) -> None:
    await lobby.wait(61)
    await lobby.wait(GRACE + 1)


async def _end_by_refusing(lobby: Lobby) -> None:
    await lobby.press("enter", "enter", "2", "enter")


async def _end_by_a_fault(lobby: Lobby) -> None:
    def stumble() -> None:
        raise RuntimeError

    lobby.app.recovers = True
    lobby.app.screen.call_later(stumble)
    while lobby.screen != "FaultScreen":
        await asyncio.sleep(0.005)  # the pilot would wait for the broken screen
    await lobby.press("5")


async def _end_by_the_staff(lobby: Lobby) -> None:
    await lobby.press("f12", "minus")


ENDS = [
    _end_by_ticket,
    _end_by_idling,
    _end_by_a_fault,
    *(
        pytest.param(end, marks=pytest.mark.wide)
        for end in (_end_by_starting_over, _end_by_refusing, _end_by_the_staff)
    ),
]


@pytest.mark.wide
async def test_what_one_patient_searched_for_is_nowhere_in_the_next_session(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "8")
        await lobby.type("xylophonology")
        assert "xylophonology" in lobby.text
        assert anywhere("xylophonology"), "the search must be able to find it"
        await lobby.press("f10")
        assert lobby.screen == "HomeScreen"
        assert await lobby.still_holding("xylophonology") == []
        await lobby.press("2", "8")
        assert "xylophonology" not in lobby.text


@siblings(2, "end", ENDS)
async def test_what_one_patient_typed_is_nowhere_in_the_next_session(tmp_path: Path, end) -> None:
    marker = f"Xylophonia{end.__name__}"  # other tests' widgets may still be alive
    lobby = Lobby(tmp_path, staff_on_kiosk=True)
    async with lobby.open():
        await lobby.press(*TO_NAME, "2")
        await lobby.type(marker)
        assert marker in lobby.text
        assert anywhere(marker), "the search must be able to find it"
        await end(lobby)
        assert lobby.screen == "HomeScreen"
        assert await lobby.still_holding(marker) == []
        await lobby.press(*TO_NAME, "2")
        assert marker not in lobby.text
        assert await lobby.still_holding(marker) == []
    data = [path.read_bytes() for path in (lobby.folder / "data").rglob("*") if path.is_file()]
    assert not any(marker.encode() in content for content in data)


async def test_the_next_session_begins_in_the_first_language_again(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("8", "2")
        assert "候诊阅读" in lobby.text
        await lobby.press("f10", "2")
        assert "Read while you wait" in lobby.text


async def test_a_session_speaks_its_language_to_the_review_and_the_last_question(
    tmp_path: Path,
) -> None:
    async with Lobby(tmp_path, "fr").open() as lobby:
        await lobby.press(*TO_NAME, "1", "1", "1", "enter")
        assert "M. Wang 王" in lobby.text
        await lobby.wait(61)
        assert "Êtes-vous encore là" in lobby.text
        assert "Are you still there?" in lobby.text
        await lobby.press("x", "1")
        assert lobby.store.person(lobby.today()[0]).name == "Mr Wang 王", "as staff read it"


WAYS_OUT = ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+d", "ctrl+z", "ctrl+backslash", "escape", "f2"]
WAYS_OUT += ["f12", "ctrl+v", "ctrl+x", "ctrl+f4", "ctrl+o", "ctrl+l"]


@siblings(2, "at", [(), ("1",), (*TO_NAME, "2"), ("2", "1")])
async def test_no_key_leads_out_of_the_lobby(lobby: Lobby, at: tuple[str, ...]) -> None:
    async with lobby.open():
        await lobby.press(*at)
        await lobby.press(*WAYS_OUT)
        assert lobby.app.is_running
        assert lobby.app.current_mode == "lobby"
        await lobby.press("f10")
        assert lobby.screen == "HomeScreen"


async def test_f12_leads_to_the_pin_only_where_the_clinic_wants_it(tmp_path: Path) -> None:
    async with Lobby(tmp_path, staff_on_kiosk=True).open() as lobby:
        await lobby.press("f12")
        assert lobby.app.current_mode == "staff"


async def test_nothing_can_be_copied_from_one_patient_to_the_next(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2")
        await lobby.type(MARKER)
        await lobby.press("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+u")
        assert lobby.app.clipboard == ""
        lobby.app.copy_to_clipboard(MARKER)
        assert lobby.app.clipboard == ""


async def test_of_two_taps_on_one_card_the_second_answers_nothing(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "1")
        card = next(card for card in lobby.app.screen.query(Press) if card.id == "place-1")
        for _ in range(2):
            card.post_message(Press.Pressed(card))
        await lobby.settle()
        assert "How should we address you?" in lobby.words


async def test_a_terminal_too_small_says_so_and_recovers(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1")
        for size in [(79, 24), (80, 23), (1, 1), (200, 60), (80, 24)]:
            await lobby.pilot.resize_terminal(*size)
            await lobby.settle()
            small = size < (80, 24)
            assert ("Please make this window larger" in lobby.words) is (small and size > (1, 1))
            assert ("Chest pain" in lobby.words) is not small
        assert "Step 1 of 5" in lobby.text


async def test_a_stray_paste_on_home_does_nothing(lobby: Lobby) -> None:
    async with lobby.open():
        lobby.app.post_message(events.Paste("123456"))
        await lobby.settle()
        assert lobby.screen == "HomeScreen"


async def test_a_fault_prints_where_it_happened_and_nothing_a_patient_typed(
    lobby: Lobby, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(self: LobbyScreen[None]) -> None:
        typed = MARKER
        raise ValueError(f"cannot read {typed!r}")

    monkeypatch.setattr(LobbyScreen, "ask_help", stumble)

    async def ask_for_help() -> None:
        async with lobby.open():
            lobby.send("slash")
            await lobby.pilot.pause()

    with pytest.raises(ValueError, match="cannot read"):
        await ask_for_help()
    printed = "".join(capsys.readouterr())
    assert "in stumble" in printed
    assert MARKER not in printed


@pytest.mark.wide
async def test_no_screen_of_an_earlier_session_is_kept_though_the_queue_never_changes(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        homes = WeakSet([lobby.app.screen])
        for _ in range(6):
            await lobby.press("2", "1", "f10")
            homes.add(lobby.app.screen)
        for _ in range(20):  # timers that were running let go by then
            gc.collect()
            if len(homes) <= 2:
                break
            await lobby.pilot.pause(0.1)
        assert len(homes) <= 2, "this session's, and for a moment the last one's"
