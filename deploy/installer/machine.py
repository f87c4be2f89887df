"""The machine that is worked on: where its files are, how its commands run, if it suits."""

import os
import platform
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[2]
"""What is installed, or bundled."""
MEGABYTES_WANTED = 700
"""Packages take 400 of them on a bare Debian, a version 130."""
ARCHITECTURES = ("amd64", "arm64")
SYSTEM = "Debian 13"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What stops a command here."""


class CannotError(Exception):
    """It cannot be done; the text says why, and what to do. Nothing was changed by then."""


class FellBackError(CannotError):
    """The new version did not answer, and the last one is in use again."""


class Machine:
    """Files below `root`, which is / but for trying, and commands by their names."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.opt = root / "opt"
        self.link = self.opt / "clinic-kiosk"
        self.versions = self.opt / "clinic-kiosk-versions"
        self.etc = root / "etc"
        self.settings = root / "etc/clinic-kiosk/kiosk.toml"
        self.data = root / "var/lib/clinic-kiosk"
        self.keys = root / "var/lib/clinic-kiosk-keys"
        self.backups = root / "var/backups/clinic-kiosk"
        self.units = root / "etc/systemd/system"

    @property
    def runs_systemd(self) -> bool:
        """Whether systemd is the one that started this machine; in a chroot it is not."""
        return (self.root / "run/systemd/system").is_dir()

    def run(self, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        """Run a command; raises CannotError if it fails, after what it said itself."""
        code = self.code(*words, env=env)
        if code:
            raise CannotError(f"This failed, with {code}: {' '.join(map(str, words))}")

    def code(
        self,
        *words: str | Path,
        env: Mapping[str, str] | None = None,
        output: IO[str] | None = None,
    ) -> int:
        """Run a command and give its exit code; 127 where there is none of this name."""
        environment = {**os.environ, **(env or {})}
        errors = output and subprocess.STDOUT
        process = None
        # Nobody stops this while a command begins: it would go on, and nobody would know of it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)

        def let_in() -> None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

        try:
            process = subprocess.Popen(
                words, env=environment, stdout=output, stderr=errors, preexec_fn=let_in
            )
            let_in()
            return process.wait()
        except FileNotFoundError:
            return 127
        except BaseException:
            if process:
                process.terminate()  # apt comes to an end that can be gone on from
                process.wait()
            raise
        finally:
            let_in()

    def output(self, *words: str | Path, though_failing: bool = False) -> str:
        """What a command prints, "" if it fails or there is none of this name."""
        try:
            done = subprocess.run(words, check=False, capture_output=True, text=True)
        except FileNotFoundError:
            return ""
        return done.stdout.strip() if done.returncode == 0 or though_failing else ""

    def require_root(self) -> None:
        """Refuse anybody but root."""
        if self.output("id", "-u") != "0":
            raise CannotError("Run this as root: with sudo, or after su -.")

    def require_suitable(self) -> None:
        """Refuse what the kiosk is not made for, in a sentence; raises CannotError."""
        self.require_root()
        told = self._os_release()
        name = told.get("PRETTY_NAME", "an unknown system")
        if (told.get("ID"), told.get("VERSION_ID")) != ("debian", "13"):
            raise CannotError(
                f"This is {name}. The kiosk is made for {SYSTEM}, or Raspberry Pi OS of that age."
            )
        architecture = self.output("dpkg", "--print-architecture") or platform.machine()
        if architecture not in ARCHITECTURES:
            raise CannotError(
                f"This system is {architecture}. The kiosk needs a 64-bit one: "
                f"{' or '.join(ARCHITECTURES)}."
            )
        if not self.output("systemctl", "--version"):
            raise CannotError("This system has no systemd, which starts the kiosk.")
        for folder in ("opt", "usr", "var"):
            free = shutil.disk_usage(_nearest(self.root / folder)).free // 2**20
            if free < MEGABYTES_WANTED:
                raise CannotError(
                    f"/{folder} has {free} MB free; {MEGABYTES_WANTED} are needed. "
                    "`apt-get clean` may help."
                )

    def _os_release(self) -> dict[str, str]:
        try:
            return platform.freedesktop_os_release() if self.root == Path("/") else self._fake()
        except OSError:
            return {}

    def _fake(self) -> dict[str, str]:
        lines = (self.etc / "os-release").read_text(encoding="utf-8").splitlines()
        pairs = (line.partition("=") for line in lines if "=" in line)
        return {key: value.strip('"') for key, _, value in pairs}


def read(file: Path) -> str:
    """What a file holds, "" if it is not there; raises CannotError if that is no text."""
    return text_of(file) if file.exists() else ""


def text_of(file: Path) -> str:
    """What a file holds; raises CannotError if that is no text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CannotError(f"{file} is no text in UTF-8.") from None


def write(file: Path, text: str) -> None:
    """Write a file that everybody may read, whole or not at all."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o644)
    new.replace(file)


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
