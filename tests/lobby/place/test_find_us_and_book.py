"""Find us and Book: the codes on the real screens, read back, and what stands beside them."""

from pathlib import Path

import msgspec
import zxingcpp
from lobby_driver import CLINIC, Lobby
from painter import paint
from siblings import siblings

from kiosk.content.clinic import Clinic, Location
from kiosk.lobby.place.links import call_link, contact_cards
from kiosk.lobby.reading.reading_order import services

HERE, OTHER = CLINIC.locations
MAP = "https://map.example.org/body-and-soul"
BOOKING = "https://example.org/b/{location}/{service}"


def read(lobby: Lobby) -> list[str]:
    """What a phone makes of the screen as it stands; a link's host in small letters."""
    screen = paint(lobby.app, cell=(8, 16), letters=False)
    return [
        code.text.replace("HTTPS://EXAMPLE.ORG", "https://example.org")
        for code in zxingcpp.read_barcodes(screen)
    ]


def clinic_with(*, booking_url: str = BOOKING, map_url: str = MAP) -> Clinic:
    mapped = msgspec.structs.replace(HERE, map_url=map_url)
    return msgspec.structs.replace(CLINIC, booking_url=booking_url, locations=(mapped, OTHER))


@siblings(1, "size", [(80, 24), (120, 36)])
async def test_a_place_has_an_address_a_call_and_a_contact(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with Lobby(tmp_path).open(size) as lobby:
        await lobby.press("4", "1")
        assert read(lobby) == []
        for text in (
            "请送我到：",
            "西藏南路760号",
            "760 South Xizang Road",
            "Address for a driver",
        ):
            assert text in lobby.words
        await lobby.press("2")
        assert read(lobby) == [call_link(HERE)]
        assert "+86 21 6345 5101" in lobby.text
        assert "extension 223 or 225" in lobby.text
        await lobby.press("3")
        fuller, plain = contact_cards(CLINIC, HERE)
        assert read(lobby) == [fuller if size == (120, 36) else plain]
        assert HERE.email in lobby.text
        await lobby.press("minus", "2", "2", "plus", "1")
        assert read(lobby) == [call_link(OTHER)]
        assert "分机 0 或 219" in lobby.text
        assert "您在这里" not in lobby.text


async def test_kinds_are_reached_by_arrows_and_by_touch_and_keep_the_focus(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("4")
        await lobby.tap("Minhang")
        assert lobby.screen == "PlaceScreen"
        await lobby.tap("Call us")
        assert read(lobby) == [call_link(OTHER)]
        for _ in range(10):
            await lobby.press("down")
            if lobby.app.focused is not None and lobby.app.focused.id == "contact":
                break
        await lobby.press("enter")
        assert read(lobby) == [contact_cards(CLINIC, OTHER)[1]]
        assert lobby.app.focused is not None
        assert lobby.app.focused.id == "contact"
        assert [card.id for card in lobby.app.screen.query("#kinds .main")] == ["contact"]


async def test_a_place_with_a_map_shows_its_code_and_still_the_address(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    lobby.app.clinic = clinic_with()
    lobby.app.location = lobby.app.clinic.locations[0]
    async with lobby.open():
        await lobby.press("4", "1")
        assert read(lobby) == [MAP]
        assert "Anji Plaza 14楼05室" in lobby.text
        assert "760 South Xizang Road" in lobby.text


async def test_booking_is_for_a_place_and_a_treatment_and_says_how_else(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    lobby.app.clinic = clinic_with()
    async with lobby.open():
        await lobby.press("5")
        assert read(lobby) == ["https://example.org/b/downtown/"]
        assert "extension 223 or 225" in lobby.text
        await lobby.press("2")
        assert read(lobby) == ["https://example.org/b/minhang/"]
        assert "extension 0 or 219" in lobby.text
        assert CLINIC.short_url in lobby.text
        await lobby.press("3")
        assert lobby.screen == "TreatmentsScreen"
        await lobby.press("minus")
        assert read(lobby) == ["https://example.org/b/minhang/"]
        await lobby.press("3", "9", "2")
        assert lobby.cut_off() == []
        service = services(CLINIC)[7]
        assert read(lobby) == [f"https://example.org/b/minhang/{service.slug}"]
        assert service.title["en"] in lobby.text
        await lobby.press("plus", "1")
        assert read(lobby) == [f"https://example.org/b/minhang/{service.slug}"]
        assert service.title["zh-Hans"] in lobby.text


async def test_a_booking_page_that_asks_for_no_treatment_offers_none(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("5", "3")
        assert lobby.screen == "BookScreen"
        assert "treatment" not in lobby.text


async def test_a_booking_page_too_long_for_the_screen_gives_way_to_the_short_address(
    tmp_path: Path,
) -> None:
    lobby = Lobby(tmp_path)
    lobby.app.clinic = clinic_with(booking_url="https://example.org/" + "x" * 80)
    async with lobby.open():
        await lobby.press("5")
        assert [code.lower() for code in read(lobby)] == [f"https://{CLINIC.short_url}"]


async def test_where_half_blocks_do_not_scan_a_small_window_says_it_in_words(
    tmp_path: Path,
) -> None:
    async with Lobby(tmp_path, qr="full").open() as lobby:
        await lobby.press("4", "1", "2")
        assert read(lobby) == []
        assert lobby.text.count("+86 21 6345 5101") == 2
        assert "Scan" not in lobby.text
        assert lobby.cut_off() == []
        await lobby.pilot.resize_terminal(120, 36)
        await lobby.settle()
        assert "Scan to call" in lobby.text
        assert read(lobby) == [call_link(HERE)]


async def test_one_place_and_many_places_have_room_too(tmp_path: Path) -> None:
    def place(number: int) -> Location:
        return msgspec.structs.replace(HERE, slug=f"place-{number}x", name={"en": f"No {number}"})

    for count in (1, 3, 12):
        lobby = Lobby(tmp_path / str(count))
        places = tuple(place(number) for number in range(count))
        lobby.app.clinic = msgspec.structs.replace(CLINIC, locations=places)
        lobby.app.location = places[0]
        async with lobby.open():
            await lobby.press("4")
            assert lobby.cut_off() == []
            assert "No 0" in lobby.text
            if count > 9:
                await lobby.press("9")
            key = str({1: 1, 3: 3, 12: 5}[count])
            await lobby.press(key, "2")
            assert lobby.screen == "PlaceScreen"
            assert f"No {count - 1}" in lobby.text
            await lobby.press("minus", "minus", "5")
            assert lobby.cut_off() == []
