"""Whether a version can work on this machine, as it says itself, over a folder of its own."""

import json
import sys
import tempfile
from pathlib import Path

from installer.machine import CannotError, Machine
from installer.versions import called


def require_fit(machine: Machine, folder: Path, settings: str) -> None:
    """Have a version look at content, settings and a check-in; raises CannotError if it cannot.

    What is wrong with the machine alone, such as a sound card that is unplugged, is no version's
    fault and keeps none from being used: `check` and `doctor` say it afterwards.
    """
    with tempfile.TemporaryDirectory() as scratch:
        config, said = Path(scratch, "kiosk.toml"), Path(scratch, "said")
        config.write_text(settings, encoding="utf-8")
        environment = {
            "CLINIC_KIOSK_KEYS_DIR": f"{scratch}/keys",
            "CLINIC_KIOSK_DATA_DIR": f"{scratch}/data",
            "CLINIC_KIOSK_CONFIG": str(config),
            "LANG": "C.UTF-8",
        }
        with said.open("w") as output:
            program = (folder / ".venv/bin/python", "-E", "-B", folder / "run_kiosk.py")
            machine.code(*program, "check", "--json", env=environment, output=output)
        wrong = _wrong(said.read_text(encoding="utf-8"))
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        raise CannotError(f"{called(folder)} cannot work here, see above. Nothing was changed.")


def _wrong(said: str) -> list[str]:
    """What keeps a version from working, by its own words; all of them if they are no report."""
    try:
        report = json.loads(said)
        machine = [one["text"] for one in report["machine"] if one["kind"] == "error"]
        content = [one for one in report["content"] if one["kind"] == "error"]
    except (ValueError, KeyError, TypeError):
        return [said.strip() or "It said nothing."]
    places = (" ".join(filter(None, (one["file"], one["field"]))) for one in content)
    told = [f"{place}: {one['text']}" for place, one in zip(places, content, strict=True)]
    return told + [text for text in machine if text.startswith("check-in")]
