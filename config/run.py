"""`make run`: the whole application on one machine.

`python -m config.run` runs it until Ctrl-C; `python -m config.run COMMAND…` runs one command
beside the same servers and ends with its exit code.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from config import embedded
from config.embedded.account import ourselves, socket_folder
from config.ports import can_bind
from config.prepared import fingerprint
from config.processes import Site, beat, worker
from config.supervisor import POLL_SECONDS, Supervisor

BASE_DIR = Path(__file__).resolve().parent.parent
WELCOME = """
Waymark answers at {url}

  owner@demo.example      editor@demo.example
  commenter@demo.example  viewer@demo.example     (workspace “demo”)
  outsider@demo.example                           (workspace “other”)
  All passwords: waymark-demo

Data {data}   Logs {data}/logs   Mails {data}/mail
Ctrl-C ends everything; the data stays.
"""


class Stopped(BaseException):
    """Somebody asked us to end."""


def main(command: list[str]) -> int:
    data_dir = Path(os.environ.get("DATA_DIR", BASE_DIR / ".data")).resolve()
    os.chdir(BASE_DIR)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_soon)
    try:
        return run_beside_servers(data_dir, command) if command else run_site(data_dir)
    except Stopped:
        return 0
    except (
        embedded.DataFolderInUse,
        embedded.ServerFailed,
        subprocess.CalledProcessError,
    ) as fault:
        print(fault, file=sys.stderr)
        return 1


def stop_soon(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def run_site(data_dir: Path) -> int:
    host, port = os.environ.get("HOST", "localhost"), int(os.environ.get("PORT", "8000"))
    if not can_bind("127.0.0.1" if host == "localhost" else host, port):
        print(
            f"Port {port} is taken. Choose another one: make run PORT={port + 1}", file=sys.stderr
        )
        return 1
    servers = embedded.start(data_dir)
    try:
        environment = environment_of(data_dir, port, servers)
        prepare_once(data_dir, environment, is_ours="DATABASE_URL" in servers.environment)
        print("Starting web, live, worker and beat …", flush=True)
        site = Site(socket_folder(ourselves(), data_dir / "site"), host, port)
        keep_running(data_dir, site, environment, servers)
    finally:
        (data_dir / "environment").unlink(missing_ok=True)
        without_interruption()
        servers.stop()
    return 0


def prepare_once(data_dir: Path, environment: dict[str, str], *, is_ours: bool) -> None:
    """Skipped where nothing has changed since; a database of somebody else may always have."""
    stamp = data_dir / "prepared"
    if is_ours and stamp.exists() and stamp.read_text() == fingerprint(environment):
        return
    subprocess.run([sys.executable, "-m", "config.prepare"], env=environment, check=True)
    write_privately(stamp, fingerprint(environment))


def keep_running(
    data_dir: Path, site: Site, environment: dict[str, str], servers: embedded.Servers
) -> None:
    supervisor = Supervisor([*site.children, worker()], environment, data_dir / "logs")
    try:
        supervisor.start()
        greeted = False
        while True:
            supervisor.restart_dead()
            for variable in servers.restart_dead():
                print(f"The server behind {variable} died and was started again.", file=sys.stderr)
            if not greeted and (greeted := answers(site.port)):
                print(WELCOME.format(url=environment["SITE_URL"], data=data_dir), flush=True)
                # Last, since nobody waits for it.
                supervisor.add(beat(data_dir))
            time.sleep(POLL_SECONDS)
    finally:
        without_interruption()
        supervisor.stop()


def without_interruption() -> None:
    """From here on a second Ctrl-C must not leave half of the processes behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def environment_of(data_dir: Path, port: int, servers: embedded.Servers) -> dict[str, str]:
    """What the processes get; kept in a file too, so that manage.py works beside them."""
    ours = {
        **servers.environment,
        "SECRET_KEY": secret_key(data_dir),
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "SITE_URL": f"http://localhost:{port}",
        "DATA_DIR": str(data_dir),
        "STATIC_ROOT": str(data_dir / "static"),
        "EMAIL_URL": f"filemail:///{quote(str(data_dir / 'mail'))}",
    }
    environment = ours | dict(os.environ)
    # Set by our own import of config.celery; each program names its settings itself.
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    lines = [f"{name}='{environment[name]}'\n" for name in ours if name != "DATA_DIR"]
    write_privately(data_dir / "environment", "".join(lines))
    return environment


def secret_key(data_dir: Path) -> str:
    """Made once and kept, so that a new start signs nobody out."""
    path = data_dir / "secret-key"
    if not path.exists() or not path.read_text():
        write_privately(path, secrets.token_urlsafe(50))
    return path.read_text()


def write_privately(path: Path, text: str) -> None:
    """Whole or not at all, and only for us."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run_beside_servers(data_dir: Path, command: list[str]) -> int:
    servers = embedded.start(data_dir)
    try:
        port = int(os.environ.get("PORT", "8000"))
        environment = environment_of(data_dir, port, servers)
        return subprocess.run(command, env=environment).returncode
    finally:
        (data_dir / "environment").unlink(missing_ok=True)
        without_interruption()
        servers.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
