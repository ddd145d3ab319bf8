"""The field in which somebody chooses a picture."""

from django import forms

from collaboration.pictures import FORMATS, MOST_BYTES, TOO_LARGE, UNREADABLE

ACCEPTED = ",".join(f"image/{name.lower()}" for name in FORMATS)


class PictureInput(forms.FileInput):
    """Lets the browser refuse, before anything is sent, what the server would refuse."""

    def __init__(self) -> None:
        words = {"data-too-large": TOO_LARGE, "data-wrong-type": UNREADABLE}
        super().__init__({"accept": ACCEPTED, "data-most-bytes": MOST_BYTES, **words})
