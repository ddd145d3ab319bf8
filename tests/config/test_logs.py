"""Case 66: no token of an address gets into a log, whoever writes the line."""

import json
import logging
import logging.config

import pytest
from django.conf import settings


@pytest.mark.parametrize("door", ["s", "embed", "invitations", "accounts/password/reset/key"])
def test_case_66_a_fault_that_names_its_address_is_logged_without_the_token(door):
    token = "kq2-Xv_9pTz0LrWb7NfHs4YcMdAeUgJi1oQ5x8R3t6E"
    formatter = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        settings.LOGGING["formatters"]["json"].copy()
    )
    words = (f"/{door}/{token}/",)
    record = logging.LogRecord("django.request", 40, "", 1, "Server Error: %s", words, None)
    record.request = f"<WSGIRequest: GET '/{door}/{token}/'>"

    line = formatter.format(record)

    assert token not in line
    assert f"/{door}/…/" in json.loads(line)["event"]
