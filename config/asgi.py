"""The live process: event streams and nothing else; pages and API are served by wsgi.py.

uvicorn config.asgi:application --ws none --no-access-log --timeout-graceful-shutdown 5
"""

import os
import resource
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collaboration.stream import LiveApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def live_application() -> "LiveApplication":
    """Set up Django, and allow as many open streams as the system lets one process have."""
    django.setup()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    from django.urls import get_resolver

    from collaboration.stream import LiveApplication

    get_resolver().url_patterns  # noqa: B018 - loads all pages now, not in the first reader's time
    return LiveApplication()


application = live_application()
