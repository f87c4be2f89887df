"""Names and phones on the queue: shown as they are, covered by a key, none where there is none."""

from staff_driver import Desk, full_width

LANGUAGES = ["en", "zh-Hans"]


async def test_a_name_is_shown_as_it_is_and_never_does_anything(desk: Desk) -> None:
    names = ("[/b]", "[@click=app.quit]x[/]", "$name", "O'Neill", "😀 محمد")
    for name in names:
        desk.arrive(name)
    async with desk.open((120, 36)):
        await desk.sign_in()
        for nth, name in enumerate(names, 1):
            await desk.sees(f"A00{nth}   {name}")
            await desk.pilot.click("QueueTable", offset=(12, 1 + nth))
            await desk.until(lambda name=name: name in "\n".join(desk.lines[24:]))
        assert desk.screen == "QueueScreen"


async def test_a_very_long_name_moves_nothing(desk: Desk) -> None:
    desk.arrive("王" * 80)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("王王王")
        assert "王" * 6 + ".. Cupping" in desk.line("A001")
        assert desk.cut_off() == []


async def test_names_are_covered_and_uncovered_by_a_key(desk: Desk) -> None:
    desk.arrive("Zoë", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë", "phone 138 **** 5678")
        await desk.press("h")
        assert "Zoë" not in desk.text
        assert "5678" not in desk.text
        assert "(hidden)" in desk.line("A001")
        await desk.press("v")
        assert "Names and phones are hidden" in desk.text
        assert "5678" not in desk.text
        await desk.press(full_width("h"))
        assert "Zoë" in desk.line("A001")


async def test_a_phone_number_shows_for_ten_seconds_or_until_the_cursor_moves(desk: Desk) -> None:
    desk.arrive("Zoë", "13812345678")
    desk.arrive("Mallory", "+1 212 555 0100")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("phone 138 **** 5678")
        await desk.press("v")
        assert "phone 138 1234 5678" in desk.text
        await desk.wait(9)
        assert "phone 138 1234 5678" in desk.text
        await desk.wait(2)
        assert "phone 138 **** 5678" in desk.text
        await desk.press("v", "down")
        await desk.sees("phone +1 21*-***-0100")
        await desk.press("up")
        await desk.sees("phone 138 **** 5678")
        await desk.press("down")
        await desk.click_key("show_phone")
        assert "phone +1 212-555-0100" in desk.text


async def test_the_next_ones_phone_does_not_show_when_the_one_shown_is_gone(desk: Desk) -> None:
    first = desk.arrive("Zoë", "13812345678")
    desk.arrive("Mallory", "13812349999")
    async with desk.open():
        await desk.sign_in()
        await desk.press("v")
        await desk.sees("phone 138 1234 5678")
        desk.store.call(first.id, "1", "Mei")
        desk.store.complete(first.id, "Mei")
        await desk.misses("A001   Zoë")
        await desk.press("down")
        await desk.sees("phone 138 **** 9999")
        await desk.wait(1)
        assert "phone 138 **** 9999" in desk.text


async def test_who_left_no_phone_has_none_to_show(desk: Desk) -> None:
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("v")
        assert "A001 left no phone number" in desk.text


async def test_names_whose_key_is_gone_are_sealed(desk: Desk) -> None:
    desk.arrive("Zoë", "13812345678")
    async with desk.open():
        for key in (desk.folder / "keys").glob("downtown-*.key"):
            key.unlink()
        await desk.sign_in()
        await desk.sees("(sealed)")
        assert "Zoë" not in desk.text
