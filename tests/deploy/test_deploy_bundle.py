"""deploy/bundle: an archive to install from without network."""

import subprocess
import tarfile
from pathlib import Path

import pytest
from folder_machine import FolderMachine


@pytest.fixture
def machine(tmp_path: Path) -> FolderMachine:
    return FolderMachine(tmp_path)


def bundled(machine: FolderMachine) -> tuple[Path, str]:
    """Where the archive of a bundle was unpacked to, and what was said when it was made."""
    to = machine.checkout.parent / "a stick"
    done = subprocess.run(
        [machine.checkout / "deploy/bundle", "--to", to],
        capture_output=True,
        text=True,
        env=machine.environment(),
        check=True,
    )
    [archive] = to.iterdir()
    with tarfile.open(archive) as packed:
        packed.extractall(to, filter="data")
    return to / archive.name.removesuffix(".tar.gz"), done.stdout


def test_it_holds_the_product_and_wheels_for_both_processors_and_says_its_size(
    machine: FolderMachine,
) -> None:
    folder, said = bundled(machine)
    assert (folder / "deploy/install").stat().st_mode & 0o111
    assert list((folder / "wheels").glob("*.whl"))
    assert not list(folder.rglob("__pycache__"))
    assert ": 0 MB\n" in said
    downloads = [words for words in machine.called("of-a-version") if "pip download" in words]
    assert ["aarch64" in words for words in downloads] == [False, True]
    assert all("--require-hashes" in words for words in downloads)
    assert all("--python-version 3.13" in words for words in downloads)


def test_the_version_is_the_same_from_the_checkout_and_from_its_bundle(
    machine: FolderMachine,
) -> None:
    folder, _ = bundled(machine)
    machine.install()
    assert folder.name == f"clinic-kiosk-{machine.version}"


def test_what_is_unpacked_is_installed_without_network(machine: FolderMachine) -> None:
    folder, _ = bundled(machine)
    (folder / "debs").mkdir()
    machine.checkout = folder
    assert machine.install()[0] == 0
    [pip] = [words for words in machine.called("of-a-version") if "pip install" in words]
    assert f"--no-index --find-links {folder / 'wheels'}" in pip
    assert machine.called("apt-get")
    assert all("Dir::Etc::SourceParts=-" in words for words in machine.called("apt-get"))
