"""`make machine`: build a machine, install the kiosk on it, and prove there what it promises.

`python tests/bare_machine [--again] [SCENE ...]`: with --again, disks that were built stay; with
scenes, only these are played, and their rows of the table made anew.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator

import arriving
import board
import failing
import image
import leaving
import offline
import screens
import staff
import ways_out
from lobby import Failed, Lobby
from places import BASE, MACHINE
from vm import Machine

RESULTS = MACHINE / "results.json"
AT_THE_LOBBY: tuple[Callable[[Lobby], str], ...] = (
    arriving.home, arriving.units, arriving.letters, arriving.by_keypad, arriving.by_pointer,
    arriving.by_touch, arriving.plug_pulled, failing.python_killed, failing.foot_killed,
    failing.cage_killed, failing.seatd_killed, failing.ten_times, failing.python_stopped,
    failing.screen_later, ways_out.at_rest, ways_out.in_a_check_in, ways_out.after_a_crash,
    ways_out.plugged_in, staff.by_ssh, leaving.lost, ways_out.during_boot,
    screens.small, screens.upright, screens.large,
)  # fmt: skip
ON_THEIR_OWN: tuple[Callable[[], str], ...] = (
    board.heard, offline.installed, offline.broken_update,
)  # fmt: skip


def bare() -> str:
    """A bare Debian 13 built, without anything of the kiosk's."""
    image.build()
    return f"{BASE.stat().st_blocks * 512 / 1e6:.0f} MB"


def install() -> str:
    """Installed by deploy/install --role lobby, from this checkout."""
    disk = image.installed("lobby")
    more = (disk.stat().st_blocks - BASE.stat().st_blocks) * 512 / 1e6
    return f"{more:.0f} MB more, Debian's packages with it"


def main(words: list[str]) -> int:
    """Prove it, and leave the table in MACHINE/table.md; 1 where a scene failed."""
    chosen = {word for word in words if word != "--again"}
    kept = json.loads(RESULTS.read_text("utf-8")) if chosen and RESULTS.exists() else {}
    passed_all = True
    for scene, play in scenes("--again" in words, chosen):
        name = f"{scene.__module__}.{scene.__name__}".removeprefix("__main__.")
        started = time.monotonic()
        try:
            seen, passed = play(), True
        except (Failed, AssertionError, OSError, ValueError, LookupError, RuntimeError) as failed:
            seen, passed = f"{type(failed).__name__}: {failed}", False
        passed_all = passed_all and passed
        seen = " ".join(seen.replace("|", "/").split())
        kept[name] = [(scene.__doc__ or "").strip().rstrip("."), seen, passed]
        kept[name].append(round(time.monotonic() - started))
        print(f"{'passed' if passed else 'FAILED'} {name} ({kept[name][3]} s): {seen}", flush=True)
        RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        (MACHINE / "table.md").write_text(table(kept), encoding="utf-8")
    print(table(kept))
    return 0 if passed_all and kept else 1


def table(kept: dict[str, list[object]]) -> str:
    """The rows in the order of the scenes."""
    order = [f"{one.__module__}.{one.__name__}" for one in (*AT_THE_LOBBY, *ON_THEIR_OWN)]
    rows = ["| scene | | what was seen | seconds |", "| --- | --- | --- | --- |"]
    for name in ("bare", "install", *order):
        if name in kept:
            sentence, seen, passed, seconds = kept[name]
            came_out = "passed" if passed else "**failed**"
            rows.append(f"| {sentence} | {came_out} | {seen} | {seconds} |")
    return "\n".join(rows) + "\n"


def scenes(again: bool, chosen: set[str]) -> Iterator[tuple[Callable[..., str], Callable[[], str]]]:
    """Every scene that was asked for, and what plays it."""

    def wanted(scene: Callable[..., str]) -> bool:
        return not chosen or scene.__name__ in chosen or scene.__module__ in chosen

    if not (again and BASE.exists()):
        yield bare, bare
    disk = MACHINE / "lobby.raw"
    if not (again and disk.exists()):
        yield install, install
    at_the_lobby = [scene for scene in AT_THE_LOBBY if wanted(scene)]
    if at_the_lobby:
        machine = Machine("lobby").fresh(disk)
        lobby = Lobby(machine)
        try:
            for scene in at_the_lobby:
                yield scene, lambda scene=scene: played(lobby, scene)
        finally:
            machine.off()
    for other in filter(wanted, ON_THEIR_OWN):
        yield other, other


def played(lobby: Lobby, scene: Callable[[Lobby], str]) -> str:
    """Play a scene at Home of a machine that is on, whatever became of the one before."""
    if scene is arriving.home:
        lobby.machine.off()
    elif scene.__module__ != "screens":
        if not lobby.machine.is_on:
            lobby.start()
        lobby.go_home()
    return scene(lobby)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
