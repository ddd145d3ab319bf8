"""The laptop's own servers: start, stop, kill, and what an earlier run left behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded
from config.embedded import account
from config.embedded.postgres import Postgres, installation
from config.embedded.processes import end_leftovers, processes_working_in
from config.embedded.redis import ImitatedRedis, real_server


@pytest.fixture(scope="module")
def stopped_servers() -> Iterator[Path]:
    """A data folder whose servers have run once."""
    with tempfile.TemporaryDirectory(prefix="ground-") as folder:
        Path(folder).chmod(0o711)
        start_again(Path(folder)).stop()
        yield Path(folder)


@pytest.fixture
def data_dir(stopped_servers) -> Iterator[Path]:
    """A copy of it. Short (sockets have short names), and open to the servers' own account."""
    with tempfile.TemporaryDirectory(prefix="ground-") as folder:
        subprocess.run(["cp", "-a", f"{stopped_servers}/.", folder], check=True)
        yield Path(folder)


@pytest.fixture
def servers(data_dir) -> Iterator[embedded.Servers]:
    started = embedded.start(data_dir, durable=False, environment={})
    yield started
    started.stop()


def start_again(data_dir: Path) -> embedded.Servers:
    return embedded.start(data_dir, durable=False, environment={})


def remember(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS memory (text text)")
        connection.execute("INSERT INTO memory VALUES (%s)", [text])


def remembered(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM memory ORDER BY text")]


def server(servers: embedded.Servers, variable: str):
    return next(one for one in servers.running if one.variable == variable)


def is_alive(pid: int) -> bool:
    """Running, and not merely waiting to be reaped by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_only_servers_without_an_address_are_started(data_dir):
    given = {"DATABASE_URL": "postgresql://somewhere", "REDIS_URL": "redis://somewhere"}
    servers = embedded.start(data_dir, environment=given)
    assert servers.environment == {}
    servers.stop()


def test_postgres_is_real_and_keeps_letters_apart_from_the_machines_locale(servers):
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT upper('æblegrød'), current_setting('server_encoding'),"
            " datlocprovider FROM pg_database WHERE datname = 'waymark'"
        ).fetchone()
    assert row == ("ÆBLEGRØD", "UTF8", "b")


def test_postgres_refuses_a_wrong_password(servers):
    url = servers.environment["DATABASE_URL"]
    password = url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(password, "wrong"))


def test_folders_and_password_are_private(servers, data_dir):
    private = [data_dir / "postgres", data_dir / "postgres/cluster", data_dir / "redis"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o700}
    assert stat.S_IMODE((data_dir / "postgres/password").stat().st_mode) == 0o600


def test_no_server_listens_on_a_network_port(servers):
    pids = {one.pid for one in servers.running}
    listening = subprocess.run(
        [sys.executable, "-c", LISTENERS], capture_output=True, text=True, check=True
    ).stdout.split()
    inodes = {inode for pid in pids for inode in sockets_of(pid)}
    assert inodes.isdisjoint(listening)


LISTENERS = """
for table in ("/proc/net/tcp", "/proc/net/tcp6"):
    for line in open(table).read().splitlines()[1:]:
        if line.split()[3] == "0A":
            print(line.split()[9])
"""


def sockets_of(pid: int) -> list[str]:
    links = [link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir()]
    return [link.removeprefix("socket:[").rstrip("]") for link in links if "socket:" in link]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the account")
def test_started_as_root_the_servers_run_as_an_ordinary_account(servers):
    owners = [Path(f"/proc/{one.pid}").stat().st_uid for one in servers.running]
    assert 0 not in owners


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the account")
def test_closed_parent_folder_stays_closed_and_the_cluster_moves_to_the_shelter(capsys):
    with tempfile.TemporaryDirectory(prefix="closed-") as folder:
        closed = Path(folder) / "data"
        servers = start_again(closed)
        notice = capsys.readouterr().err
        homes = {one.home for one in servers.running}
        servers.stop()
        mode = stat.S_IMODE(Path(folder).stat().st_mode)
    shutil.rmtree(next(iter(homes)).parent)
    assert mode == 0o700
    assert {home.parents[1] for home in homes} == {Path("/var/lib/waymark")}
    assert "postgres is kept in /var/lib/waymark/" in notice


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the account")
@pytest.mark.parametrize("program", [installation() / "bin/initdb", real_server()])
def test_programs_out_of_reach_are_copied_with_their_libraries(program, tmp_path, monkeypatch):
    """As in a clone below a closed home folder."""
    wheel = program and next(
        (path for path in program.parents if path.parent.name == "site-packages"), None
    )
    if wheel is None or not wheel.with_name(f"{wheel.name}.libs").exists():
        pytest.skip("a program of the machine itself is in everybody's reach")
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, tmp_path / "closed" / folder.name, symlinks=True)
    (tmp_path / "closed").chmod(0o700)
    with tempfile.TemporaryDirectory(prefix="shelter-") as shelter:
        Path(shelter).chmod(0o755)
        monkeypatch.setattr(account, "SHELTER", Path(shelter))
        theirs = account.server_account()
        closed = tmp_path / "closed" / wheel.name
        copy = account.reachable_program(theirs, closed / program.relative_to(wheel), closed)
        said = subprocess.run([copy, "--version"], capture_output=True, cwd="/", **theirs.identity)
    assert (said.returncode, said.stderr) == (0, b"")


def test_data_survives_a_stop_and_a_start(data_dir):
    for word in ("first", "second"):
        servers = start_again(data_dir)
        remember(servers.environment["DATABASE_URL"], word)
        servers.stop()
    servers = start_again(data_dir)
    assert remembered(servers.environment["DATABASE_URL"]) == ["first", "second"]
    servers.stop()


def test_case_43_postmaster_killed_and_started_again_keeps_every_row(servers):
    url = servers.environment["DATABASE_URL"]
    remember(url, "kept")
    postgres = server(servers, "DATABASE_URL")
    os.kill(postgres.pid, signal.SIGKILL)
    postgres.process.wait()
    assert servers.restart_dead() == ["DATABASE_URL"]
    assert remembered(url) == ["kept"]


def test_case_43_orphaned_server_processes_never_share_the_cluster_with_new_ones(servers):
    """A postmaster that was killed leaves children that still write for a while."""
    postgres = server(servers, "DATABASE_URL")
    with psycopg.connect(servers.environment["DATABASE_URL"], autocommit=True) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        os.kill(postgres.pid, signal.SIGKILL)
        postgres.process.wait()
        servers.restart_dead()
    assert not is_alive(row[0])


@pytest.mark.parametrize("left_behind", ["", "12", "not a number\n", "{live}\n", "{foreign}"])
def test_case_49_pid_file_of_another_time_does_not_stop_the_start(data_dir, left_behind):
    """Truncated, broken, or with a number that now belongs to another program."""
    servers = start_again(data_dir)
    remember(servers.environment["DATABASE_URL"], "kept")
    servers.stop()
    whole = f"{os.getppid()}\n/elsewhere\n1700000000\n5432\n/tmp\n\n5432001 99\nready\n"
    text = left_behind.format(live=os.getppid(), foreign=whole)
    pid_file = server_home(data_dir) / "cluster/postmaster.pid"
    pid_file.write_text(text)
    os.chown(pid_file, *owner_of(pid_file.parent))
    servers = start_again(data_dir)
    assert remembered(servers.environment["DATABASE_URL"]) == ["kept"]
    servers.stop()


def server_home(data_dir: Path) -> Path:
    return data_dir / "postgres"


def owner_of(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid


def test_case_49_server_that_outlived_its_run_is_ended_before_a_new_start(data_dir):
    servers = start_again(data_dir)
    remember(servers.environment["DATABASE_URL"], "kept")
    forgotten = server(servers, "DATABASE_URL")
    servers.lock.release()
    again = start_again(data_dir)
    assert forgotten.process.poll() is not None
    assert remembered(again.environment["DATABASE_URL"]) == ["kept"]
    again.stop()
    servers.stop()


def test_interrupted_initdb_is_not_taken_for_a_cluster(data_dir):
    unfinished = Postgres(data_dir, durable=False).home / "unfinished"
    (unfinished / "base").mkdir(parents=True)
    shutil.rmtree(unfinished.with_name("cluster"))
    servers = start_again(data_dir)
    assert not unfinished.exists()
    servers.stop()


def test_data_folder_has_one_run_at_a_time(servers, data_dir):
    with pytest.raises(embedded.DataFolderInUse, match=f"process {os.getpid()}"):
        start_again(data_dir)


def test_server_that_cannot_start_says_why(data_dir):
    start_again(data_dir).stop()
    version = server_home(data_dir) / "cluster/PG_VERSION"
    version.write_text("9.6\n")
    with pytest.raises(embedded.ServerFailed, match=r"initialized by PostgreSQL version 9\.6"):
        start_again(data_dir)


def test_redis_keeps_its_queue_over_a_kill(data_dir):
    servers = embedded.start(data_dir, environment={"DATABASE_URL": "postgresql://elsewhere"})
    one = server(servers, "REDIS_URL")
    with redis.Redis.from_url(one.url) as client:
        client.lpush("queue", "job")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        time_of_sync(client)
    os.kill(one.pid, signal.SIGKILL)
    one.process.wait()
    assert servers.restart_dead() == ["REDIS_URL"]
    with redis.Redis.from_url(one.url) as client:
        assert client.lrange("queue", 0, -1) == [b"job"]
    servers.stop()


def time_of_sync(client: redis.Redis) -> None:
    """Until what was written is in the append-only file; the machine itself does not die."""
    while client.info("persistence")["aof_pending_bio_fsync"]:
        pass


def test_imitation_speaks_redis_where_there_is_no_real_one(data_dir):
    imitation = ImitatedRedis(data_dir)
    imitation.start()
    with redis.Redis.from_url(imitation.url) as client:
        client.set("bell", "rung")
        assert client.get("bell") == b"rung"
    imitation.stop()
    assert not imitation.is_running()


STARTER = """
import os, sys
from pathlib import Path
from config import embedded
servers = embedded.start(Path(sys.argv[1]), durable=False, environment={})
print(*[one.pid for one in servers.running], flush=True)
sys.stdin.read()
"""


def test_servers_die_with_a_runner_that_is_killed(data_dir):
    command = [sys.executable, "-c", STARTER, str(data_dir)]
    runner = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in runner.stdout.readline().split()]
    assert len(pids) == 2
    runner.kill()
    runner.communicate()
    deadline = time.monotonic() + 10
    while any(map(is_alive, pids)):
        assert time.monotonic() < deadline
    assert not processes_working_in(data_dir / "postgres/cluster")


def test_leftovers_of_other_programs_in_the_folder_are_let_live(tmp_path):
    reader = subprocess.Popen(["cat"], cwd=tmp_path, stdin=subprocess.PIPE)
    end_leftovers(tmp_path, "postgres")
    assert reader.poll() is None
    reader.communicate()
