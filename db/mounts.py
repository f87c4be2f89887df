"""Which file system a folder lies on, by the kernel's list of mounts, and whether it is a disk."""

import os
import re
from pathlib import Path

NETWORK = frozenset(
    """
    9p acfs afs beegfs ceph ceph-fuse cifs coda curlftpfs davfs davfs2 drvfs gcsfuse gfs gfs2
    glusterfs gpfs hgfs juicefs lustre ncpfs nfs nfs4 ocfs2 openafs orangefs panfs pohmelfs prl_fs
    pvfs2 rclone s3fs smb2 smb3 smbfs sshfs vboxsf virtiofs vmhgfs vmhgfs-fuse wekafs
    """.split()  # noqa: SIM905 - a list that is read as one
)
"""File systems whose locks and syncs do not reach, or cannot be trusted to reach, the disk."""

LOCAL_FUSE = frozenset(
    """
    exfat exfat-fuse ext2 ext4 fuse-ext2 fuse-overlayfs fuse2fs ntfs ntfs-3g zfs zfs-fuse
    """.split()  # noqa: SIM905 - the same
)
"""Programs that are the file system of a disk here, or of a container's own layer, which lies on
one. What is behind any other (`fuse.…`) cannot be known."""


def kind_of(folder: Path, device: int, mounts: str) -> str | None:
    """Give the kind of the mount that holds `folder`, a resolved path on `device`; None if unknown.

    `mounts` is the text of /proc/self/mountinfo.
    """
    number = f"{os.major(device)}:{os.minor(device)}"
    best, kind = (False, False, 0), None
    for fields in (line.split(" ") for line in mounts.splitlines()):
        if "-" not in fields[6:-1]:
            continue
        place = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        is_above = folder.is_relative_to(place)
        # Several places may share a device; and btrfs gives devices that are not in the list.
        fit = fields[2] == number, is_above, len(place.parts) if is_above else 0
        if any(fit) and fit >= best:  # of two at one place the later is on top
            best, kind = fit, fields[fields.index("-", 6) + 1]
    return kind


def is_local(kind: str) -> bool:
    """Say whether a kind of file system is, as far as is known, that of a disk of this machine."""
    name, _, program = kind.lower().partition(".")
    if name == "fuse":
        return program in LOCAL_FUSE
    return name not in NETWORK
