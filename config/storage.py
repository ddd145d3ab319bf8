"""Which browser files are served, and under which names."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A hash in each name, also where one script imports another."""

    support_js_module_import_aggregation = True


class ApiDocsFinder(AppDirectoriesFinder):
    """Of all files that installed packages bring, we use those of the API's pages."""

    def __init__(self, *_args: object, **_options: object) -> None:
        super().__init__(app_names=["drf_spectacular_sidecar"])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Without the second reader, which is larger than all the rest and used nowhere."""
        yield from super().list([*(ignore_patterns or []), "redoc"])
