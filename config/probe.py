"""The health check of a container: `python -m config.probe http://127.0.0.1:8000/healthz`.

It asks under the name of the site, since the application answers to no other.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main(url: str) -> int:
    site = urlsplit(os.environ.get("SITE_URL", "http://localhost"))
    headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
