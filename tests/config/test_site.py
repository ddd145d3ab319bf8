"""The processes together: front, web, live and worker."""

import json
import urllib.error
import urllib.request


def ask(url: str, **options) -> tuple[int, bytes]:
    request = urllib.request.Request(url, **options)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def test_site_is_ready_with_all_its_parts(live_site, celery_worker_process):
    status, body = ask(f"{live_site.url}/readyz")
    assert status == 200
    assert set(json.loads(body).values()) == {"ok"}


def test_stream_is_closed_to_strangers(live_site):
    status, _ = ask(f"{live_site.url}/live/1/?since=0")
    assert status in {401, 403, 404}


def test_case_82_ten_megabytes_of_json_are_413_through_all_layers(live_site):
    headers = {"Content-Type": "application/json"}
    url = f"{live_site.url}/api/v1/journeys/"
    status, body = ask(url, data=b"[" * 10_000_000, headers=headers)
    assert status == 413
    assert json.loads(body)["status"] == 413
