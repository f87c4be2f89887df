"""QR codes: of the right size and white around, and readable from the painted cells."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import zxingcpp
from lobby_driver import Lobby
from painter import paint
from PIL import Image
from siblings import siblings
from textual.app import App, ComposeResult

from kiosk.content.clinic import Clinic
from kiosk.content.texts import load_clinic
from kiosk.lobby.place.links import call_link, contact_cards
from kiosk.qr import NARROW, QUIET, Fit, cell_size, cells, fit, half_blocks, modules
from kiosk.settings import CHECKOUT, Settings
from kiosk.styles.themes import THEMES
from kiosk.widgets.qr_code import QrCode

CLINIC = load_clinic(CHECKOUT / "content")
OWN_PAGE = "https://tcm-shanghai.com/b/{location}/{service}"
"""A booking page as the clinic may have one some day: 62 bytes with its longest names."""
CELL = (8, 16)
SIXTY = "https://example.org/" + "x" * 40
TO_A_PSYCHOLOGIST = ("1", "1", "4", "3", "2", "3", "enter", "1")
"""From Home to a nameless ticket for the service with the longest slug."""


def booking_links(clinic: Clinic) -> Iterator[str]:
    for location in clinic.locations:
        yield clinic.booking_link(location.slug)
        for service in clinic.services:
            yield clinic.booking_link(location.slug, service.slug)


def links_of(clinic: Clinic) -> set[str]:
    """Every link of the clinic's that may stand on a screen as a code."""
    links = {clinic.website, f"https://{clinic.short_url}", *booking_links(clinic)}
    links |= {text.source_url for text in (*clinic.services, *clinic.articles)}
    for place in clinic.locations:
        links |= {place.map_url, call_link(place), *contact_cards(clinic, place)}
    return links - {""}


def same(link: str) -> str:
    """A link without what may differ: scheme and host mean the same in capitals."""
    parts = urlsplit(link)
    return link if not parts.netloc else parts._replace(netloc=parts.netloc.lower()).geturl()


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


class Showing(App[None]):
    """Codes one below the other, on a screen in a theme's colours."""

    CSS = "Screen { background: $paper; } QrCode { margin: 1 2; }"

    def __init__(self, *links: str, theme: str = "light", qr: str = "half", **code: int) -> None:
        super().__init__()
        self.links = links
        self.settings = Settings(qr=qr)
        self.code = code
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def compose(self) -> ComposeResult:
        for link in self.links:
            yield QrCode(link, **self.code)

    @property
    def needs(self) -> tuple[int, int]:
        """Columns and rows in which all the codes have room."""
        sizes = [cell_size(link) for link in self.links]
        if self.settings.qr == "full":
            sizes = [(2 * columns, columns) for columns, _ in sizes]
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


async def reads(app: Showing) -> list[tuple[str, list[str], list[str]]]:
    """What either reader makes of the codes of an app that is not right."""
    async with app.run_test(size=app.needs):
        codes = app.codes()
    assert list(codes) == list(app.links)
    wrong = []
    for link, image in codes.items():
        zxing, zbar = read_by_zxing(image), read_by_zbar(image)
        if [*map(same, zxing), *map(same, zbar)] != [same(link)] * 2:
            wrong.append((link, zxing, zbar))
    return wrong


@pytest.mark.parametrize("qr", ["half", pytest.param("full", marks=pytest.mark.wide)])
async def test_every_link_of_the_content_is_read(qr: str) -> None:
    clinic = msgspec.structs.replace(CLINIC, booking_url=OWN_PAGE)
    links = sorted(links_of(CLINIC) | set(booking_links(clinic)))
    assert len(links) > 30
    assert await reads(Showing(*links, qr=qr)) == []


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_codes_of_every_kind_are_read_in_every_theme(theme: str) -> None:
    place = CLINIC.locations[0]
    kinds = (CLINIC.website, call_link(place), *contact_cards(CLINIC, place))
    assert await reads(Showing(*kinds, theme=theme)) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_a_code_is_read_from_a_picture_of_the_whole_screen(
    size: tuple[int, int], theme: str
) -> None:
    app = Showing(SIXTY, theme=theme, largest=4)
    async with app.run_test(size=size):
        screen = paint(app, cell=CELL, letters=False)
    assert read_by_zxing(screen) == read_by_zbar(screen) == [SIXTY]


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
    [(25, (33, 17)), (26, (33, 17)), (60, (41, 21)), (67, (41, 21)), (68, (45, 23))],
)
def test_the_cells_a_link_takes(length: int, size: tuple[int, int]) -> None:
    link = "https://example.org/".ljust(length, "x")
    assert cell_size(link) == size
    assert cell_size(link, quiet=0) == (size[0] - 2 * QUIET, size[1] - QUIET)


def test_a_number_is_packed_as_digits_and_a_host_in_capitals_where_that_is_smaller() -> None:
    assert cell_size(call_link(CLINIC.locations[0])) == (29, 15)
    page = "https://example.org/".ljust(46, "x")
    assert cell_size(page) == (37, 19)
    assert cell_size("ftps" + page[5:]) == (41, 21)


def test_correction_is_medium_at_least_unless_only_less_of_it_fits() -> None:
    link = "https://example.org/".ljust(75, "x")
    assert fit([link], 45, 23) == Fit(link, "M", 1)
    assert fit([link], 41, 21) == Fit(link, "L", 1)
    assert fit([link], 41, 20) == Fit(link, "L", 1, quiet=NARROW)
    assert fit([link], 37, 18) is None
    assert fit(["x" * 3000], 400, 200) is None


def test_every_link_of_the_clinic_has_a_code_on_a_small_screen_and_the_longest_is_read() -> None:
    links = sorted(links_of(CLINIC), key=len)
    assert [link for link in links if not fit([link], 41, 21)] == []
    link, level, scale, quiet = fit(links[-1:], 41, 21)
    assert (scale, quiet) == (1, NARROW)
    rows = modules(link, quiet, level)
    code = Image.new("L", (len(rows) + 20,) * 2, "black")  # what is around may be dark
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            code.putpixel((x + 10, y + 10), 0 if is_dark else 255)
    code = code.resize((code.width * 6,) * 2, Image.Resampling.NEAREST)
    assert [*map(same, read_by_zxing(code)), *map(same, read_by_zbar(code))] == [link, link]


def test_of_several_links_the_first_that_has_room_is_shown_and_correction_comes_first() -> None:
    fuller, plain = contact_cards(CLINIC, CLINIC.locations[0])
    assert fit([fuller, plain], 70, 33) == Fit(fuller, "M", 1)
    assert fit([fuller, plain], 41, 21) == Fit(plain, "M", 1)
    assert fit([], 80, 24) is None


def test_modules_grow_with_the_room_and_full_ones_never_end_inside_a_cell() -> None:
    assert len(modules(SIXTY)) == 41
    assert fit([SIXTY], 80, 24) == Fit(SIXTY, "M", 1)
    assert fit([SIXTY], 82, 41) == Fit(SIXTY, "M", 2)
    assert fit([SIXTY], 82, 40) == Fit(SIXTY, "M", 1)
    assert fit([SIXTY], 123, 62, largest=2) == Fit(SIXTY, "M", 2)
    assert fit([SIXTY], 123, 62) == Fit(SIXTY, "M", 3)
    assert fit([SIXTY], 123, 62, half=False) == Fit(SIXTY, "M", 2)
    assert fit([SIXTY], 82, 41, half=False, largest=1) == Fit(SIXTY, "M", 2)
    assert fit([SIXTY], 81, 41, half=False) == Fit(SIXTY, "L", 2, quiet=NARROW)
    assert fit([SIXTY], 73, 41, half=False) is None
    assert fit([SIXTY], 900, 900) == Fit(SIXTY, "M", 4)
    assert all(upper == lower for row in cells(SIXTY, scale=2) for upper, lower in row)


@pytest.mark.parametrize(
    ("setting", "terminal", "half"),
    [
        ("auto", {"TERM": "foot", "TERM_PROGRAM": "foot"}, True),
        ("auto", {"TERM": "xterm-256color"}, True),
        ("auto", {"TERM": "linux"}, True),
        ("auto", {"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"}, False),
        ("auto", {"TERM": "tmux-256color", "XTERM_VERSION": "XTerm(379)"}, False),
        ("auto", {"TERM": "foot", "XTERM_VERSION": "XTerm(379)"}, True),
        ("half", {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, True),
        ("full", {"TERM": "foot"}, False),
    ],
)
def test_half_blocks_are_used_where_the_terminal_draws_them_well(
    setting: str, terminal: dict[str, str], half: bool
) -> None:
    assert half_blocks(setting, terminal) is half


async def test_a_code_without_room_stands_as_text_and_grows_back() -> None:
    app = Showing(SIXTY, qr="full", largest=4)
    async with app.run_test(size=(80, 24)) as pilot:
        code = app.query_one(QrCode)
        assert code.size == (len(SIXTY) + 6, 5)
        assert SIXTY in code.render_line(2).text
        await pilot.resize_terminal(180, 90)
        await pilot.pause()
        assert code.size == (164, 82)
        assert read_by_zxing(paint(app, cell=(4, 8), letters=False)) == [SIXTY]


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
        modules("https://example.org/" + "x" * 3000)


@siblings(1, ("size", "language"), [((80, 24), "en"), ((80, 24), "zh-Hans"), ((120, 36), "en")])
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


async def test_a_ticket_without_room_for_a_code_asks_nobody_to_scan(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, qr="full")
    async with lobby.open():
        await lobby.press(*TO_A_PSYCHOLOGIST)
        assert lobby.screen == "TicketScreen"
        assert "scan" not in lobby.text
        assert "To book your next visit:" in lobby.text
        assert CLINIC.short_url in lobby.text
