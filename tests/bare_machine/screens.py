"""Scenes: screens of other sizes and other ways up."""

from lobby import Lobby, require


def at(lobby: Lobby, resolution: str, name: str) -> str:
    """Start with such a screen, see that Home fills it, and keep its picture."""
    lobby.machine.off()
    seen = lobby.start(resolution)
    rows, columns = map(int, lobby.machine.said("stty -F /dev/pts/0 size").split())
    require(rows >= 24 and columns >= 80, f"{columns} x {rows} cells")
    width, height = map(int, resolution.split("x"))
    picture = lobby.machine.picture()
    require(picture.size == (width, height), f"the picture is {picture.size}")
    corners = {picture.getpixel((x, y)) for x in (0, width - 1) for y in (0, height - 1)}
    require(len(corners) == 1, f"the margins have colours {corners}")
    lobby.keep(name)
    return f"{columns} x {rows} cells; Home {seen}"


def small(lobby: Lobby) -> str:
    """A screen of 1366 x 768."""
    return at(lobby, "1366x768", "1366x768")


def upright(lobby: Lobby) -> str:
    """A screen of 1080 x 1920, standing upright."""
    return at(lobby, "1080x1920", "upright")


def large(lobby: Lobby) -> str:
    """A screen of 3840 x 2160."""
    return at(lobby, "3840x2160", "4k")
