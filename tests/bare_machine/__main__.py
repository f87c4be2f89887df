"""`make machine`: build a machine, install the kiosk on it, and prove there what it promises.

`python tests/bare_machine [--again] [SCENE ...]`: with --again, disks that were built stay.
"""

import sys
import time
from collections.abc import Callable, Iterator

import arriving
import failing
import image
import offline
import screens
import staff
import ways_out
from lobby import Failed, Lobby
from places import BASE, MACHINE
from vm import Machine

AT_THE_LOBBY: tuple[Callable[[Lobby], str], ...] = (
    arriving.home, arriving.units, arriving.letters, arriving.by_keypad, arriving.by_pointer,
    arriving.by_touch, arriving.plug_pulled, failing.python_killed, failing.foot_killed,
    failing.cage_killed, failing.seatd_killed, failing.python_stopped, failing.ten_times,
    failing.screen_off, ways_out.at_rest, ways_out.in_a_check_in, ways_out.after_a_crash,
    ways_out.plugged_in, ways_out.during_boot,
    screens.small, screens.upright, screens.large,
    staff.by_ssh, failing.broken_update,
)  # fmt: skip
ELSEWHERE: tuple[Callable[[], str], ...] = (screens.board_heard, offline.installed)


def main(words: list[str]) -> int:
    """Prove it, and leave the table in MACHINE/table.md; 1 where a scene failed."""
    again = "--again" in words
    chosen = {word for word in words if word != "--again"}
    rows: list[tuple[str, str, bool, float]] = []
    for name, sentence, scene in scenes(again, chosen):
        started = time.monotonic()
        try:
            seen, passed = scene(), True
        except (Failed, AssertionError, OSError, ValueError, IndexError) as failed:
            seen, passed = f"{type(failed).__name__}: {failed}", False
        seconds = time.monotonic() - started
        rows.append((sentence, seen.replace("|", "/").replace("\n", " "), passed, seconds))
        print(f"{'passed' if passed else 'FAILED'} {name} ({seconds:.0f} s): {seen}", flush=True)
    table = ["| scene | | what was seen | seconds |", "| --- | --- | --- | --- |"]
    for sentence, seen, passed, seconds in rows:
        table.append(
            f"| {sentence} | {'passed' if passed else '**failed**'} | {seen} | {seconds:.0f} |"
        )
    (MACHINE / "table.md").write_text("\n".join(table) + "\n", encoding="utf-8")
    print("\n".join(table))
    return 0 if rows and all(row[2] for row in rows) else 1


def scenes(again: bool, chosen: set[str]) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Every scene that was asked for: its name, its sentence, and what plays it."""

    def wanted(name: str) -> bool:
        return not chosen or name in chosen

    if not (again and BASE.exists()):
        yield "bare", "A bare Debian 13 built", lambda: image.build() or "no kiosk on it yet"
    disk = MACHINE / "lobby.raw"
    if not (again and disk.exists()):
        yield "install", "Installed by `deploy/install --role lobby`", lambda: str(
            image.installed("lobby").name
        )
    machine = Machine("lobby").fresh(disk)
    lobby = Lobby(machine)
    try:
        for scene in AT_THE_LOBBY:
            if wanted(scene.__name__):
                yield scene.__name__, told(scene), lambda scene=scene: played(lobby, scene)  # type: ignore[misc]
    finally:
        machine.off()
    for other in ELSEWHERE:
        if wanted(other.__name__):
            yield other.__name__, told(other), other


def played(lobby: Lobby, scene: Callable[[Lobby], str]) -> str:
    """Play a scene at Home of a machine that is on, whatever became of the one before."""
    if scene.__module__ != "screens" and scene is not arriving.home:
        if not lobby.machine.is_on:
            lobby.start()
        lobby.go_home()
    elif scene is arriving.home:
        lobby.machine.off()
    return scene(lobby)


def told(scene: Callable[..., str]) -> str:
    return (scene.__doc__ or "").strip().split("\n")[0].rstrip(".")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
