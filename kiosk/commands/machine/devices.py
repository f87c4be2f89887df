"""What speaks, plays and prints on this machine, tried to the end without a sound or a sheet."""

import re
from collections.abc import Collection, Generator, Iterable

from kiosk.commands.machine.found import Finding, grave
from kiosk.commands.machine.programs import PATIENCE, Answer, ask
from kiosk.languages.language import OWN_NAMES, SOURCE, language
from kiosk.settings import PROGRAM, Mode, Settings
from kiosk.sound.sounds import PLAYERS, SPEAKER, Heard, Sounds
from kiosk.sound.speech import SAMPLE, phrase, version_of

_NEEDED = {"zh-Hans": "Mandarin", "en": "English"}
BOARD = Mode.board
"""The screen that calls aloud."""
_MUTED = re.compile(r"\[(on|off)\]")


def devices(settings: Settings, roles: Collection[str]) -> Iterable[Finding]:
    """All of them; `roles`: the screens that this machine begins with by itself."""
    yield from sound(roles)
    yield from printer(settings)


def sound(roles: Collection[str]) -> Iterable[Finding]:
    """What there is to be heard with, and whether chime and words come through to the end."""
    speaks = yield from _voice(roles)
    plays = yield from _player(roles)
    sounds = Sounds(silent=True, longest=PATIENCE)
    if plays:
        yield _came_through("chime", "played it", sounds.chime(), roles)
    if plays and speaks:
        english = language(SOURCE)
        said = sounds.speak(lambda version: phrase([SAMPLE], english, version))
        yield _came_through("words", "spoke them", said, roles)


def _came_through(what: str, done: str, heard: Heard, roles: Collection[str]) -> Finding:
    if heard.well:
        return Finding(f"{what}: {heard.program} {done} silently, to the end")
    advice = f"does something else play? and then: {PROGRAM} {BOARD} --sound-test"
    return _unheard(f"{what}: {heard.program} says: {heard.fault}", advice, roles)


def _voice(roles: Collection[str]) -> Generator[Finding, None, bool]:
    """Whether calls can be spoken, in Mandarin and in English: it speaks into a file of no name."""
    told = ask(SPEAKER, "--version")
    if not told.ended_well:
        yield _unheard(f"voice: no {SPEAKER}: {told.why}", f"apt install {SPEAKER}", roles)
        return False
    version = version_of(told.said)
    number = ".".join(map(str, version))
    dumb = [tag for tag in OWN_NAMES if not _has_voice(tag, version)]
    if grave_ones := [name for tag, name in _NEEDED.items() if tag in dumb]:
        missing = f"voice: {SPEAKER} {number} has no {' and no '.join(grave_ones)}"
        yield _unheard(missing, f"apt install --reinstall {SPEAKER}-data", roles)
        return False
    but = f", and has no voice for {', '.join(dumb)}" if dumb else ""
    yield Finding(f"voice: {SPEAKER} {number}, speaks Mandarin and English{but}")
    return True


def _has_voice(tag: str, version: tuple[int, int]) -> bool:
    said = phrase([SAMPLE], language(tag), version)
    return ask(SPEAKER, "-v", said.voice, "-w", "/dev/null", said.text).ended_well


def _player(roles: Collection[str]) -> Generator[Finding, None, bool]:
    """Whether there is something to hear it with, and how loud that is."""
    players = [name for name, *_ in PLAYERS if ask(name, "--version").is_there]
    if not players:
        names = ", ".join(name for name, *_ in PLAYERS)
        yield _unheard(f"player: none of {names}", "apt install alsa-utils", roles)
        return False
    cards = ask("aplay", "-l")
    if not cards.is_there:
        yield Finding(f"player: {players[0]}; sound cards are not told without alsa-utils")
    elif found := re.findall(r"^card \d+: .*?\[(.+?)\]", cards.said, re.MULTILINE):
        yield Finding(f"player: {players[0]}, on {', '.join(dict.fromkeys(found))}")
        yield from _loudness(roles)
    else:
        advice = "is it plugged in, and this account in the group audio?"
        yield _unheard(f"player: {players[0]}, and no sound card", advice, roles)
        return False
    return True


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
    elif "not accepting" in ask("lpstat", "-a", queue).said:
        yield grave(f"printer: {queue} takes no slips; look at it, then cupsaccept {queue}")
    elif waiting := len(ask("lpstat", "-o", queue).said.splitlines()):
        slips = "1 slip waits" if waiting == 1 else f"{waiting} slips wait"
        yield Finding(f"printer: {queue}: {slips}; has it paper, and is it on?", wrong=True)
    else:
        yield Finding(f"printer: {queue} is ready, and no slip waits")


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
