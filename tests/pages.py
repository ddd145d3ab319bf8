"""Pages as trees: to put live pieces in place as the browser does, and to compare."""

from typing import Any
from xml.etree.ElementTree import Element, tostring

import tinyhtml5


def tree_of(html: str) -> Element:
    return tinyhtml5.parse(html, namespace_html_elements=False)


def with_pieces(page: Element, pieces: str) -> Element:
    """The page after every `<hx-partial>` has replaced the element that it names."""
    places = places_in(page)
    for piece in tree_of(pieces).iter("hx-partial"):
        replacement = next(iter(piece))
        name = piece.attrib["hx-target"].removeprefix("#")
        if name not in places:
            places |= _room_for(replacement, places)
        if name in places:
            parent, index = places[name]
            replacement.tail = parent[index].tail
            parent[index] = replacement
            places |= places_in(replacement)
    return page


def _room_for(item: Element, places: dict[str, tuple[Element, int]]) -> dict[str, Any]:
    """A place in the list that a new element names, as static/js/arriving.js makes one."""
    parent, index = places.get(item.get("data-into", ""), (None, 0))
    if parent is None:
        return {}
    found = parent[index]
    mine = item.attrib["data-place"]
    earlier = [one for one in found if one.get("data-place", "") <= mine]
    found.insert(len(earlier), Element(item.tag, {"id": item.attrib["id"]}))
    return places_in(found)


def places_in(tree: Element) -> dict[str, tuple[Element, int]]:
    """Where the elements with an id stand: (parent, index) by id."""
    return {
        name: (parent, index)
        for parent in tree.iter()
        for index, child in enumerate(parent)
        if (name := child.get("id"))
    }


def text_of(element: Element) -> str:
    """The element as one line, for comparison: blank text between tags does not count."""
    return " ".join(tostring(element, encoding="unicode").split()).replace("> <", "><")
