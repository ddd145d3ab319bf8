"""The Celery application: long work outside the request."""

import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@heartbeat_sent.connect
def leave_a_sign_of_life(**_: Any) -> None:
    """Every two seconds from each worker; /readyz asks for it."""
    from collaboration.readiness import show_worker_lives

    show_worker_lives()
