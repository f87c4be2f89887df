"""Walk-ins, searching, filtering, correcting and merging at the staff's screen."""

from pathlib import Path

from siblings import siblings
from staff_driver import Desk, full_width

from db import Person, Status


async def test_a_walk_in_takes_two_keys_or_a_name_and_a_service(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", "enter")
        await desk.sees("Lin added A001", "(not given)")
        desk.send(full_width("a"), *"王小明", "tab", "2", "enter")
        await desk.sees("Lin added A002", "王小明")
        await desk.press("a", *"O'Neill n/a", "escape")
        await desk.sees("What you typed is dropped:")
        await desk.press("1")
        first, second = desk.store.today()
        assert (first.has_name, first.service, first.language) == (False, "", "zh-Hans")
        assert desk.store.person(second).name == "王小明"
        assert second.service == desk.app.clinic.services[1].slug
        await desk.press("u")
        await desk.until(lambda: desk.now_is(second).status is Status.void)


async def test_people_are_found_by_ticket_name_pinyin_and_phone(desk: Desk) -> None:
    desk.arrive("王小明", "13812345678")
    desk.arrive("Zoë O'Mara")
    gone = desk.arrive("李女士", "13700002222")
    desk.store.leave(gone.id, "kiosk")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for typed, ticket in {
            "2": "A002",
            "a001": "A001",
            "小": "A001",
            "zoe": "A002",
            "WXM": "A001",
            "2222": "A003",
            "lns": "A003",
        }.items():
            await desk.press("/", *typed)
            await desk.sees(f"Found for {typed}")
            assert desk.tickets == [ticket], typed
            await desk.press("escape")
            assert desk.tickets == ["A001", "A002"]
        await desk.press("、", *"zzz", "enter")
        await desk.sees("Nobody was found")
        await desk.press("escape", "f", "2")
        await desk.sees("Called  0")
        await desk.tap("show all")
        assert desk.tickets == ["A001", "A002"]


async def test_a_search_stays_until_escape_and_keys_act_on_whom_it_found(desk: Desk) -> None:
    desk.arrive("Ada")
    two = desk.arrive("Omar")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar")
        desk.send("/", *"oma", "enter", "enter", "2")
        await desk.sees("Lin called A002 to Room 2", "Found for oma")
        assert desk.now_is(two).status is Status.called


async def test_what_was_mistyped_is_corrected_and_the_journal_knows(desk: Desk) -> None:
    one = desk.arrive("Zoe", "13812345678", urgent=True)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "backspace", "ë", "enter")
        await desk.sees("Lin corrected A001", "Zoë")
        await desk.press("c", "tab", "tab", "backspace", "9", "enter")
        await desk.until(lambda: desk.store.person(desk.now_is(one)).phone.endswith("5679"))
        await desk.sees("Zoë")
        await desk.until(lambda: desk.app.screen.queue.selected.revision == 3)
        await desk.press("c", *["tab"] * 3, *"9.05", "enter")
        await desk.sees("Lin corrected A001", "09:05")
        await desk.press("c", *["tab"] * 3, *":99", "enter")
        await desk.sees("A time looks like 10:30", "9:05:99", "Enter  save")
        await desk.press("escape", "1", "c", "f7")
        await desk.misses("URGENT")
        await desk.press("c", "tab", "0", "enter")
        await desk.sees("Not sure")
        now = desk.now_is(one)
        assert (now.urgent, now.service, now.appointment_time) == (False, "", "09:05")
        kinds = [(event.kind, event.by) for event in desk.store.history(one.id)]
        assert kinds[1:] == [("amended", "Lin")] * 5
        await desk.press("c", "f9")
        await desk.sees("Lin: A001 was a mistake and is void")


async def test_who_came_before_their_ticket_was_given_waits_since_then(desk: Desk) -> None:
    desk.arrive("Ada")
    desk.passed += 30 * 60
    late = desk.arrive("Omar")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar")
        assert desk.tickets == ["A001", "A002"]
        await desk.press("down")
        for typed in ("0905", "9:05", "９：０５", "９０５", "9点05"):
            await desk.press("c", "up")
            await desk.sees("Came at", "noted so far: 11:12")
            desk.send(*typed, "enter")
            await desk.sees("Lin corrected A002", "came 09:05")
            await desk.until(lambda: desk.tickets == ["A002", "A001"])
            came = desk.now_is(late).arrived_at.astimezone(desk.app.clinic.zone)
            assert f"{came:%H:%M}" == "09:05"
            await desk.press("u")
            await desk.sees("Lin took back: A002 corrected", "came 11:12")
            await desk.until(lambda: desk.tickets == ["A001", "A002"])


@siblings(
    2,
    ("typed", "sentence"),
    [
        ("1113", "Type a time from 04:00 to 11:12 (the ticket's). Nothing was changed."),
        ("2359", "Type a time from 04:00 to 11:12 (the ticket's). Nothing was changed."),
        ("0359", "Type a time from 04:00 to 11:12 (the ticket's). Nothing was changed."),
        ("²", "A time looks like 10:30"),
    ],
)
async def test_a_time_at_which_nobody_can_have_come_is_refused(
    desk: Desk, typed: str, sentence: str
) -> None:
    desk.passed += 30 * 60
    one = desk.arrive("Omar")
    desk.passed += 15 * 60
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Omar")
        await desk.press("c", "up", *typed, "enter")
        await desk.sees(sentence, "Enter  save", typed)
        assert desk.now_is(one) == one


async def test_two_tickets_of_one_person_become_one(desk: Desk) -> None:
    first = desk.arrive("Zoë", "13812345678")
    second = desk.arrive("Zoe", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("down", "m")
        assert "A001 Zoë (same phone, like name, same service)" in desk.text
        await desk.press("enter", "2", "8", "enter")
        await desk.sees("There is no other ticket")
        await desk.press("escape", "m", "1")
        assert "A002 goes into A001, for good:" in desk.text
        await desk.press("enter", "1")
        await desk.sees("Lin merged A002 into its other ticket")
        assert desk.now_is(second).status is Status.void
        assert desk.now_is(first).status is Status.waiting


@siblings(1, "tag", ["en", "zh-Hans"])
async def test_name_and_phone_of_one_person_are_erased_for_good(tmp_path: Path, tag: str) -> None:
    desk = Desk(tmp_path, tag)
    one = desk.arrive("Zoe", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "f8")
        await desk.sees({"en": "are erased, for good", "zh-Hans": "删除"}[tag])
        await desk.press("enter")
        assert desk.store.person(one).name == "Zoe"
        await desk.press("1")
        await desk.misses("Zoe")
        assert desk.store.person(desk.now_is(one)) == Person("", "")
        assert desk.store.history(one.id)[-1].by == "Lin"
        await desk.press("u")
        await desk.until(lambda: desk.store.history(one.id)[-1].kind == "erased")


async def test_nobody_is_merged_into_one_who_is_gone(desk: Desk) -> None:
    gone, here = desk.arrive("Zoë"), desk.arrive("Zoe")
    desk.store.leave(gone.id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("m", *"1", "enter")
        await desk.sees("There is no other ticket")
        assert desk.now_is(here).status is Status.waiting


async def test_every_key_on_the_page_of_all_keys_can_be_touched(desk: Desk) -> None:
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("?")
        await desk.touch("Before the others, or not")
        await desk.sees("Lin: A001 goes before the others")
        await desk.press("?", "p")
        await desk.sees("Lin: A001 waits in turn again")
