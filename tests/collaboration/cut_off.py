"""Run as a program: does one request and is killed before the answer leaves the process."""

import os
import signal
import sys
from collections.abc import Callable

import django
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def killed_before_answering(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        get_response(request)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    return middleware


def main(user_id: str, address: str, stage_id: str, key: str) -> None:
    django.setup()
    from django.conf import settings
    from django.test import Client

    from teams.models import User

    settings.MIDDLEWARE = [f"{__spec__.name}.killed_before_answering", *settings.MIDDLEWARE]
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(pk=user_id))
    data = {"type": "stage", "id": stage_id, "body": "Once"}
    client.post(address, data, headers={"Idempotency-Key": key})


if __name__ == "__main__":
    main(*sys.argv[1:])
