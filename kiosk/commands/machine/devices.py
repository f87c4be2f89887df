"""What speaks, plays and prints on this machine, tried as far as that makes no sound."""

import re
from collections.abc import Collection, Iterable

from kiosk.commands.machine.found import Finding, grave
from kiosk.commands.machine.programs import Answer, ask
from kiosk.languages.language import language
from kiosk.settings import Mode, Settings
from kiosk.sound.announcer import PLAYERS, SPEAKER
from kiosk.sound.speech import phrase, version_of

BOARD = Mode.board
"""The screen that calls aloud."""
_MUTED = re.compile(r"\[(on|off)\]")


def devices(settings: Settings, roles: Collection[str]) -> Iterable[Finding]:
    """All of them; `roles`: the screens that this machine begins with by itself."""
    yield from voice(roles)
    yield from player(roles)
    yield from printer(settings)


def voice(roles: Collection[str]) -> Iterable[Finding]:
    """Whether calls can be spoken, in Mandarin and in English: it speaks into a file of no name."""
    told = ask(SPEAKER, "--version")
    if not told.ended_well:
        yield _unheard(f"voice: no {SPEAKER}: {told.why}", f"apt install {SPEAKER}", roles)
        return
    version = version_of(told.said)
    number = ".".join(map(str, version))
    dumb = []
    for tag, name in (("zh-Hans", "Mandarin"), ("en", "English")):
        said = phrase("A012", "2", language(tag), version)
        if not ask(SPEAKER, "-v", said.voice, "-w", "/dev/null", said.text).ended_well:
            dumb.append(name)
    if dumb:
        missing = f"voice: {SPEAKER} {number} has no {' and no '.join(dumb)}"
        yield _unheard(missing, f"apt install --reinstall {SPEAKER}-data", roles)
    else:
        yield Finding(f"voice: {SPEAKER} {number}, speaks Mandarin and English")


def player(roles: Collection[str]) -> Iterable[Finding]:
    """Whether there is something to hear it with, and how loud that is."""
    players = [name for name, *_ in PLAYERS if ask(name, "--version").is_there]
    if not players:
        names = ", ".join(name for name, *_ in PLAYERS)
        yield _unheard(f"player: none of {names}", "apt install alsa-utils", roles)
        return
    cards = ask("aplay", "-l")
    if not cards.is_there:
        yield Finding(f"player: {players[0]}; sound cards are not told without alsa-utils")
    elif found := re.findall(r"^card \d+: .*?\[(.+?)\]", cards.said, re.MULTILINE):
        yield Finding(f"player: {players[0]}, on {', '.join(dict.fromkeys(found))}")
        yield from _loudness(roles)
    else:
        advice = "is it plugged in, and this account in the group audio?"
        yield _unheard(f"player: {players[0]}, and no sound card", advice, roles)


def _loudness(roles: Collection[str]) -> Iterable[Finding]:
    mixer = ask("amixer", "sget", "Master")
    switches, levels = _MUTED.findall(mixer.said), re.findall(r"\[(\d+)%\]", mixer.said)
    if not mixer.ended_well or not (switches or levels):
        yield Finding("loudness: the sound card does not tell")
    elif (switches and "on" not in switches) or set(levels) == {"0"}:
        yield _unheard("loudness: muted", "amixer sset Master 80% unmute", roles)
    else:
        yield Finding(f"loudness: {max(map(int, levels))} %" if levels else "loudness: not muted")


def printer(settings: Settings) -> Iterable[Finding]:
    """Whether the queue is there that slips go to; nothing is printed."""
    queue = settings.printer
    if queue is None:
        yield Finding("printer: none is set")
        return
    if not (lp := ask("lpstat", "-p", queue)).ended_well:
        yield grave(f"printer: {queue}: {lp.why}; {_mend(lp, queue)}")
    elif not ask("lp", "--help").is_there:
        yield grave(f"printer: {queue} is there, but no lp to hand it slips; {_CUPS}")
    elif re.search(r"^printer \S+ disabled", lp.said, re.MULTILINE):
        yield grave(f"printer: {queue} has stopped; look at it, then cupsenable {queue}")
    else:
        yield Finding(f"printer: {queue} is ready")


_CUPS = "apt install cups cups-client"


def _mend(lp: Answer, queue: str) -> str:
    if not lp.is_there:
        return _CUPS
    return f"lpstat -p names those there are; printer in kiosk.toml says {queue!r}"


def _unheard(text: str, advice: str, roles: Collection[str]) -> Finding:
    """Grave where the board calls; elsewhere only to know."""
    if BOARD in roles:
        return grave(f"{text}; {advice}")
    return Finding(f"{text} (only a board needs one)")
