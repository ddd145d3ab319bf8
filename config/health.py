"""Does the process live, and is everything it needs there?"""

import shutil
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import redis
import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from config.celery import WORKER_SEEN
from teams.access import public

logger = structlog.get_logger(__name__)
DEADLINE_SECONDS = 1.5
LEAST_FREE_BYTES = 50_000_000
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="health")


class NotReady(Exception):
    """Something that the application needs is away."""


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part `ok` or `down`; why it is down stands in the log, not in the answer."""
    faults = look_at_all()
    for part, fault in faults.items():
        if fault:
            logger.error("not_ready", part=part, fault=fault)
    parts = {part: "down" if fault else "ok" for part, fault in faults.items()}
    return JsonResponse(parts, status=503 if any(faults.values()) else 200)


def look_at_all(deadline_seconds: float = DEADLINE_SECONDS) -> dict[str, str]:
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


def check_broker() -> None:
    with redis_client() as client:
        client.ping()


def check_worker() -> None:
    """A worker leaves a sign of life every few seconds (config.celery)."""
    with redis_client() as client:
        if not client.exists(WORKER_SEEN):
            raise NotReady("no worker has been seen lately")


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
