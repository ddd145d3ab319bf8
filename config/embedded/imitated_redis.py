"""Serve fakeredis on a loopback port: `imitated_redis.py PORT`."""

import signal
import sys

from fakeredis import TcpFakeServer


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = TcpFakeServer(("127.0.0.1", int(sys.argv[1])))
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main()
