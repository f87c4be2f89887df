"""A Debian machine that is only a folder, with programs that note how they were called."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n'
PROGRAMS = {
    "id": "echo ${FAKE_UID:-0}",
    "dpkg": "echo ${FAKE_ARCHITECTURE:-amd64}",
    "dpkg-query": "exit 1",
    "getent": "exit 2",
    **dict.fromkeys(
        ("apt-get", "adduser", "usermod", "chown", "sysctl", "udevadm", "deluser", "runuser"), ":"
    ),
    # A screen answers unless its version says that it is broken; one that is stuck never does.
    "systemctl": """
wants=$FAKE_ROOT/etc/systemd/system/graphical.target.wants
for unit; do :; done
case "$*" in
    --version) [ -z "${FAKE_NO_SYSTEMD:-}" ] || exit 1; echo systemd 257 ;;
    *enable*@*) mkdir -p "$wants"; : >"$wants/$unit" ;;
    *disable*@*) rm -f "$wants/$unit" ;;
    restart*@* | start*@*)
        [ ! -e "$FAKE_ROOT/opt/clinic-kiosk/content/stuck" ] || exec sleep 60
        [ ! -e "$FAKE_ROOT/opt/clinic-kiosk/content/broken" ] ;;
esac""",
    "python3": """
if [ "$1 $2" = "-m venv" ]; then
    mkdir -p "$3/bin" && ln -s "$FAKE_PROGRAMS/of-a-version" "$3/bin/python"
else
    exec "$FAKE_PYTHON" "$@"
fi""",
    # Python as a version has it: without packages, so it only says what the version's files say.
    "of-a-version": """
case "$*" in
    *"pip install"*) [ ! -e "$FAKE_ROOT/slow" ] || { : >"$FAKE_ROOT/waits"; exec sleep 60; } ;;
    *"pip download"*) for to; do [ "$last" != --dest ] || break; last=$to; done
        mkdir -p "$to" && : >"$to/textual-8-py3-none-any.whl" ;;
    *"import FORMAT"*) cat db/format ;;
    *run_kiosk.py*check*--json) cat "$CLINIC_KIOSK_CONFIG" >"$FAKE_ROOT/checked"
        [ ! -e "${3%/*}/content/crashes" ] || { echo "Traceback: it crashed"; exit 1; }
        error='{"kind": "error", "file": "clinic.toml", "field": "name", "text": "it is unfit"}'
        [ -e "${3%/*}/content/unfit" ] || error=
        echo '{"machine": [{"kind": "error", "text": "player: it is unplugged"}], "content":' \
            "[$error]}"
        exit 1 ;;
esac""",
}


class FolderMachine:
    """A root folder, a checkout to install from, and what was called."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "the root"
        self.checkout = folder / "a checkout"
        self.log = folder / "log"
        self.link = self.root / "opt/clinic-kiosk"
        self.versions = self.root / "opt/clinic-kiosk-versions"
        self.settings = self.root / "etc/clinic-kiosk/kiosk.toml"
        self.units = self.root / "etc/systemd/system"
        self._programs = folder / "bin"
        self._programs.mkdir()
        for name, text in PROGRAMS.items():
            note = f'echo {name} "$*" >>"{self.log}"\n' if name != "python3" else ""
            program = self._programs / name
            program.write_text(f"#!/bin/sh\nlast=\n{note}{text}\n", encoding="utf-8")
            program.chmod(0o755)
        for name in ("run/systemd/system", "etc", "usr", "var", "opt", "etc/ssh/sshd_config.d"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        (self.root / "etc/os-release").write_text(DEBIAN, encoding="utf-8")
        self._make_checkout()

    def _make_checkout(self) -> None:
        """The real deploy/, and just enough of the rest to be told apart."""
        for name in ("kiosk", "db", "content", "docs", "requirements"):
            (self.checkout / name).mkdir(parents=True)
            (self.checkout / name / "some").touch()
        shutil.copytree(
            CHECKOUT / "deploy",
            self.checkout / "deploy",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        for name in ("pyproject.toml", "README.md", "LICENSE", "run_kiosk.py"):
            shutil.copy(CHECKOUT / name, self.checkout / name)
        shutil.copy(CHECKOUT / "content/clinic.toml", self.checkout / "content")
        (self.checkout / "requirements/run.txt").touch()
        (self.checkout / "db/format").write_text("2", encoding="utf-8")

    def change(self, file: str, text: str = "") -> None:
        """Have the checkout be another version."""
        (self.checkout / file).write_text(text, encoding="utf-8")

    def start(self, program: str, *words: str, **environment: str) -> "subprocess.Popen[str]":
        """Run a program of the checkout's deploy/ on this machine."""
        return subprocess.Popen(
            [self.checkout / "deploy" / program, *words, "--root", self.root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(**environment),
        )

    def environment(self, **more: str) -> dict[str, str]:
        """The stubs before all other programs."""
        return {
            **os.environ,
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "FAKE_ROOT": str(self.root),
            "FAKE_PROGRAMS": str(self._programs),
            "FAKE_PYTHON": sys.executable,
            **more,
        }

    def run(
        self, program: str, *words: str, typed: str = "", **environment: str
    ) -> tuple[int, str]:
        """The exit code of a program, and all that it printed."""
        running = self.start(program, *words, **environment)
        said, _ = running.communicate(typed, timeout=30)
        return running.returncode, said

    def install(self, *words: str, **environment: str) -> tuple[int, str]:
        """Run deploy/install, for a lobby unless something else is said."""
        return self.run("install", *(words or ("--role", "lobby")), **environment)

    def interrupt(self, running: "subprocess.Popen[str]", when: Path) -> str:
        """End a program by SIGTERM as soon as a file is there; gives what it printed."""
        deadline = time.monotonic() + 20
        while not when.exists():
            assert time.monotonic() < deadline, "it never came so far"
            time.sleep(0.01)
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=20)
        return said

    @property
    def version(self) -> str:
        """What the link leads to."""
        return self.link.resolve().name

    @property
    def kept(self) -> set[str]:
        """The versions that are there, finished or not."""
        return {path.name for path in self.versions.iterdir() if not path.is_symlink()}

    def called(self, program: str) -> list[str]:
        """How a program was called since the last time somebody asked for this."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line.removeprefix(f"{program} ") for line in lines if line.startswith(program)]

    def forget_calls(self) -> None:
        """Begin anew to note."""
        self.log.unlink(missing_ok=True)

    def everything(self) -> dict[str, tuple[int, bytes]]:
        """Each file's mode and content, to see whether anything changed."""
        return {
            str(path.relative_to(self.root)): (path.lstat().st_mode, path.read_bytes())
            for path in self.root.rglob("*")
            if path.is_file() and path.parent.name != "run"
        }
