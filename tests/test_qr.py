"""QR codes: of the right size and white around, and readable from the painted cells."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from lobby_driver import Lobby
from painter import paint
from PIL import Image
from textual.app import App, ComposeResult

from kiosk.content import Clinic
from kiosk.content_files import load_clinic
from kiosk.qr import QUIET, cell_size, cells, modules
from kiosk.settings import CHECKOUT
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.themes import THEMES

CLINIC = load_clinic(CHECKOUT / "content")
OWN_PAGE = "https://tcm-shanghai.com/b/{location}/{service}"
"""A booking page as the clinic may have one some day: 62 bytes with its longest names."""
CELL = (8, 16)
SIXTY = "https://example.org/" + "x" * 40
TO_A_PSYCHOLOGIST = ("1", "1", "4", "3", "2", "3", "enter", "1")
"""From Home to a nameless ticket for the service with the longest slug."""

Reader = Callable[[Image.Image], list[str]]


def booking_links(clinic: Clinic) -> Iterator[str]:
    for location in clinic.locations:
        yield clinic.booking_link(location.slug)
        for service in clinic.services:
            yield clinic.booking_link(location.slug, service.slug)


def links_of(clinic: Clinic) -> set[str]:
    """Every link of the clinic's that may stand on a screen as a code."""
    own_pages = {text.source_url for text in (*clinic.services, *clinic.articles)}
    return {clinic.website, *booking_links(clinic), *own_pages} - {""}


def read_by_zxing(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def read_by_zbar(image: Image.Image) -> list[str]:
    try:
        from pyzbar import pyzbar
    except ImportError as missing:
        if "CI" in os.environ:
            pytest.fail(f"pyzbar needs the library libzbar (Debian: libzbar0): {missing}")
        pytest.skip(f"pyzbar needs the library libzbar (Debian: libzbar0): {missing}")
    return [code.data.decode() for code in pyzbar.decode(image, [pyzbar.ZBarSymbol.QRCODE])]


@pytest.fixture(params=[read_by_zxing, read_by_zbar], ids=["zxing", "zbar"])
def read(request: pytest.FixtureRequest) -> Reader:
    return request.param


class Showing(App[None]):
    """Codes one below the other, on a screen in a theme's colours."""

    CSS = "Screen { background: $paper; } QrCode { margin: 1 2; }"

    def __init__(self, *links: str, theme: str = "light") -> None:
        super().__init__()
        self.links = links
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def compose(self) -> ComposeResult:
        for link in self.links:
            yield QrCode(link)

    @property
    def needs(self) -> tuple[int, int]:
        """Columns and rows in which all the codes have room."""
        sizes = [cell_size(link) for link in self.links]
        return max(width for width, _ in sizes) + 4, sum(height + 2 for _, height in sizes)

    def codes(self, around: int = 1) -> dict[str, Image.Image]:
        """The painted cells of each code, with so many cells of the screen around it."""
        screen = paint(self, cell=CELL, letters=False)
        width, height = CELL
        codes = {}
        for code in self.query(QrCode):
            region = code.region.grow((around, around, around, around))
            (x, y), (right, bottom) = region.offset, region.bottom_right
            box = (x * width, y * height, right * width, bottom * height)
            codes[code.link] = screen.crop(box)
        return codes


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_link_of_the_content_is_read_in_every_theme(theme: str, read: Reader) -> None:
    app = Showing(*sorted(links_of(CLINIC)), theme=theme)
    async with app.run_test(size=app.needs):
        was_read = {link: read(image) for link, image in app.codes().items()}
    assert was_read == {link: [link] for link in app.links}


async def test_booking_links_that_name_location_and_service_are_read(read: Reader) -> None:
    clinic = msgspec.structs.replace(CLINIC, booking_url=OWN_PAGE)
    app = Showing(*booking_links(clinic))
    assert len(set(app.links)) == len(app.links)
    async with app.run_test(size=app.needs):
        was_read = {link: read(image) for link, image in app.codes().items()}
    assert was_read == {link: [link] for link in app.links}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_a_code_is_read_from_a_picture_of_the_whole_screen(
    size: tuple[int, int], theme: str, read: Reader
) -> None:
    app = Showing(SIXTY, theme=theme)
    async with app.run_test(size=size):
        assert read(paint(app, cell=CELL, letters=False)) == [SIXTY]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_a_code_has_four_modules_of_pure_white_around(theme: str) -> None:
    app = Showing(SIXTY, theme=theme)
    async with app.run_test(size=(80, 24)):
        image = app.codes(around=0)[SIXTY]
    module = CELL[0]
    assert sorted(colour for _, colour in image.getcolors()) == [(0, 0, 0), (255, 255, 255)]
    dark = image.convert("L").point(lambda value: 255 - value).getbbox()
    assert dark[:2] == (QUIET * module, QUIET * module)
    assert image.width - dark[2] == QUIET * module
    # An odd number of modules leaves half a row of cells over: it is white too.
    assert image.height - dark[3] == (QUIET + 1) * module


@pytest.mark.parametrize(
    ("length", "size"),
    [(25, (33, 17)), (26, (33, 17)), (60, (41, 21)), (62, (41, 21)), (63, (45, 23))],
)
def test_the_cells_a_link_takes(length: int, size: tuple[int, int]) -> None:
    link = "https://example.org/".ljust(length, "x")
    assert cell_size(link) == size
    assert cell_size(link, quiet=0) == (size[0] - 2 * QUIET, size[1] - QUIET)


async def test_the_widget_is_as_large_as_its_code() -> None:
    app = Showing(SIXTY)
    async with app.run_test(size=(80, 24)):
        assert app.query_one(QrCode).size == cell_size(SIXTY) == (41, 21)


def test_cells_are_the_modules_two_by_two() -> None:
    rows = modules(SIXTY)
    assert len(rows) == len(rows[0]) == 41
    upper = tuple(tuple(cell[0] for cell in row) for row in cells(SIXTY))
    lower = tuple(tuple(cell[1] for cell in row) for row in cells(SIXTY))
    assert upper == rows[0::2]
    assert lower == (*rows[1::2], (False,) * 41)


def test_a_link_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too long for a QR code"):
        QrCode("https://example.org/" + "x" * 3000)


@pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "en"), ((80, 24), "zh-Hans"), ((120, 36), "en")]
)
async def test_the_longest_booking_code_is_read_from_the_ticket(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    lobby = Lobby(tmp_path, language)
    clinic = lobby.app.clinic = msgspec.structs.replace(CLINIC, booking_url=OWN_PAGE)
    async with lobby.open(size):
        await lobby.press(*TO_A_PSYCHOLOGIST)
        assert lobby.screen == "TicketScreen"
        screen = paint(lobby.app, cell=CELL, letters=False)
    link = clinic.booking_link("downtown", "psychological-consultation")
    assert read_by_zxing(screen) == [link]
    assert read_by_zbar(screen) == [link]
