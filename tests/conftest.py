"""What every test may use; see servers.py, cast.py and processes.py."""

import pytest

pytest_plugins = ["tests.servers", "tests.cast", "tests.processes", "tests.streams"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves an event loop running in the main thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)
