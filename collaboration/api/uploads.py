"""Files in the API: parts of a multipart body, or base64 in JSON."""

import binascii
from base64 import b64decode
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser

from collaboration.api.parsers import StrictJSONParser

UPLOADS = (StrictJSONParser, MultiPartParser)


class UploadField(serializers.FileField):
    """A file of a multipart body, or its content as base64 in JSON."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            return super().to_internal_value(data)
        try:
            return ContentFile(b64decode(data, validate=True))
        except (binascii.Error, ValueError) as fault:
            raise serializers.ValidationError(_("This is neither a file nor base64.")) from fault
