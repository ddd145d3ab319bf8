"""Is everything there that the application needs? Asked by /readyz and by `runtime_check`."""

import shutil
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DEADLINE_SECONDS = 1.5
WORKER_SEEN = "waymark:worker-seen"
WORKER_SILENT_AFTER_SECONDS = 15
LEAST_FREE_BYTES = 50_000_000
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="readiness")


class NotReady(Exception):
    """Something that the application needs is away."""


def faults(deadline_seconds: float = DEADLINE_SECONDS) -> dict[str, str]:
    """For each part what is wrong with it, or nothing; all at once, none above the deadline."""
    running = {part: _threads.submit(check) for part, check in CHECKS.items()}
    return {part: _fault(future, deadline_seconds) for part, future in running.items()}


def _fault(future: Future[None], deadline_seconds: float) -> str:
    try:
        future.result(timeout=deadline_seconds)
    except TimeoutError:
        future.cancel()
        return f"no answer within {deadline_seconds} seconds"
    except Exception as error:  # noqa: BLE001 - whatever it is, the part is not ready
        return f"{type(error).__name__}: {error}"
    return ""


def check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations have not been applied")


def check_broker() -> None:
    with redis_client() as client:
        client.ping()


def check_worker() -> None:
    with redis_client() as client:
        if not client.exists(WORKER_SEEN):
            raise NotReady("no worker has been seen lately")


def show_worker_lives() -> None:
    """Called by each worker every few seconds; without Redis there is nobody to show it to."""
    try:
        with redis_client() as client:
            client.set(WORKER_SEEN, 1, ex=WORKER_SILENT_AFTER_SECONDS)
    except redis.RedisError:
        return


def check_storage() -> None:
    """Writes, and not to the last byte."""
    name = default_storage.save(f".ready/{uuid.uuid4()}", ContentFile(b"ready"))
    default_storage.delete(name)
    if Path(settings.MEDIA_ROOT).is_dir():
        free = shutil.disk_usage(settings.MEDIA_ROOT).free
        if free < LEAST_FREE_BYTES:
            raise NotReady(f"only {free} bytes are free")


def redis_client() -> redis.Redis:
    timeout = settings.REDIS_TIMEOUT_SECONDS
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=timeout, socket_connect_timeout=timeout
    )


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "broker": check_broker,
    "worker": check_worker,
    "storage": check_storage,
}
