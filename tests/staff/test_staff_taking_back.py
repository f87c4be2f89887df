"""`u` takes back what this session did last and says what; anything else only when asked about."""

from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import Desk

from db import CheckIn, NothingToUndo, Role, StaleCheckIn, Status


def called(desk: Desk, by: str = "Mei", name: str = "Zoë") -> CheckIn:
    return desk.store.call(desk.arrive(name).id, "2", by)


@siblings(1, "language", ["en", "zh-Hans"])
async def test_each_step_taken_back_is_named(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    one, _ = desk.arrive("Zoë", service="tuina"), desk.app.language
    tuina = _.pick(desk.clinic.service("tuina").title)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for keys, said in {
            "t1": _(
                "{who} moved {ticket} back to {service}", who="Lin", ticket="A001", service=tuina
            ),
            "p": _("{ticket} given another turn", ticket="A001"),
            "n1": _("{ticket} called to Room {room}", ticket="A001", room="1"),
        }.items():
            before = desk.now_is(one).revision
            await desk.press(*keys)
            await desk.until(lambda before=before: desk.now_is(one).revision == before + 1)
            await desk.press("u")
            await desk.sees(said)
            assert desk.cut_off() == []
        await desk.press("c", "X", "enter")
        await desk.sees("ZoëX")
        await desk.press("u")
        await desk.sees(_("{ticket} corrected", ticket="A001"))
        now = desk.now_is(one)
        assert (now.status, now.service, now.priority) == (Status.waiting, "tuina", 0)
        assert desk.store.person(now).name == "Zoë"


async def test_a_step_means_itself_though_others_did_something_since(desk: Desk) -> None:
    mine, other = desk.arrive("Zoë"), desk.arrive("Omar")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar")
        await desk.press("p")
        await desk.sees("A001 goes before")
        desk.store.set_priority(other.id, 3, "Lin")  # the same account at another terminal
        await desk.press("u")
        await desk.sees("Lin took back: A001 given another turn")
        assert desk.now_is(other).priority == 3
        await desk.press("p")
        await desk.sees("A001 goes before")
        desk.store.transfer(mine.id, "tuina", "Mei")
        await desk.press("u")
        await desk.sees("Mei just moved A001")
        assert desk.now_is(mine).priority == 1


async def test_what_was_done_before_this_session_is_asked_about(desk: Desk) -> None:
    one = called(desk, by="Lin")
    desk.store.no_show(one.id, "Lin")
    async with desk.open():
        desk.passed = 3600
        await desk.sign_in()
        await desk.press("u")
        await desk.sees("Take back: Lin, A001 did not come, 10:42?")
        await desk.press("u", "enter", "escape")
        assert desk.now_is(one).status is Status.no_show
        await desk.press("u")
        await desk.sees("Take back: Lin")
        await desk.press("1")
        await desk.sees("Lin took back: A001 did not come")
        assert desk.now_is(one).status is Status.called


async def test_a_colleagues_step_is_a_managers_to_take_back_and_only_when_asked(desk: Desk) -> None:
    one = desk.store.begin(called(desk, by="Chen").id, "Chen")
    async with desk.open():
        await desk.sign_in("Lin")
        await desk.press("u")
        await desk.sees("There is nothing of yours to take back")
        await desk.press("l")
        await desk.until(lambda: desk.screen == "SignInScreen")
        await desk.sign_in("Mei", role=Role.manager)
        await desk.press("u")
        await desk.sees("Take back: Chen, A001 came in, 10:42?")
        assert desk.now_is(one).status is Status.in_service
        await desk.press("1")
        await desk.sees("Mei took back: A001 came in")
        await desk.press("u")
        await desk.sees("Take back: Chen, A001 called to Room 2, 10:42?")
        desk.store.begin(one.id, "Chen")
        await desk.press("1")
        await desk.sees("Chen just noted that A001 came in")


async def test_locking_ends_what_is_taken_back_without_a_question(desk: Desk) -> None:
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("p")
        await desk.sees("A001 goes before")
        await desk.press("l")
        await desk.until(lambda: desk.screen == "SignInScreen")
        await desk.sign_in()
        await desk.press("u")
        await desk.sees("Take back: Lin, A001 given another turn, 10:42?")


async def test_a_merge_says_that_it_is_for_good_and_hides_no_older_step(desk: Desk) -> None:
    one = called(desk)
    desk.arrive("Omar"), desk.arrive("Omar O")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar O")
        await desk.press("end", "b")
        await desk.until(lambda: desk.now_is(one).status is Status.in_service)
        desk.send("/", *"omar o", "enter", "m", "1", "1")
        await desk.sees("Lin merged A003 into its other ticket")
        assert "undo" not in desk.line_of("Lin merged")
        await desk.press("u")
        await desk.sees("A003 merged: that cannot be taken back")
        assert desk.now_is(one).status is Status.in_service
        await desk.press("u")
        await desk.sees("Take back: Lin, A001 came in, 10:42?")


async def test_a_walk_in_of_this_session_is_taken_back_and_an_older_one_says_it_cannot(
    desk: Desk,
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", "enter")
        await desk.sees("Lin added A001")
        await desk.press("u")
        await desk.sees("Lin took back: A001 added")
        assert [one.status for one in desk.store.today()] == [Status.void]
        await desk.press("a", "enter")
        await desk.sees("Lin added A002")
        await desk.press("l")
        await desk.until(lambda: desk.screen == "SignInScreen")
        await desk.sign_in()
        await desk.press("u")
        await desk.sees("A002 added: that cannot be taken back")
        assert desk.store.today()[1].status is Status.waiting


def test_the_store_takes_back_exactly_the_event_that_is_named(desk: Desk) -> None:
    one, other = called(desk, "Lin"), called(desk, "Lin")
    event = desk.store.history(one.id)[-1].id
    assert desk.store.undo("Lin", event=event).ticket == one.ticket
    assert desk.now_is(other).status is Status.called
    with pytest.raises(NothingToUndo):
        desk.store.undo("Lin", event=event)
    with pytest.raises(NothingToUndo):
        desk.store.undo("Mei", event=desk.store.history(other.id)[-1].id)
    event = desk.store.history(other.id)[-1].id
    desk.store.begin(other.id, "Mei")
    with pytest.raises(StaleCheckIn):
        desk.store.undo("Lin", event=event)
