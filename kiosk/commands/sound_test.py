"""`board --sound-test`: the chime and a sample call in each language, once, and what came of it."""

from collections.abc import Callable, Iterable

from kiosk.languages.language import Language, language
from kiosk.languages.showable import showable
from kiosk.settings import PROGRAM, Settings
from kiosk.sound.sounds import SPEAKER, Heard, Sounds
from kiosk.sound.speech import SAMPLE, Phrase, phrase, spoken

NOT_HEARD = f"""\
If you heard nothing, or not all of it:
  1. Is the loudspeaker plugged in, switched on and turned up?
  2. Is the sound card muted?  amixer sset Master 80% unmute
  3. Does it play at all?      aplay /usr/share/sounds/alsa/Front_Center.wav
  4. May this account use it?  It must be in the group audio: groups
  5. Is all of it installed?   apt install {SPEAKER} alsa-utils
  `{PROGRAM} check` looks at all of these. docs/board.md says more."""


def sound_test(settings: Settings, tags: Iterable[str]) -> int:
    """Play everything once, and say what it is before each; 1 if anything could not be played."""
    sounds = Sounds()
    said = _by_voice(tags)
    total = 1 + len(said)
    print("Sound test of the board: the chime, then a call in each language. Please listen.")
    if settings.quiet_hours:
        print(f"It sounds in the quiet hours ({settings.quiet_hours}) too.")
    try:
        heard = [_told(f"1/{total}  the chime", sounds.chime, "apt install alsa-utils")]
        for nth, (lang, names) in enumerate(said.items(), 2):
            heard.append(_say(sounds, f"{nth}/{total}  {names}", lang))
    except KeyboardInterrupt:
        sounds.close()
        print("\nStopped.")
        return 130
    failed = heard.count(False)
    print()
    if failed:
        print(f"{failed} of {total} could not be played.")
    else:
        print(
            f"All {total} were played to the end. Did you hear them? Then the board can be heard."
        )
    print(NOT_HEARD)
    return 1 if failed else 0


def _by_voice(tags: Iterable[str]) -> dict[Language, str]:
    """The languages that calls are said in, each with the names of those it is said for."""
    names: dict[Language, list[str]] = {}
    for lang in map(language, tags):
        names.setdefault(spoken(lang), []).append(lang.own_name)
    return {lang: ", ".join(of) for lang, of in names.items()}


def _say(sounds: Sounds, name: str, lang: Language) -> bool:
    shown = phrase([SAMPLE], lang, (99, 0)).text

    def words(version: tuple[int, int]) -> Phrase:
        return phrase([SAMPLE], lang, version)

    return _told(f"{name}: {shown}", lambda: sounds.speak(words), f"apt install {SPEAKER}")


def _told(what: str, play: Callable[[], Heard], advice: str) -> bool:
    """Name it, play it, and say what came of it; whether it was played."""
    print(what, flush=True)
    heard = play()
    if heard.well:
        print(f"     played by {heard.program}")
    elif heard.program:
        print(f"     NOT PLAYED: {heard.program} says: {showable(heard.fault)}")
    else:
        print(f"     NOT PLAYED: no program for it is installed; {advice}")
    return heard.well
