"""Office files are zip archives that remember when they were made; ours say it of the map."""

import io
import re
import zipfile
from datetime import datetime

BEGIN = (1980, 1, 1, 0, 0, 0)
DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def steady(content: bytes, changed_at: datetime) -> bytes:
    """The same archive with fixed times: the same map gives the same bytes."""
    written = io.BytesIO()
    moment = changed_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename == "docProps/core.xml":
                part = DATES.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            copy.writestr(zipfile.ZipInfo(entry.filename, BEGIN), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()
