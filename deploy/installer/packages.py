"""Debian's packages: from its mirrors, or from a bundle's folder where there is no network."""

from pathlib import Path

from installer.machine import Machine

EVERYWHERE = ("python3", "python3-venv", "adduser")
SCREEN = ("cage", "foot", "seatd", "fonts-dejavu-core", "fonts-noto-cjk")
OF_ROLE = {
    "lobby": SCREEN,
    "board": (*SCREEN, "espeak-ng", "alsa-utils"),
    "staff": ("openssh-server",),
}


def packages_of(role: str) -> list[str]:
    """What a machine of this role needs of Debian."""
    return [*EVERYWHERE, *OF_ROLE[role]]


def is_there(machine: Machine, package: str) -> bool:
    """Whether a package is installed."""
    status = machine.output("dpkg-query", "--show", "--showformat=${db:Status-Status}", package)
    return status == "installed"


def install(machine: Machine, role: str, checkout: Path) -> None:
    """Install what is missing, and nothing else."""
    missing = [one for one in packages_of(role) if not is_there(machine, one)]
    if not missing:
        return
    machine.run(checkout / "deploy/installer/apt", *missing)
