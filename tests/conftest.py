"""What every test may use; see servers.py, cast.py and processes.py."""

pytest_plugins = ["tests.servers", "tests.cast", "tests.processes", "tests.streams"]
