"""A scene of its own machine: the board on the wall calls somebody, and it is heard."""

import array
import math
import time

import image
from lobby import PATIENCE, require
from places import MACHINE
from vm import BOOTED, Machine

HEADER = 44
"""Bytes before the sound of a WAV file."""
LOUD = 300
"""Of 32767, on average over a tenth of a second; silence has 0."""
CALL = """
from db import Arrival
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, load_settings
from kiosk.app.start import open_clinic_store
settings = load_settings()
store = open_clinic_store(settings, load_clinic(CHECKOUT / "content"))
waiting = store.check_in(Arrival(service="cupping", language="en"))
print(store.call(waiting.id, "1", "Test").ticket)
store.close()
"""


def heard() -> str:
    """The board in its hardened unit: a call is on the glass, and its chime and words are heard."""
    disk = MACHINE / "board.raw"
    if not disk.exists():
        image.installed("board")
    machine = Machine("board").fresh(disk)
    machine.on(heard=True)
    try:
        require(machine.answers(BOOTED), "it does not start")
        wait = (
            "timeout 600 sh -c 'until systemctl is-active -q clinic-kiosk@board; do sleep 1; done'"
        )
        require(machine.ssh(wait, seconds=700).returncode == 0, "the board was never ready")
        before = loud_seconds(machine)
        machine.ssh("cat > /tmp/call.py", typed=CALL)
        ticket = machine.said(
            "cd /opt/clinic-kiosk && runuser -u kiosk -- env PYTHONPATH=/opt/clinic-kiosk"
            " CLINIC_KIOSK_DATA_DIR=/var/lib/clinic-kiosk"
            " CLINIC_KIOSK_KEYS_DIR=/var/lib/clinic-kiosk-keys"
            " CLINIC_KIOSK_CONFIG=/etc/clinic-kiosk/kiosk.toml .venv/bin/python /tmp/call.py"
        )
        require(ticket, "nobody was called")
        until = time.monotonic() + PATIENCE
        while loud_seconds(machine) - before < 2 and time.monotonic() < until:
            time.sleep(2)
        time.sleep(10)
        sound = loud_seconds(machine) - before
        picture = machine.picture()
        picture.thumbnail((960, 960))
        (MACHINE / "pictures").mkdir(exist_ok=True)
        picture.quantize(64).save(MACHINE / "pictures/machine-board.png", optimize=True)
        require(sound >= 1, f"{sound:.1f} s of sound for {ticket}")
        return f"{ticket} called; {sound:.1f} s of sound"
    finally:
        machine.off()


def loud_seconds(machine: Machine) -> float:
    """How much of what the machine's sound card has played could be heard."""
    if not machine.sound.exists():
        return 0
    played = machine.sound.read_bytes()[HEADER:]
    samples = array.array("h", played[: len(played) // 4 * 4])
    tenth = 2 * 44100 // 10
    loud = 0
    for start in range(0, len(samples), tenth):
        part = samples[start : start + tenth : 20]
        loud += math.sqrt(sum(one * one for one in part) / max(len(part), 1)) > LOUD
    return loud / 10
