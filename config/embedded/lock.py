"""One run at a time on a data folder."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self


class DataFolderInUse(RuntimeError):
    """Another run holds this data folder."""


@dataclass
class FolderLock:
    """Held until released or until the process dies; a leftover file locks nobody out."""

    descriptor: int

    @classmethod
    def taken(cls, data_dir: Path) -> Self:
        path = data_dir / "lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            raise DataFolderInUse(
                f"{data_dir} is in use by another run (process {holder}). "
                "Stop that one first, or choose another folder with DATA_DIR."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return cls(descriptor)

    def release(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1
