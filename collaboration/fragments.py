"""HTML kept under a key that names everything it depends on, so that it is never stale."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from hashlib import blake2b
from typing import TypeVar

from django.core.cache import caches
from django.db import connection
from django.utils.safestring import SafeString, mark_safe

from collaboration.live import Viewer

Name = TypeVar("Name", bound=Hashable)


def cached(
    wanted: Mapping[Name, Iterable[object]],
    viewer: Viewer,
    draw: Callable[[Name], str],
    *,
    keep_in: str = "fragments",
) -> dict[Name, SafeString]:
    """HTML by name. `wanted` gives for each name what its HTML depends on besides the viewer
    (ids and versions); `draw` is called only for those that are not kept yet."""
    cache = caches[keep_in]
    keys = {name: _key(parts, viewer) for name, parts in wanted.items()}
    kept = cache.get_many(keys.values())
    missing = {name: draw(name) for name, key in keys.items() if key not in kept}
    if not connection.in_atomic_block:
        # What is drawn before the commit may never be true: the version can be given again.
        cache.set_many({keys[name]: str(html) for name, html in missing.items()})
    return {
        name: mark_safe(missing[name] if name in missing else kept[key])  # noqa: S308
        for name, key in keys.items()
    }


def _key(parts: Iterable[object], viewer: Viewer) -> str:
    text = repr((viewer.role.value, viewer.language, viewer.is_guest, *parts))
    return blake2b(text.encode(), digest_size=20).hexdigest()
