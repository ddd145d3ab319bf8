"""Looks for words through every table, every file and every cache: what is new is found by itself."""

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pypdfium2
import redis
from django.core.cache import caches
from django.db import connection

from tests.servers import DATA_DIR

NOT_FILES_OF_OURS = {"postgres", "redis", "mail"}
"""The database's pages and its log are read through its tables, Redis is asked for its keys. The
folder of mail stands for the mailboxes of those it went to, which no program can reach."""

COLUMNS = """
    SELECT c.table_schema, c.table_name, c.column_name, c.udt_name
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE'
      AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1, 2, 3
"""


def columns_with(pattern: str) -> set[str]:
    """`table.column` wherever a value has this, be it text, JSON, words of the search or bytes."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
        assert len(columns) > 300
        for schema, table, column, kind in columns:
            if kind == "bytea":
                cursor.execute(f'SELECT "{column}" FROM "{schema}"."{table}"')
                values = [bytes(value) for (value,) in cursor.fetchall() if value is not None]
                hit = any(_says(text, pattern) for value in values for text in _texts(value))
            else:
                cursor.execute(
                    f'SELECT 1 FROM "{schema}"."{table}" WHERE "{column}"::text ~* %s LIMIT 1',
                    [_for_postgres(pattern)],
                )
                hit = cursor.fetchone() is not None
            if hit:
                found.add(f"{table}.{column}")
    return found


def files_with(pattern: str, *folders: Path) -> list[str]:
    """Files under the data folder, the media folder and those that are named."""
    places = [DATA_DIR, Path(os.environ["MEDIA_ROOT"]), *folders]
    files = {path for place in places for path in _files(place)}
    return sorted(
        str(path) for path in files if any(_says(text, pattern) for text in _texts(_read(path)))
    )


def caches_with(pattern: str) -> list[str]:
    """Drawings that this process keeps, and what Redis holds."""
    kept = [
        f"{name}: {key}"
        for name in ("fragments", "grids")
        for key, value in getattr(caches[name], "_cache", {}).items()
        if any(_says(text, pattern) for text in _texts(bytes(value)))
    ]
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    dumps = ((key, client.dump(key) or b"") for key in client.scan_iter())
    return kept + [
        f"redis: {key!r}"
        for key, value in dumps
        if any(_says(text, pattern) for text in _texts(key + b" " + bytes(value)))
    ]


def _files(place: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(place):
        if Path(folder) == DATA_DIR:
            names[:] = [name for name in names if name not in NOT_FILES_OF_OURS]
        yield from (Path(folder) / name for name in files)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, PermissionError, OSError):
        return b""


def _texts_of_pdf(content: bytes) -> Iterator[str]:
    """Nothing for what another test left and only calls a PDF: its bytes are read as they are."""
    with suppress(pypdfium2.PdfiumError):
        for page in pypdfium2.PdfDocument(content):
            yield page.get_textpage().get_text_range()


def _texts(content: bytes) -> Iterator[str]:
    """The content as text; what is packed, unpacked; what is drawn in a PDF, read."""
    yield content.decode("utf-8", "replace")
    if b"\0" in content[:4]:
        yield content.decode("utf-16", "replace")
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    elif content[:5] == b"%PDF-":
        yield from _texts_of_pdf(content)
    elif content[:1] == b"\x78":
        try:
            yield zlib.decompress(content).decode("utf-8", "replace")
        except zlib.error:
            return


def _says(text: str, pattern: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _for_postgres(pattern: str) -> str:
    return re.sub(r"^\\b|\\b$", r"\\y", pattern)
