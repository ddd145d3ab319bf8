"""Reading what was sent."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class StrictJSONParser(JSONParser):
    """JSON in UTF-8; what is broken, too deep or not a number of JSON is a 400 in words."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return json.loads(stream.read().decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as fault:
            raise ParseError(_("This is not JSON in UTF-8 that we can read.")) from fault


def _refuse(constant: str) -> None:
    raise ValueError(constant)
