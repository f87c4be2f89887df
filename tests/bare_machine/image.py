"""A bare Debian 13 on a disk of its own: debootstrap, a kernel, ssh, and nothing of the kiosk.

It uses the mirror that this computer's own apt uses. Needs root.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places import BASE, KEY, MACHINE, ROOT, run

SUITE = "trixie"
PACKAGES = (
    "systemd,systemd-sysv,systemd-timesyncd,dbus,udev,kmod,iproute2,procps,ca-certificates,"
    "linux-image-amd64,openssh-server,login,passwd"
)
SIZE = "8G"
DISK = MACHINE / "mounted"
KERNEL_FILES = ("proc", "sys", "dev", "dev/pts")
FROM_HERE = ("http_proxy", "https_proxy", "no_proxy")
"""What of this computer's way to the network the machine is given too."""
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def mirror() -> str:
    """Where this computer's apt takes Debian's packages from."""
    for source in sorted(Path("/etc/apt").rglob("*.sources")):
        if found := re.search(r"^URIs:\s*(\S+)", source.read_text("utf-8"), re.MULTILINE):
            return found[1]
    for source in [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt").rglob("*.list"))]:
        if source.exists() and (
            found := re.search(
                r"^deb\s+(?:\[[^]]*\]\s+)?(\S+)", source.read_text("utf-8"), re.MULTILINE
            )
        ):
            return found[1]
    raise SystemExit("This computer's apt names no mirror.")


def mount(image: Path) -> None:
    DISK.mkdir(parents=True, exist_ok=True)
    if not DISK.is_mount():
        run("mount", "-o", "loop", image, DISK)


def unmount() -> None:
    for there in [*(DISK / part for part in reversed(KERNEL_FILES)), DISK]:
        if there.is_mount():
            run("umount", there)


@contextmanager
def mounted(image: Path) -> Iterator[None]:
    """The disk of a machine that is off, at DISK."""
    mount(image)
    try:
        yield
    finally:
        unmount()


def inside(*words: object, seconds: float = 900) -> None:
    """Run a program in the mounted disk, with this computer's network."""
    for part in KERNEL_FILES:
        (DISK / part).mkdir(exist_ok=True)
        if not (DISK / part).is_mount():
            run("mount", "--bind", f"/{part}", DISK / part)
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
    environment |= {name: os.environ[name] for name in FROM_HERE if name in os.environ}
    run("chroot", DISK, *words, env=environment, seconds=seconds)


def write(path: str, text: str) -> None:
    (DISK / path).parent.mkdir(parents=True, exist_ok=True)
    (DISK / path).write_text(text, encoding="utf-8")


def build() -> None:
    """Make BASE anew; two minutes and 700 MB of packages."""
    MACHINE.mkdir(parents=True, exist_ok=True)
    unmount()
    for old in (*MACHINE.glob("*.raw"), *MACHINE.glob("bundle.*")):
        old.unlink()
    raw = BASE.with_suffix(".part")
    raw.unlink(missing_ok=True)
    run("truncate", "-s", SIZE, raw)
    run("mkfs.ext4", "-q", "-F", "-L", "root", raw)
    with mounted(raw):
        include = f"--include={PACKAGES}"
        run("debootstrap", "--variant=minbase", include, "--arch=amd64", SUITE, DISK, mirror())
        furnish()
        for name in ("vmlinuz", "initrd.img"):
            shutil.copy(sorted((DISK / "boot").glob(f"{name}-*"))[-1], MACHINE / name)
    raw.rename(BASE)


def furnish() -> None:
    """What Debian's installer would have asked for, and a key for root over ssh."""
    for name in ("resolv.conf", "pip.conf"):
        if Path("/etc", name).exists():
            shutil.copy(Path("/etc", name), DISK / "etc" / name)
    if Path(CERTIFICATES).exists():
        shutil.copy(CERTIFICATES, f"{DISK}{CERTIFICATES}")
    write("etc/fstab", "LABEL=root / ext4 defaults 0 1\n")
    write("etc/hostname", "kiosk1\n")
    write("etc/hosts", "127.0.0.1 localhost kiosk1\n")
    (DISK / "etc/apt/sources.list").unlink(missing_ok=True)
    write(
        "etc/apt/sources.list.d/debian.sources",
        f"Types: deb\nURIs: {mirror()}\nSuites: {SUITE}\nComponents: main\n"
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n",
    )
    # A mirror may be older than the machine's clock.
    write("etc/apt/apt.conf.d/99dates", 'Acquire::Check-Valid-Until "false";\n')
    write(
        "etc/systemd/network/10-wired.network",
        "[Match]\nName=en* eth*\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n"
        "LinkLocalAddressing=no\n",
    )
    if not KEY.exists():
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", KEY)
    (DISK / "root/.ssh").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(f"{KEY}.pub", DISK / "root/.ssh/authorized_keys")
    inside("ln", "-sf", "/usr/share/zoneinfo/Asia/Shanghai", "/etc/localtime")
    inside("passwd", "-d", "root")  # the worst case: a console would ask for nothing
    inside("systemctl", "enable", "--quiet", "systemd-networkd", "ssh")
    inside("apt-get", "update", "-qq")
    inside("apt-get", "clean")


def installed(role: str, base: Path = BASE) -> Path:
    """A disk on which deploy/install has put this checkout, as `role`, with the network's help."""
    disk = MACHINE / f"{role}.raw"
    part = disk.with_suffix(".part")
    unmount()
    run("cp", "--sparse=always", base, part)
    with mounted(part):
        put_checkout(DISK / "srv/kiosk")
        words = ["--role", role, "--location", "downtown", "--language", "en"]
        words += ["--hours", "Mo-Su 00:00-24:00", "--rooms", "1, 2, Lab"]
        inside("/srv/kiosk/deploy/install", *words, seconds=1800)
        inside("apt-get", "clean")
    part.rename(disk)
    return disk


def put_checkout(to: Path) -> None:
    """Copy this checkout as it is now, changes that are in no commit with it."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    listed = run(
        *("git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        capture_output=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        there = to / name
        if (ROOT / name).is_file():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, there)
