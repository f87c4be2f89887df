"""What a key does where it is not for somebody: it says which keys would do."""

from siblings import siblings
from staff_driver import Desk

from db import Status

LEADS_ON = {
    Status.waiting: ("Enter call this", "k to lab"),
    Status.called: ("r recall", "b came in", "d done", "x no-show", "w put back"),
    Status.in_service: ("d done", "k to lab"),
    Status.parked: ("w put back",),
    Status.no_show: ("w put back",),
    Status.left: ("w put back",),
}
STEPS = {
    Status.waiting: (),
    Status.called: ("call",),
    Status.in_service: ("call", "begin"),
    Status.parked: ("park",),
    Status.no_show: ("call", "no_show"),
    Status.left: ("leave",),
}
WRONG = {
    Status.waiting: "x",
    Status.called: "enter",
    Status.in_service: "w",
    Status.parked: "d",
    Status.no_show: "d",
    Status.left: "k",
}


@siblings(3, "status", [*LEADS_ON])
async def test_a_refusal_names_the_keys_that_would_do(desk: Desk, status: Status) -> None:
    one = desk.arrive("Zoë")
    for step in STEPS[status]:
        more = ("1",) if step == "call" else ()
        one = getattr(desk.store, step)(one.id, *more, "Mei")
    async with desk.open((120, 36)):
        await desk.sign_in()
        await desk.press("1", WRONG[status])
        said = desk.text[desk.text.index("10:42 A001 is") :]
        said = " ".join(said[: said.index("\n\n")].split())
        assert "Keys for that: " in said
        for key in LEADS_ON[status]:
            assert key in said
        assert "priority" not in said, "that is for anybody who is here, and leads nowhere"
        assert desk.now_is(one).status is status


async def test_enter_on_one_who_was_at_the_laboratory_is_back(desk: Desk) -> None:
    one, other = desk.arrive("Zoë"), desk.arrive("Ada")
    desk.store.park(other.id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("2", "enter")
        await desk.until(lambda: desk.now_is(other).status is Status.waiting)
        await desk.sees("Lin put A002 back in the queue")
        assert desk.tickets == ["A002", "A001"], "who was at the laboratory is next"
        assert desk.now_is(one).status is Status.waiting


async def test_the_phone_comes_first_while_it_is_shown(desk: Desk) -> None:
    desk.arrive(
        "Maximiliane Schmidt-Hohenberg",
        "13812345678",
        "psychological-consultation",
        appointment=True,
        appointment_time="17:15",
        first_visit=True,
    )
    async with desk.open():
        await desk.sign_in()
        await desk.press("v")
        assert "A001  phone 138 1234 5678  Maximil" in desk.text


async def test_no_room_is_asked_for_when_nobody_waits(desk: Desk) -> None:
    desk.store.call(desk.arrive("Zoë").id, "1", "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("n")
        assert "Nobody is waiting" in desk.text
        assert "Call the next to:" not in desk.text
        desk.arrive("Ada")
        await desk.sees("Ada")
        await desk.press("n")
        assert "Call the next to:" in desk.text


async def test_whom_a_colleague_was_quicker_with_still_has_keys(desk: Desk) -> None:
    one = desk.store.call(desk.arrive("Zoë").id, "1", "Mei")
    async with desk.open():
        await desk.sign_in()
        desk.app.screen.workers.cancel_group(desk.app.screen, "follow")
        desk.store.no_show(one.id, "Mei")
        desk.send("b")
        await desk.sees("Mei just marked A001 as a no-show. Keys for that: w put back")
