"""Makes the pictures of the documents from the real app: `python tests/screenshots.py`.

Everybody in them is invented, and the clock stands at 10:42 on a Monday in Shanghai.
"""

# ruff: noqa: E402 - what comes first says where the rest is found

import asyncio
import math
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from fingers import Fingers
from painter import missing_fonts, paint
from PIL import Image

from db import (
    Accounts,
    Arrival,
    CheckIn,
    CheckInStore,
    Expected,
    HashCost,
    Role,
    open_accounts,
    open_store,
)
from kiosk.app.app import KioskApp
from kiosk.content.texts import load_clinic
from kiosk.languages.language import language
from kiosk.settings import Room, Settings

PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)
SMALL, LARGE = (80, 24), (120, 36)
"""Columns and rows: the smallest terminal that shows everything, and a kiosk's."""
FAR, WALL = (40, 12), (200, 60)
"""A board to be read from far away, and one with all that a large screen has room for."""
MOST_BYTES = 40_000
"""A picture is downloaded with every clone."""
STAFF, PIN = "Lin", "482913"
PATIENCE = 200
"""How often a screen is looked at before what it should show counts as missing."""
CLINIC = load_clinic(ROOT / "content")


class Picture(msgspec.Struct, frozen=True):
    """One picture: what to press to get there, and a text that stands there then."""

    name: str
    size: tuple[int, int]
    language: str
    keys: str
    """Keys with spaces between them; the language's own first screen has none."""
    shows: str
    mode: str = "lobby"
    rooms: tuple[str, ...] = ("2",)
    """Of those who are being called; the last of them is called last."""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return PICTURES / f"{self.name}.png"


TO_PHONE = "1 1 3 1 1 3"
"""A first visit for a medical massage, without a name."""
TO_KEYBOARD = "1 1 9 1 2 w a n g x i a o m i n g"
"""A name half on its way from pinyin to characters."""
TO_TICKET = f"{TO_PHONE} enter 1"
SIGN_IN = f"1 {' '.join(PIN)} enter"
FORM = "a I n a space F e r r o tab 7 tab 1 3 8 0 0 1 3 8 0 0 2"
"""A walk-in whose phone somebody else has given before."""
ALL = (
    Picture("home", LARGE, "zh-Hans", "", "候诊 5 人"),
    Picture("home.en", SMALL, "en", "", "5 people waiting"),
    *(
        Picture(f"home.{tag}", SMALL, tag, "", language(tag)("Our services"))
        for tag in CLINIC.languages[2:]
    ),
    Picture("safety", SMALL, "zh-Hans", "1", "None of these"),
    Picture("phone", SMALL, "en", f"{TO_PHONE} 1 3 8 0 0 1 3 8 0", "2 digits to go"),
    Picture("phone.zh", SMALL, "zh-Hans", f"{TO_PHONE} 1 3 8 0 0 1 3 8 0", "138 0013 80"),
    Picture("keyboard.zh", SMALL, "zh-Hans", TO_KEYBOARD, "望"),
    Picture("ticket", SMALL, "en", TO_TICKET, "Closes in"),
    Picture("ticket.zh", LARGE, "zh-Hans", TO_TICKET, "前面"),
    Picture("articles", SMALL, "en", "2", "Next page 1/"),
    Picture("search.zh", SMALL, "zh-Hans", "2 8 z j", "针灸"),
    Picture("reader.en", LARGE, "en", "2 1 enter", "Page back"),
    Picture("reader.zh", SMALL, "zh-Hans", "2 1", "页"),
    Picture("services", LARGE, "en", "3", "Acupuncture"),
    Picture("services.zh", SMALL, "zh-Hans", "3", "针灸"),
    Picture("locations.zh", SMALL, "zh-Hans", "4", "西藏南路760号"),
    Picture("staff", LARGE, "en", SIGN_IN, "O'Neill", "staff"),
    Picture("staff.zh", SMALL, "zh-Hans", SIGN_IN, "O'Neill", "staff"),
    *(
        Picture(f"staff-{name}{kind}", SMALL, tag, f"{SIGN_IN} {keys}", shows, "staff")
        for kind, tag in (("", "en"), (".zh", "zh-Hans"))
        for name, keys, shows in (
            ("form", FORM, "13800138002"),
            ("list", ".", "Ingrid Marsh"),
        )
    ),
    Picture("board", SMALL, "zh-Hans", "", "正在叫号", "board"),
    *(
        Picture(f"board-{size[0]}x{size[1]}{kind}", size, tag, "", calling, "board", rooms)
        for size in (FAR, SMALL, WALL)
        for kind, tag, calling, rooms in (
            ("", "en", "calling", ("3", "1", "4", "5", "3", "2")),
            (".named", "en", "calling", ("Massage", "Lab", "Acupuncture")),
            (".named.zh", "zh-Hans", "正在叫号", ("化验室", "推拿室", "针灸室")),
        )
    ),
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Morning:
    """A clinic's morning in a folder of its own, as it stands at 10:42."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()

    def open_store(self) -> CheckInStore:
        """A handle on the morning's check-ins."""
        return open_store(
            self.folder / "data",
            location="downtown",
            keys_dir=self.folder / "keys",
            time_zone=CLINIC.time_zone,
            phone_region=CLINIC.region,
            device="desk",
            clock=self.clock,
        )

    def open_accounts(self) -> Accounts:
        """The staff's accounts; their hashes guard nothing, and need not be slow."""
        cost = HashCost(passes=1, memory=8)
        return open_accounts(self.folder / "data", keys_dir=self.folder / "keys", cost=cost)

    def pass_by(self, rooms: tuple[str, ...] = ("2",)) -> None:
        """Let invented people come, be called, and go; at the end some are called to `rooms`."""
        store = self.open_store()
        self.open_accounts().add(STAFF, Role.reception, PIN)

        def at(minutes: float, act: Callable[[], CheckIn | None]) -> CheckIn:
            """Do something so many minutes after ten."""
            self.clock.now = NOW + timedelta(minutes=minutes - 42)
            done = act()
            assert done is not None
            return done

        def comes(minutes: int, **answers: object) -> CheckIn:
            arrival = Arrival(**({"language": "zh-Hans"} | answers))
            return at(minutes, lambda: store.check_in(arrival, allow_same_phone=True))

        def is_called(minutes: float, who: CheckIn, room: str) -> None:
            at(minutes, lambda: store.call(who.id, room, STAFF))

        def comes_in(minutes: int, who: CheckIn) -> None:
            at(minutes, lambda: store.begin(who.id, STAFF))

        zhang = comes(1, name="张先生", phone="13800138001", service="orthopaedics")
        ada = comes(3, name="Ada Ashdown", service="gua-sha", language="en")
        zheng = comes(6, name="郑女士", service="physiotherapy", appointment=True)
        is_called(8, zhang, "3")
        comes_in(9, zhang)
        chen = comes(10, name="陈先生", phone="13800138002", service="acupuncture")
        li = comes(12, name="李女士", service="tcm-consultation", appointment_time="10:30")
        is_called(12, ada, "1")
        comes_in(13, ada)
        at(20, lambda: store.park(zhang.id, STAFF))
        comes(14, name="王女士", phone="13800138003", service="tuina", first_visit=True)
        comes(
            24,
            name="O'Neill",
            service="medical-massage",
            language="en",
            appointment=True,
            appointment_time="10:45",
            practitioner="Matthew Stevens",
        )
        is_called(25, zheng, "3")
        comes_in(27, zheng)
        at(30, lambda: store.complete(ada.id, STAFF))
        is_called(31, li, "1")
        comes(35, name="李小朋友", service="tcm-consultation", whom="child", guardian=True)
        comes_in(36, li)
        comes(38, name="Zoë", phone="13800138004", first_visit=True, language="en")
        comes(40, urgent=True)
        waiting = [one for one in store.today() if one.status == "waiting" and one != chen]
        called = [*waiting[: len(rooms) - 1], chen]
        for nth, (room, who) in enumerate(zip(rooms, called, strict=True), 1):
            is_called(40 + nth / len(rooms), who, room)
        self.clock.now = NOW
        expected = [
            Expected(
                ref=name,
                due_at=store.calendar.at(store.day, hour, minute),
                name=name,
                service=service,
                practitioner="Matthew Stevens",
            )
            for hour, minute, name, service in (
                (9, 50, "张伟", "acupuncture"),
                (10, 30, "Jon Field", "cupping"),
                (10, 45, "O'Neill", "medical-massage"),
                (11, 15, "Ingrid Marsh", ""),
            )
        ]
        store.bring({"list": expected}, STAFF)
        store.mark_present(STAFF)
        store.close()

    def app(self, picture: Picture) -> KioskApp:
        """The app that shows this morning."""
        settings = Settings(
            language=picture.language,
            data_dir=self.folder / "data",
            keys_dir=self.folder / "keys",
            device="kiosk-1",
            rooms=(Room("1"), Room("2"), Room("3")),
            seen_after=0.0,
            seen_after_grave=0.0,
        )
        return KioskApp(
            settings,
            CLINIC,
            mode=picture.mode,
            open_store=self.open_store,
            open_accounts=self.open_accounts,
            clock=self.clock,
            monotonic=lambda: 0.0,
        )


async def take(picture: Picture, folder: Path) -> Image.Image:
    """Run the app, press the picture's keys, and paint what stands there then."""
    morning = Morning(folder)
    morning.pass_by(picture.rooms)
    app = morning.app(picture)
    async with app.run_test(size=picture.size) as pilot:
        fingers = Fingers()
        for key in picture.keys.split():
            app.post_message(fingers.press(key))
            await pilot.pause()
        for _ in range(PATIENCE):
            await pilot.pause()
            if picture.shows in text_on(app):
                return paint(app)
        text = text_on(app)
    raise SystemExit(f"{picture.name}: {picture.shows!r} is not on the screen:\n{text}")


def text_on(app: KioskApp) -> str:
    """The screen as plain text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def save(image: Image.Image, file: Path) -> int:
    """Write a PNG with as many colours as its size allows; the bytes it has."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for colours in (64, 32, 16):
        with_palette(image, colours).save(file, optimize=True)
        if (size := file.stat().st_size) <= MOST_BYTES:
            return size
    raise SystemExit(f"{file.name} has {size} bytes; a picture may have {MOST_BYTES}.")


def with_palette(image: Image.Image, colours: int) -> Image.Image:
    """The picture in its commonest colours, these exactly; Pillow's own way shifts them a little.

    Only the smoothed edges of letters lose a shade.
    """
    areas = Counter(zip(*[iter(image.tobytes())] * 3, strict=True))
    palette = [colour for colour, _area in areas.most_common(colours)]

    def nearest(colour: tuple[int, ...]) -> int:
        return min(range(len(palette)), key=lambda nth: math.dist(palette[nth], colour))

    index = {colour: nearest(colour) for colour in areas}
    cells = bytes(index[colour] for colour in zip(*[iter(image.tobytes())] * 3, strict=True))
    reduced = Image.frombytes("P", image.size, cells)
    reduced.putpalette([part for colour in palette for part in colour])
    return reduced


def main(names: list[str]) -> int:
    """Make the pictures with these names, or all; 1 when letters could not be painted."""
    if missing := missing_fonts():
        print(f"Letters cannot be painted. Please install: {' '.join(missing)}", file=sys.stderr)
        return 1
    for picture in ALL:
        if not names or picture.name in names:
            with TemporaryDirectory(prefix="clinic-kiosk-pictures-") as folder:
                image = asyncio.run(take(picture, Path(folder)))
            size = save(image, picture.file)
            print(f"{picture.file.relative_to(ROOT)}  {size / 1000:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
