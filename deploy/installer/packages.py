"""Debian's packages: from its mirrors, or from a bundle's folder where there is no network."""

from collections.abc import Iterable
from pathlib import Path

from installer.machine import Machine

EVERYWHERE = ("python3", "python3-venv", "adduser")
SCREEN = ("cage", "foot", "seatd", "wlr-randr", "fonts-dejavu-core", "fonts-noto-cjk")
OF_ROLE = {
    "lobby": SCREEN,
    "board": (*SCREEN, "espeak-ng", "alsa-utils"),
    "staff": ("openssh-server",),
}


def packages_of(role: str) -> list[str]:
    """What a machine of this role needs of Debian."""
    return [*EVERYWHERE, *OF_ROLE[role]]


def install(machine: Machine, roles: Iterable[str], checkout: Path) -> None:
    """Install what is missing, and nothing else."""
    wanted = list(dict.fromkeys(one for role in roles for one in packages_of(role)))
    told = machine.output(
        *("dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *wanted),
        though_failing=True,  # it fails for one that it does not know, and tells of the others
    )
    missing = [one for one in wanted if f"{one} installed" not in told.splitlines()]
    if not missing:
        return
    machine.run(checkout / "deploy/installer/apt", *missing)
