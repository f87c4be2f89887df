"""The machine itself, under qemu: its power, its keys, its pointer, its glass, and ssh as root."""

import json
import os
import shlex
import socket
import subprocess
import time
from pathlib import Path

from PIL import Image
from places import BASE, KEY, MACHINE, run

BOOTED = 900.0
"""Seconds a start may take: an emulated processor is ten to twenty times slower than a real one."""
NAMES = {" ": "spc", "\n": "ret", ".": "dot", "-": "minus", "/": "slash", "*": "kp_multiply"}


def accelerator() -> list[str]:
    """Emulation, which every computer can do; MACHINE_ACCEL=kvm where it has that and it works."""
    if os.environ.get("MACHINE_ACCEL") == "kvm":
        return ["-accel", "kvm", "-cpu", "host"]
    return ["-accel", "tcg,tb-size=512", "-cpu", "max"]


def _free_port() -> int:
    """A port of this computer that nobody listens on: its ssh is led there."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        number: int = asked.getsockname()[1]
        return number


class Machine:
    """One machine: a disk over BASE that keeps what was done to it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.disk = MACHINE / f"{name}.qcow2"
        self.sound = MACHINE / f"{name}.wav"
        self._qmp = MACHINE / f"{name}.qmp"
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.powered_on = 0.0

    # Power

    def fresh(self, base: Path = BASE) -> "Machine":
        """Forget all that was done; `base` is a disk that stays as it is."""
        self.off()
        self.disk.unlink(missing_ok=True)
        kind = "raw" if base.suffix == ".raw" else "qcow2"
        run("qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", kind, self.disk)
        return self

    def on(
        self,
        resolution: str = "1920x1080",
        *,
        network: bool = False,
        heard: bool = False,
        more: tuple[str, ...] = (),
    ) -> None:
        """Switch it on. Without `network` nothing but ssh from this computer reaches it."""
        assert self._process is None, "it is on"
        width, height = resolution.split("x")
        self._qmp.unlink(missing_ok=True)
        net = f"user,id=n0,restrict={'off' if network else 'on'}"
        command = [
            "qemu-system-x86_64", "-name", self.name, "-smp", "1", "-m", "2048", *accelerator(),
            "-machine", "pc", "-display", "none", "-monitor", "none",
            "-drive", f"file={self.disk},if=virtio,cache=writeback",
            "-vga", "none", "-device", f"virtio-vga,xres={width},yres={height}",
            "-device", "qemu-xhci,id=usb", "-device", "usb-tablet", "-device", "usb-kbd",
            "-qmp", f"unix:{self._qmp},server,nowait",
            "-serial", f"file:{MACHINE / self.name}.serial",
            "-netdev", f"{net},hostfwd=tcp:127.0.0.1:{self._port}-10.0.2.15:22",
            "-device", "virtio-net-pci,netdev=n0",
            "-kernel", str(MACHINE / "vmlinuz"), "-initrd", str(MACHINE / "initrd.img"),
            "-append", "root=LABEL=root ro console=ttyS0 console=tty0 quiet", *more,
        ]  # fmt: skip
        if heard:
            command += ["-audiodev", f"wav,id=snd,path={self.sound}"]
            command += ["-device", "intel-hda", "-device", "hda-duplex,audiodev=snd"]
        log = (MACHINE / f"{self.name}.log").open("wb")
        self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.powered_on = time.monotonic()
        while not self._qmp.exists() and self.is_on and self.seconds_on < 60:
            time.sleep(0.1)
        time.sleep(1)
        assert self.is_on, f"qemu has ended; see {MACHINE / self.name}.log"

    def off(self) -> None:
        """Pull the plug: nothing is told to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            self._process = None

    @property
    def is_on(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def seconds_on(self) -> float:
        return time.monotonic() - self.powered_on

    def serial(self) -> str:
        """What it has said on its serial line since power-on."""
        return (MACHINE / f"{self.name}.serial").read_text("utf-8", errors="replace")

    # Over ssh

    def ssh_words(self, key: Path = KEY, user: str = "root", *options: str) -> list[str]:
        """How ssh reaches it; a command may follow."""
        words = ["ssh", "-i", str(key), "-p", str(self._port), "-o", "StrictHostKeyChecking=no"]
        words += ["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]
        words += ["-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20"]
        return [*words, *options, f"{user}@127.0.0.1"]

    def ssh(
        self, command: str, *, seconds: float = 300, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in it; fails with 255 where ssh itself does."""
        words = [*self.ssh_words(), command]
        try:
            return subprocess.run(
                words, capture_output=True, text=True, timeout=seconds, check=False, input=typed
            )
        except subprocess.TimeoutExpired as late:
            said = late.stdout.decode() if isinstance(late.stdout, bytes) else ""
            return subprocess.CompletedProcess(words, 124, said, f"not done in {seconds:.0f} s")

    def said(self, command: str, *, seconds: float = 300) -> str:
        """What a command printed; empty where it failed."""
        return self.ssh(command, seconds=seconds).stdout.strip()

    def answers(self, seconds: float = BOOTED) -> bool:
        """Wait until root can log in by ssh."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.ssh("true", seconds=60).returncode == 0:
                return True
            time.sleep(1)
        return False

    def send(self, file: Path, to: str) -> None:
        """Copy a file of this computer into it."""
        done = subprocess.run(
            ["scp", "-q", "-i", KEY, "-P", str(self._port), "-o", "StrictHostKeyChecking=no",
             "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
             file, f"root@127.0.0.1:{to}"],
            check=False, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, f"{shlex.quote(str(file))} was not copied"

    # By hand

    def qmp(self, command: str, **arguments: object) -> dict[str, object]:
        """Tell qemu something."""
        with socket.socket(socket.AF_UNIX) as talk:
            talk.settimeout(60)
            talk.connect(str(self._qmp))
            lines = talk.makefile("rw", encoding="utf-8")
            lines.readline()
            for one in ("qmp_capabilities", command):
                told: dict[str, object] = {"execute": one}
                if one == command and arguments:
                    told["arguments"] = arguments
                lines.write(json.dumps(told) + "\n")
                lines.flush()
                answer: dict[str, object] = {}
                while "return" not in answer and "error" not in answer:
                    answer = json.loads(lines.readline())
        assert "error" not in answer, answer
        return answer

    def press(self, *names: str, pause: float = 0.15) -> None:
        """Keys by qemu's names, such as a, ret, f10, kp_1, ctrl-alt-f2."""
        for name in names:
            pressed = [{"type": "qcode", "data": part} for part in name.split("-")]
            self.qmp("send-key", keys=pressed, **{"hold-time": 60})
            time.sleep(pause)

    def type(self, text: str) -> None:
        """Letters and digits, one after another."""
        for letter in text:
            name = NAMES.get(letter, letter)
            self.press(f"shift-{letter.lower()}" if letter.isupper() else name)

    def click(self, x: float, y: float) -> None:
        """Press the pointer's button at a place, in 0 to 1 of the screen."""
        at = [
            {"type": "abs", "data": {"axis": axis, "value": round(value * 32767)}}
            for axis, value in (("x", x), ("y", y))
        ]
        for events in (at, [button(True)], [button(False)]):
            self.qmp("input-send-event", events=events)
            time.sleep(0.1)

    def picture(self) -> Image.Image:
        """What stands on the glass."""
        ppm = MACHINE / f"{self.name}.ppm"
        self.qmp("screendump", filename=str(ppm))
        _, size, _, pixels = ppm.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        # qemu writes lines of a multiple of four bytes, whatever the format says.
        line = len(pixels) // height
        return Image.frombytes("RGB", (width, height), pixels, "raw", "RGB", line, 1)


def button(down: bool) -> dict[str, object]:
    return {"type": "btn", "data": {"down": down, "button": "left"}}
