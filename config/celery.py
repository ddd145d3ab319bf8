"""The Celery application: long work outside the request."""

import contextlib
import os
from typing import Any

import redis
from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

WORKER_SEEN = "waymark:worker-seen"
WORKER_SILENT_AFTER_SECONDS = 15


@heartbeat_sent.connect
def leave_a_sign_of_life(**_: Any) -> None:
    """Every two seconds from each worker; config.health asks for it."""
    from django.conf import settings

    timeout = settings.REDIS_TIMEOUT_SECONDS
    with (
        contextlib.suppress(redis.RedisError),
        redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=timeout, socket_connect_timeout=timeout
        ) as client,
    ):
        client.set(WORKER_SEEN, 1, ex=WORKER_SILENT_AFTER_SECONDS)
