"""How long a sign-in lasts: until it is locked, left alone, of yesterday, or no longer allowed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import PIN, Desk

from db import Role
from kiosk.settings import SettingsError, load_settings
from kiosk.staff.door.terminal_name import terminal_name

NAME = "Xylophonia"
OTHER = "908172"
MINUTE, HOUR = 60.0, 3600.0


async def locked(desk: Desk) -> None:
    await desk.until(lambda: desk.screen == "SignInScreen")
    await desk.settle()
    assert desk.app.signed_in is None
    assert NAME not in desk.text


async def pass_time(desk: Desk, seconds: float, step: float = 60.0) -> None:
    """Let time go by as it does: a tick now and then."""
    for _ in range(int(seconds / step)):
        await desk.wait(step)


@pytest.mark.parametrize("language", ["en", pytest.param("zh-Hans", marks=pytest.mark.wide)])
@siblings(
    1,
    "keys",
    [
        (),
        ("a", *NAME),
        *(pytest.param(keys, marks=pytest.mark.wide) for keys in (("g",), ("?",), ("n",))),
    ],
)
async def test_a_terminal_left_alone_locks_itself_whatever_stands_on_it(
    tmp_path: Path, keys: tuple[str, ...], language: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    desk.arrive(NAME)
    _ = desk.app.language
    async with desk.open():
        await desk.sign_in()
        await desk.sees(NAME)
        queue = desk.app.screen
        await desk.press(*keys)
        desk.passed += 10 * MINUTE - 1
        queue.tick()
        await desk.settle()
        assert desk.app.signed_in
        desk.passed += 1
        queue.tick()
        await locked(desk)
        await desk.sees(
            _.plural(
                "Locked after {n} minute without a key.",
                "Locked after {n} minutes without a key.",
                10,
            )
        )
        assert desk.cut_off() == []
        del queue
        assert await desk.still_holding(NAME) == []
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_a_key_or_a_touch_keeps_it_open(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        for _ in range(4):
            await desk.wait(9 * MINUTE)
            await desk.press("down")
        assert desk.screen == "QueueScreen"


async def test_how_long_that_is_can_be_set(tmp_path: Path) -> None:
    desk = Desk(tmp_path, staff_idle_minutes=2)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        await desk.wait(2 * MINUTE)
        await locked(desk)
    with pytest.raises(SettingsError, match="staff_idle_minutes"):
        load_settings({"staff_idle_minutes": 0}, environ={})


async def test_the_service_days_start_locks_too(desk: Desk) -> None:
    """It is 10:42; the next day of the queue begins at 04:00."""
    async with desk.open():
        await desk.sign_in()
        until_four = 17 * HOUR + 18 * MINUTE
        desk.passed = until_four - 5
        await desk.press("down")
        await desk.wait(0)
        assert desk.screen == "QueueScreen"
        await desk.wait(6)
        await locked(desk)
        await desk.sees("A new day has begun.")


async def test_who_locks_counts_as_present_for_ten_minutes(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.wait(5 * MINUTE)
        await desk.press("l")
        await locked(desk)
        await pass_time(desk, 9 * MINUTE)
        assert desk.store.present() == ["Lin"]
        await pass_time(desk, 2 * MINUTE)
        assert desk.store.present() == []


async def test_who_was_only_quiet_counts_as_present_for_an_hour(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.wait(10 * MINUTE)
        await locked(desk)
        await pass_time(desk, 48 * MINUTE)
        assert desk.store.occupied() == {"2": ["Mei"]}
        await pass_time(desk, 4 * MINUTE)
        assert desk.store.present() == []


async def test_a_right_pin_does_not_wait_for_its_room_for_ever(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.accounts.add("Mei", Role.practitioner, PIN)
    async with desk.open():
        await desk.press("1", *PIN, "enter")
        await desk.sees("Which room are you in?")
        await desk.wait(10 * MINUTE)
        await desk.sees("Who are you?")


CHANGES: dict[str, Callable[[Desk], object]] = {
    "removed": lambda desk: desk.accounts.remove("Lin"),
    "another PIN": lambda desk: desk.accounts.set_pin("Lin", OTHER),
    "the same PIN again": lambda desk: desk.accounts.set_pin("Lin", PIN),
    "another role": lambda desk: (
        desk.accounts.remove("Lin"),
        desk.accounts.add("Lin", Role.practitioner, PIN),
    ),
}


@siblings(
    2,
    ("change", "before"),
    [
        *((change, ()) for change in CHANGES),
        *(
            pytest.param("removed", before, marks=pytest.mark.wide)
            for before in (("g",), ("?",), ("n",), ("/", "x"))
        ),
    ],
)
async def test_an_account_that_was_changed_ends_its_sessions_at_their_next_key(
    desk: Desk, change: str, before: tuple[str, ...]
) -> None:
    one = desk.arrive(NAME)
    async with desk.open():
        await desk.sign_in()
        await desk.sees(NAME)
        await desk.press(*before)
        CHANGES[change](desk)
        desk.send("1", "n", "1")
        await locked(desk)
        await desk.sees("Your account was changed.")
        assert desk.now_is(one).revision == 1
        await desk.until(lambda: desk.store.present() == [])


async def test_a_click_of_a_changed_account_ends_its_session_too(desk: Desk) -> None:
    desk.arrive(NAME)
    async with desk.open():
        await desk.sign_in()
        await desk.sees(NAME)
        desk.accounts.remove("Lin")
        await desk.pilot.mouse_down("#do-call_next")
        await locked(desk)


async def test_what_others_do_to_their_accounts_and_a_damaged_file_end_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    async with desk.open():
        await desk.sign_in()
        desk.accounts.set_pin("Mei", OTHER)
        await desk.press("down")
        (tmp_path / "data" / "accounts.json").write_text("{")
        await desk.press("down")
        assert desk.screen == "QueueScreen"


@siblings(
    1,
    ("language", "damage"),
    [("en", '{"accounts":{"lin"'), ("zh-Hans", '{"accounts":{"lin"'), ("en", ""), ("en", "{}")],
)
async def test_damaged_accounts_are_called_damaged_and_not_none(
    tmp_path: Path, language: str, damage: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    path = tmp_path / "data" / "accounts.json"
    sound = path.read_text()
    path.write_text(damage)
    _ = desk.app.language
    async with desk.open():
        await desk.sees(_("The staff accounts cannot be read."), "accounts.json")
        assert _("There are no staff accounts yet.") not in desk.text
        assert desk.cut_off() == []
        path.write_text(sound)
        await desk.wait(3)
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_wrong_pins_at_a_lobby_lock_its_f12_and_no_terminal(tmp_path: Path) -> None:
    lobby = Desk(tmp_path, mode="lobby", staff_on_kiosk=True)
    lobby.hire()
    async with lobby.open():
        await lobby.press("f12", "1")
        for _ in range(5):
            await lobby.press(*"111112", "enter")
        await lobby.press("escape", "2", *PIN, "enter")
        await lobby.sees("Too many wrong PINs")
    desk = Desk(tmp_path)
    async with desk.open():
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_wrong_pins_of_one_account_lock_no_other(desk: Desk) -> None:
    async with desk.open():
        await desk.press("1")
        for _ in range(5):
            await desk.press(*"111112", "enter")
        await desk.press("escape", "2", *PIN, "enter")
        assert desk.screen == "QueueScreen"
        assert desk.app.signed_in is not None
        assert desk.app.signed_in.name == "Mei"


def test_all_ssh_logins_are_one_terminal() -> None:
    at = [terminal_name("desk", {"SSH_TTY": f"/dev/pts/{n}"}) for n in range(3)]
    assert at == ["desk ssh"] * 3
    assert terminal_name("desk", {}) != "desk ssh"


async def test_a_locked_account_is_told_a_minute_at_which_it_is_open(desk: Desk) -> None:
    async with desk.open():
        desk.passed = 30  # 10:42:30
        await desk.press("1")
        for _ in range(5):
            await desk.press(*"111112", "enter")
        await desk.sees("until 10:48")
        desk.passed = 6 * MINUTE
        await desk.press(*PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_hidden_names_are_not_to_be_guessed(desk: Desk) -> None:
    desk.arrive("林", "13812345678")
    desk.arrive(NAME)
    async with desk.open():
        await desk.sign_in()
        await desk.sees(NAME)
        await desk.press("h")
        for words in ("林", "lin", "5678", NAME):
            await desk.press("/", *words)
            await desk.sees("Nobody was found")
            await desk.press("escape")
        await desk.press("/", "a", "1")
        await desk.until(lambda: desk.tickets == ["A001"])
