"""What the store asks of the file system: whole files or none, and a disk of this machine."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import power_cuts
from db import Arrival, CheckInStore, Role, StoreUnavailable, open_accounts
from db.files import make_once, refuse_network, replace

Write = Callable[[Path, bytes], None]
Open = Callable[..., CheckInStore]
WHOLE = b"x" * 1000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_once(tmp_path: Path) -> None:
    made = tmp_path / "made"
    make_once(made, WHOLE)
    assert made.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_once(made, b"other")
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        make_once(tmp_path / "link", b"other")
    assert made.read_bytes() == WHOLE
    assert made.stat().st_nlink == 1
    assert names(tmp_path) == ["link", "made"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    test_a_file_is_made_once(tmp_path)


def test_a_link_that_fails_otherwise_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match="Input/output"):
        make_once(tmp_path / "made", WHOLE)
    assert names(tmp_path) == []


@pytest.mark.parametrize(("write", "before"), [(make_once, None), (replace, None), (replace, b"a")])
def test_a_power_cut_leaves_a_whole_file_or_none(
    tmp_path: Path, write: Write, before: bytes | None
) -> None:
    root = tmp_path / "recorded"
    root.mkdir()
    with power_cuts.recording(root) as made:
        if before is not None:
            make_once(root / "made", before)
        begun = len(made.calls)
        write(root / "made", WHOLE)
    found = set()
    for number in range(400):
        random = Random(number)
        cut = random.randint(begun, len(made.calls))
        disk = tmp_path / f"image-{number}"
        disk.mkdir()
        power_cuts.image(made.calls[:cut], random, disk)
        there = disk / "made"
        found.add(there.read_bytes() if there.exists() else None)
        assert cut < len(made.calls) or there.read_bytes() == WHOLE
    assert found == {before, WHOLE}


@pytest.mark.parametrize("write", [make_once, replace])
def test_a_kill_leaves_a_whole_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    class Killed(BaseException):
        pass

    calls = ("open", "write", "fsync", "close", "link", "replace", "unlink")
    for fails in range(1, 20):
        count = 0

        def dies(call: Callable[..., Any], fails: int = fails) -> Callable[..., Any]:
            def counted(*args: Any, **more: Any) -> Any:
                nonlocal count
                count += 1
                if count >= fails:  # nothing after it is done either
                    raise Killed
                return call(*args, **more)

            return counted

        folder = tmp_path / str(fails)
        folder.mkdir()
        with monkeypatch.context() as patch:
            for name in calls:
                patch.setattr(os, name, dies(getattr(os, name)))
            with contextlib.suppress(Killed):
                write(folder / "made", WHOLE)
        if (folder / "made").exists():
            assert (folder / "made").read_bytes() == WHOLE
        if count < fails:
            return
    pytest.fail("it never ends")


def test_what_killed_runs_left_goes(tmp_path: Path) -> None:
    left = {"made.4711.new", "made.0a1b2c3d.new"}
    kept = {"made.txt.new", "other.4711.new", "made.new", "made"}
    for name in left | kept:
        (tmp_path / name).write_bytes(b"left")
    (tmp_path / "made.99.new").mkdir()
    replace(tmp_path / "made", WHOLE)
    assert names(tmp_path) == sorted(kept | {"made.99.new"})
    make_once(tmp_path / "young", WHOLE)
    assert "other.4711.new" in names(tmp_path)
    os.utime(tmp_path / "other.4711.new", (1, 1))
    make_once(tmp_path / "old", WHOLE)
    assert "other.4711.new" not in names(tmp_path)
    assert "made.new" in names(tmp_path)


def test_drafts_with_hashes_do_not_stay(tmp_path: Path) -> None:
    accounts = open_accounts(tmp_path / "data", tmp_path / "keys")
    accounts.add("Lin", Role.reception, "482916")
    draft = tmp_path / "data" / "accounts.json.4711.new"
    draft.write_bytes((tmp_path / "data" / "accounts.json").read_bytes())
    accounts.set_pin("Lin", "592730")
    assert not draft.exists()


def mount(number: str, place: object, kind: str) -> str:
    escaped = str(place).replace("\\", "\\134").replace(" ", "\\040")
    return f"36 35 {number} / {escaped} rw,noatime shared:1 - {kind} source:/x rw\n"


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Ask for a folder of that file system list."""
    folder = tmp_path / "a place" / "数据"
    folder.mkdir(parents=True)

    def ask(mounts: str) -> None:
        (tmp_path / "mounts").write_text(mounts)
        monkeypatch.setattr("db.files.MOUNTS", tmp_path / "mounts")
        refuse_network(folder)

    return ask


@pytest.fixture
def number(tmp_path: Path) -> str:
    device = tmp_path.stat().st_dev
    return f"{os.major(device)}:{os.minor(device)}"


NOT_HERE = """
nfs nfs4 cifs smb3 smbfs 9p afs ceph lustre glusterfs virtiofs vboxsf vmhgfs gfs2 ocfs2 orangefs
pvfs2 beegfs coda prl_fs davfs davfs2 juicefs gcsfuse ceph-fuse fuse fuse.sshfs fuse.s3fs
fuse.rclone fuse.vmhgfs-fuse fuse.ceph-fuse fuse.gcsfuse fuse.juicefs fuse.glusterfs fuse.davfs
fuse.unheard-of fuse.portal NFS4
""".split()  # noqa: SIM905 - read as one
HERE = """
ext4 ext3 xfs btrfs f2fs zfs tmpfs overlay vfat exfat ntfs3 bcachefs jfs ecryptfs fuseblk
fuseblk.ntfs-3g fuse.ntfs-3g fuse.exfat fuse.fuse-overlayfs
""".split()  # noqa: SIM905 - read as one


@pytest.mark.parametrize("kind", NOT_HERE)
def test_what_is_no_disk_of_this_machine_is_refused(
    mounted: Callable[[str], None], number: str, kind: str
) -> None:
    with pytest.raises(StoreUnavailable, match=f"not on {kind}\\."):
        mounted(mount(number, "/", kind))


@pytest.mark.parametrize("kind", HERE)
def test_a_disk_of_this_machine_will_do(
    mounted: Callable[[str], None], number: str, kind: str
) -> None:
    mounted(mount(number, "/", kind))


def test_the_mount_that_holds_the_folder_counts(
    mounted: Callable[[str], None], number: str, tmp_path: Path
) -> None:
    here, above = tmp_path / "a place" / "数据", tmp_path / "a place"
    ext4, nfs4 = mount(number, here, "ext4"), mount(number, here, "nfs4")
    for elsewhere in (tmp_path / "a", tmp_path / "a place" / "数", here / "deeper", "/nowhere"):
        mounted(ext4 + mount(number, elsewhere, "nfs4"))
        mounted(mount(number, elsewhere, "nfs4") + ext4)
        with pytest.raises(StoreUnavailable):
            mounted(nfs4 + mount(number, elsewhere, "ext4"))
    mounted(mount(number, above, "nfs4") + ext4 + mount(number, "/", "nfs4"))
    mounted(nfs4 + ext4)
    with pytest.raises(StoreUnavailable):
        mounted(mount(number, "/", "ext4") + mount(number, above, "nfs4"))
    with pytest.raises(StoreUnavailable):
        mounted(ext4 + nfs4)


def test_the_device_tells_more_than_the_place(
    mounted: Callable[[str], None], number: str, tmp_path: Path
) -> None:
    hidden = mount("0:9999", tmp_path / "a place", "nfs4")  # the disk was mounted over it
    mounted(hidden + mount(number, "/", "ext4"))
    mounted(mount(number, "/", "ext4") + hidden)
    mounted(mount("0:9999", "/nowhere", "nfs4"))
    with pytest.raises(StoreUnavailable):
        mounted(mount(number, "/outside", "nfs4") + mount("0:9999", "/", "ext4"))


def test_a_device_that_is_not_listed_is_found_by_its_place(
    mounted: Callable[[str], None], tmp_path: Path
) -> None:
    mounted(mount("0:9999", "/", "nfs4") + mount("0:9998", tmp_path, "btrfs"))
    with pytest.raises(StoreUnavailable):
        mounted(mount("0:9998", "/", "btrfs") + mount("0:9999", tmp_path, "nfs4"))


def test_a_list_of_mounts_that_cannot_be_understood_refuses_nobody(
    mounted: Callable[[str], None], store: CheckInStore
) -> None:
    mounted("\n-\nx y z - nfs4\n")
    assert store.check_in(Arrival()).ticket == "A001"
