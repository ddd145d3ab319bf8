"""What pip and npm cannot bring: `python -m config.system_packages run|test|messages`.

As root on Debian what is missing is installed; elsewhere it is said exactly what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something of the machine, and the Debian packages that hold it."""

    name: str
    is_there: Callable[[], bool]
    debian: tuple[str, ...]


def has_pango() -> bool:
    """Asked in a process of its own: a failed import is remembered."""
    looked = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True)
    return looked.returncode == 0


def has_program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


PANGO = Need(
    "Pango (makes the PDF)",
    has_pango,
    (
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "fontconfig",
        "fonts-dejavu-core",
    ),
)
CHROMIUM = Need(
    "Chromium (browser tests)",
    has_program("chromium", "chromium-browser", "google-chrome"),
    ("chromium",),
)
GETTEXT = Need("GNU gettext (message catalogues)", has_program("xgettext"), ("gettext",))
NEEDS = {"run": [PANGO], "test": [PANGO, CHROMIUM, GETTEXT], "messages": [GETTEXT]}


def main(purpose: str) -> int:
    missing = [need for need in NEEDS[purpose] if not need.is_there()]
    packages = [package for need in missing for package in need.debian]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(packages)
        missing = [need for need in missing if not need.is_there()]
    if not missing:
        return 0
    print("This machine lacks:", *(f"  {need.name}" for need in missing), sep="\n", file=sys.stderr)
    print(f"Debian or Ubuntu: sudo apt-get install {' '.join(packages)}", file=sys.stderr)
    print(
        "Elsewhere: install the same from your system's packages, then try again.", file=sys.stderr
    )
    return 1


def install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
