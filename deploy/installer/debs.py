"""Debian's packages and all they depend on, in a folder that apt takes for a mirror."""

import hashlib
import re
import tempfile
from pathlib import Path

from installer.machine import CannotError, Machine
from installer.packages import EVERYWHERE, OF_ROLE

FOLDER = "debs"
"""Its name in a bundle."""
SUITE = "trixie"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
URI = re.compile(r"^(?:URIs:|deb(?:\s+\[[^]]*\])?)\s+(\S+)", re.MULTILINE)


def download(machine: Machine, architecture: str, mirror: str | None, to: Path) -> None:
    """Fetch what machines of every role need, as for one that has nothing yet."""
    wanted = sorted({*EVERYWHERE, *(package for some in OF_ROLE.values() for package in some)})
    with tempfile.TemporaryDirectory() as scratch:
        options = _own_apt(Path(scratch), architecture, _sources(machine, mirror))
        machine.run("apt-get", *options, "--quiet", "--quiet", "update")
        words = ("--quiet", "--yes", "--no-install-recommends", "--download-only", "install")
        machine.run("apt-get", *options, *words, *wanted)
        to.mkdir()
        for deb in sorted(Path(scratch, "cache/archives").glob("*.deb")):
            # A colon in a version stands as %3a in the name, and apt would read it as a colon.
            deb.rename(to / re.sub(r"%3a", ".", deb.name))
    entries = [_entry(machine, deb) for deb in sorted(to.glob("*.deb"))]
    (to / "Packages").write_text("\n".join(entries), encoding="utf-8")


def _sources(machine: Machine, mirror: str | None) -> str:
    """Debian 13 from the mirror that is named, or from those that this machine's own apt uses."""
    found = [mirror] if mirror else []
    if not mirror:
        apt = machine.etc / "apt"
        files = [*apt.glob("sources.list"), *apt.glob("sources.list.d/*")]
        found = [uri for file in files for uri in URI.findall(file.read_text(encoding="utf-8"))]
    uris = {uri.rstrip("/") for uri in found}
    lines = [
        f"deb [signed-by={KEYRING}] {uri} {suite} main\n"
        for uri in sorted(uris)
        for suite in _suites(uri)
    ]
    if not lines:
        raise CannotError("This machine's apt names no mirror of Debian; add --mirror URL.")
    return "".join(lines)


def _suites(uri: str) -> tuple[str, ...]:
    if uri.endswith("/debian-security"):
        return (f"{SUITE}-security",)
    return (SUITE, f"{SUITE}-updates") if uri.endswith("/debian") else ()


def _own_apt(scratch: Path, architecture: str, sources: str) -> list[str]:
    """Options by which apt knows nothing of this machine: neither what it has nor what it is."""
    for folder in ("state/lists/partial", "cache/archives/partial"):
        Path(scratch, folder).mkdir(parents=True)
    (scratch / "status").touch()
    (scratch / "sources.list").write_text(sources, encoding="utf-8")
    settings = {
        "APT::Architecture": architecture,
        "APT::Architectures": architecture,
        "APT::Sandbox::User": "root",
        "APT::Keep-Downloaded-Packages": "true",
        "Dir::State": f"{scratch}/state",
        "Dir::State::status": f"{scratch}/status",
        "Dir::Cache": f"{scratch}/cache",
        "Dir::Etc::SourceList": f"{scratch}/sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::Etc::PreferencesParts": "/dev/null",
    }
    return [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]


def _entry(machine: Machine, deb: Path) -> str:
    """What apt wants to know of a package."""
    told = machine.output("dpkg-deb", "--field", deb)
    if not told:
        raise CannotError(f"{deb.name} is no package that dpkg-deb can read.")
    size, digest = deb.stat().st_size, hashlib.sha256(deb.read_bytes()).hexdigest()
    return f"{told}\nFilename: ./{deb.name}\nSize: {size}\nSHA256: {digest}\n"
