"""The processes together: front, web, live, worker."""

import urllib.request


def test_site_answers_through_the_front(live_site, celery_worker_process):
    with urllib.request.urlopen(f"{live_site.url}/readyz", timeout=10) as answer:
        print(answer.status, answer.read(), answer.headers)
    with urllib.request.urlopen(f"{live_site.url}/static/img/logo.svg", timeout=10) as answer:
        print(answer.status, answer.read()[:50], answer.headers)
    with urllib.request.urlopen(f"{live_site.url}/live/1/", timeout=10) as answer:
        print(answer.readline(), answer.headers)
