"""A practitioner is away today: it is said once, and read wherever somebody would wait for them."""

from pathlib import Path

from lobby_driver import Lobby
from staff_driver import Desk

STEVENS = "Matthew Stevens"


async def test_who_is_away_stands_above_the_queue_and_with_whoever_waits_for_them(
    desk: Desk,
) -> None:
    desk.arrive("Zoë", appointment=True, practitioner=STEVENS)
    async with desk.open(size=(120, 36)):
        await desk.sign_in()
        await desk.sees(f"appt with {STEVENS}")
        await desk.press("y")
        assert "Away today:" in desk.text
        await desk.press("1")
        await desk.sees(f"Lin: {STEVENS} is away today", f"{STEVENS} is away")
        await desk.sees(f"appt with {STEVENS}, who is away today")
        await desk.press("u")
        await desk.sees(f"Lin: {STEVENS} is here today")
        await desk.misses("is away")
        await desk.press("y", "1")
        await desk.sees(f"{STEVENS}, who is away today")
        await desk.press("y")
        assert f"{STEVENS} is here after all" in desk.text
        await desk.press("1")
        await desk.sees(f"Lin: {STEVENS} is here today")
        assert desk.store.moment().away == ()


async def test_a_patient_reads_it_where_they_say_with_whom(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, language="en")
    lobby.store.set_away(STEVENS, away=True, by="Lin")
    async with lobby.open():
        await lobby.press("1", "1", "1", *"1030", "enter")
        assert "Who is your appointment with?" in lobby.text
        assert "Not here today, please" in lobby.text
