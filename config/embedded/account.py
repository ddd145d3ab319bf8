"""Who a server runs as, and where that account may put and read files.

PostgreSQL refuses to run as root. Started as root, servers run as an ordinary account of the
machine; where that account cannot reach the data folder or the programs, both are placed
under /var/lib/waymark instead of opening the rights of somebody's folders.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ORDINARY_ACCOUNTS = ("waymark", "postgres", "nobody")
SHELTER = Path("/var/lib/waymark")
# sun_path holds 108 bytes on Linux, 104 on macOS; the sockets' own names need up to 24.
LONGEST_SOCKET_FOLDER = 78


class Identity(TypedDict, total=False):
    """The arguments with which subprocess starts a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int
    changes: bool

    @property
    def identity(self) -> Identity:
        if not self.changes:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, flag: str, path: Path) -> bool:
        """Ask the machine itself, as that account: `x` searchable or runnable, `r` readable."""
        if not self.changes:
            return True
        answer = subprocess.run(["/usr/bin/test", f"-{flag}", path], cwd="/", **self.identity)
        return answer.returncode == 0

    def private_folder(self, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        if self.changes:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)
        return path


def ourselves() -> Account:
    return Account(str(os.geteuid()), os.geteuid(), os.getegid(), changes=False)


def server_account() -> Account:
    """Ourselves, or an ordinary account when we are root."""
    if os.geteuid() != 0:
        return ourselves()
    for name in ORDINARY_ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, found.pw_uid, found.pw_gid, changes=True)
    raise RuntimeError(
        "PostgreSQL does not run as root and this machine has none of the accounts "
        f"{', '.join(ORDINARY_ACCOUNTS)}. Create one: useradd --system waymark"
    )


def home_for(account: Account, data_dir: Path, name: str) -> Path:
    """The server's private folder: in the data folder, or in the shelter with a notice."""
    parent = data_dir
    if not account.can("x", data_dir):
        parent = SHELTER / _fingerprint(data_dir)
        parent.mkdir(parents=True, exist_ok=True)
        print(
            f"{data_dir} cannot be reached by the account {account.name}: {name} is kept in {parent}",
            file=sys.stderr,
        )
    return account.private_folder(parent / name)


def reachable_program(account: Account, program: Path, package: Path) -> Path:
    """The program itself, or a copy where the account can run it.

    `package` is the folder of its wheel; the libraries that came with it stand beside that.
    """
    if account.can("x", program):
        return program
    copies = SHELTER / "programs" / _fingerprint(package)
    if not copies.exists():
        unfinished = copies.with_name(f"{copies.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in package.parent.glob(f"{package.name}*"):
            if folder in {package, package.with_name(f"{package.name}.libs")}:
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        unfinished.rename(copies)
        print(f"{package} is out of reach of {account.name}: copied to {copies}", file=sys.stderr)
    return copies / program.relative_to(package.parent)


def socket_folder(account: Account, home: Path) -> Path:
    """Where the server's socket goes: its home, or a private short path."""
    if len(os.fsencode(home)) <= LONGEST_SOCKET_FOLDER:
        return account.private_folder(home / "socket")
    short = Path(tempfile.gettempdir()) / f"waymark-{account.uid}-{_fingerprint(home)}"
    short.mkdir(mode=0o700, exist_ok=True)
    owner = short.lstat()
    if short.is_symlink() or owner.st_uid not in {account.uid, os.geteuid()}:
        raise RuntimeError(
            f"{short} belongs to somebody else. Remove it, or set a shorter DATA_DIR."
        )
    return account.private_folder(short)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
