"""Pages as trees: to put live pieces in place as the browser does, and to compare."""

from xml.etree.ElementTree import Element, tostring

import tinyhtml5


def tree_of(html: str) -> Element:
    return tinyhtml5.parse(html, namespace_html_elements=False)


def with_pieces(page: Element, pieces: str) -> Element:
    """The page after every `<hx-partial>` has replaced the element that it names."""
    for piece in tree_of(pieces).iter("hx-partial"):
        replacement = next(iter(piece))
        replace(page, piece.attrib["hx-target"].removeprefix("#"), replacement)
    return page


def replace(page: Element, name: str, replacement: Element) -> None:
    """Put an element in the place of the one with this id; one that is not there is left out."""
    for parent in page.iter():
        for index, child in enumerate(parent):
            if child.get("id") == name:
                replacement.tail = child.tail
                parent[index] = replacement
                return


def text_of(element: Element) -> str:
    """The element as one line, for comparison: blank text between tags does not count."""
    return " ".join(tostring(element, encoding="unicode").split()).replace("> <", "><")
