"""A scene of its own machine: installed where there is no network, from an archive."""

import shutil
import time

import image
from glass import comes
from lobby import HOME, require
from places import BASE, MACHINE, run
from vm import BOOTED, Machine

BUNDLE = MACHINE / "bundle.tar.gz"
SLOW = 3600.0
"""Seconds that unpacking and compiling may take on an emulated processor."""


def archive() -> None:
    """Make the archive with Debian's packages, on a Debian 13 with a network."""
    workshop = MACHINE / "workshop.raw"
    image.unmount()
    run("cp", "--sparse=always", MACHINE / "lobby.raw", workshop)
    with image.mounted(workshop):
        image.put_checkout(image.DISK / "srv/kiosk")
        image.inside("apt-get", "update", "-qq")
        image.inside("mkdir", "-p", "/srv/out")
        words = ["/srv/kiosk/deploy/bundle", "--debs", "amd64", "--to", "/srv/out"]
        image.inside(*words, seconds=1800)
        (made,) = (image.DISK / "srv/out").glob("*.tar.gz")
        shutil.copy(made, BUNDLE)
    workshop.unlink()


def installed() -> str:
    """Installed without network, from an archive that deploy/bundle made, in the machine itself."""
    if not BUNDLE.exists():
        archive()
    size = f"{BUNDLE.stat().st_size / 1e6:.0f} MB"
    disk = MACHINE / "offline.raw"
    run("cp", "--sparse=always", BASE, disk)
    with image.mounted(disk):
        shutil.copy(BUNDLE, image.DISK / "srv/bundle.tar.gz")
    machine = Machine("offline").fresh(disk)
    machine.on()
    try:
        require(machine.answers(BOOTED), "it does not start")
        tried = machine.ssh("timeout 200 apt-get update 2>&1", seconds=300)
        require("Failed to fetch" in tried.stdout, "it has a network")
        started = time.monotonic()
        done = machine.ssh(
            "cd /srv && mkdir -p b && tar -xzf bundle.tar.gz -C b && cd b/*/ &&"
            " deploy/install --role lobby --location downtown --language en"
            " --hours 'Mo-Su 00:00-24:00' --rooms 1,2 2>&1",
            seconds=SLOW,
        )
        took = time.monotonic() - started
        require(done.returncode == 0, f"exit code {done.returncode}: {done.stdout[-400:]}")
        require(comes(machine, HOME, 120), "Home did not come")
        return f"an archive of {size}; Home after {took / 60:.0f} minutes of unpacking"
    finally:
        machine.off()


def broken_update() -> str:
    """A broken update on that machine: it never answers, and the last version is in use again."""
    machine = Machine("offline")
    machine.on()
    try:
        require(comes(machine, HOME, BOOTED), "Home did not come")
        before = machine.said("readlink /opt/clinic-kiosk")
        machine.ssh(
            "rm -rf /srv/broken; cp -r /srv/b/* /srv/broken;"
            "echo 'raise RuntimeError' >> /srv/broken/kiosk/lobby/home.py"
        )
        done = machine.ssh("/srv/broken/deploy/install --role lobby 2>&1", seconds=SLOW)
        require(done.returncode == 3, f"exit code {done.returncode}: {done.stdout[-300:]}")
        require(machine.said("readlink /opt/clinic-kiosk") == before, "the link leads elsewhere")
        require(comes(machine, HOME, 300), "Home is not there again")
        return f"exit code 3; “{done.stdout.strip().splitlines()[-1]}”"
    finally:
        machine.off()
