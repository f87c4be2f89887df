"""What the lobby says at rarer times: reception full or closed, a call for help, trouble."""

from collections.abc import AsyncIterator

from lobby_driver import Lobby
from lobby_tour import TO_LARGER, TO_NAME

from db import Arrival, CheckIn, ReceptionState
from kiosk.app.fault import FOR_PATIENTS, FaultScreen

WHOSE = (*TO_NAME, "2", *"Wu Xi", "enter", *"13812345678", "enter", "1")
"""A check-in with a name and a phone."""


async def situations(lobby: Lobby, *, larger: bool = False) -> AsyncIterator[str]:
    """The name of each, while its screen is up."""
    store = lobby.store

    async def home(*keys: str) -> None:
        await lobby.press("f10")
        if lobby.screen != "HomeScreen":  # a ticket ends with Enter
            await lobby.press("enter")
        await lobby.type((*(TO_LARGER if larger else ()), *keys))

    async def is_(state: ReceptionState, until: str | None = None) -> None:
        store.set_reception_state(state, by="Lin", until=until)
        await lobby.until(lambda: lobby.app.queue_state.reception == state)
        await lobby.settle()

    async def look_up(check_in: CheckIn) -> None:
        await home("6", *check_in.ticket.removeprefix("A"), "enter")

    await is_(ReceptionState.away, "13:00")
    await home()
    yield "away until"
    store.mark_present("Lin")
    await is_(ReceptionState.open)
    await home()
    yield "open"
    if not larger:
        await lobby.wait(61)
        yield "an invitation to read"
    await home("1")
    await lobby.wait(61)
    yield "still there"
    await lobby.press("5")

    await home("slash")
    yield "calling for help"
    await lobby.wait(21)
    yield "nobody has answered"
    store.acknowledge(store.help_calls()[0].id, "Lin")
    await lobby.wait(1)
    yield "somebody is coming"

    await home("6", "enter")
    yield "no number was given"
    await home("6", "9", "9", "enter")
    yield "no such number"
    called, away, waiting = (store.check_in(Arrival(service="tuina")) for _ in range(3))
    store.call(called.id, room="3", by="Lin")
    await look_up(called)
    yield "called now"
    lobby.passed += 200
    await look_up(called)
    yield "called before"
    store.park(away.id, by="Lin")
    await look_up(away)
    yield "parked"
    await lobby.press("1")
    yield "back again"
    await look_up(waiting)
    yield "waiting"
    await lobby.press("2")
    yield "leaving?"
    await lobby.wait(2)
    await lobby.press("2")
    yield "left"

    await home(*TO_NAME, "2", "l")
    yield "a name being typed"
    await home(*WHOSE)
    yield "a ticket with a name"
    await lobby.wait(1)
    await lobby.press("1", "1")
    yield "somebody comes with them"
    await lobby.press("f10")
    await home(*WHOSE)
    yield "perhaps they have a number"

    await is_(ReceptionState.full)
    await home()
    yield "full"
    await lobby.press("1", "1")
    yield "full for walk-ins"
    await is_(ReceptionState.closed)
    await home()
    yield "closed"
    await lobby.press("1")
    yield "no check-in now"

    lobby.app.push_screen(FaultScreen(FOR_PATIENTS))
    await lobby.settle()
    yield "a fault"
    await lobby.press("x")
    await is_(ReceptionState.open)
    await home(*TO_NAME, "3", "enter")
    lobby.app.opened._store = lobby.app.opened.open_store = None
    await lobby.press("1")
    yield "no store"
    await home("1", "2")
    yield "no store, and urgent"
