"""The words of the XML inside a Word document."""

from xml.parsers import expat

DOCUMENT = "word/document.xml"
NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
INSTEAD_OF = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
DEEPEST = 200
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"


class NotWord(Exception):
    """The XML is no text of a Word document, or more than that."""


def words_of_document(xml: bytes, *, most_letters: int) -> str:
    """The text, one paragraph a line; raises NotWord. It ends soon after `most_letters`."""
    reader = _Reader(most_letters)
    try:
        reader.parser.Parse(xml, True)
    except _Enough:
        pass
    except expat.ExpatError as fault:
        raise NotWord from fault
    if not reader.is_word:
        raise NotWord
    return "".join(reader.parts)


class _Enough(Exception):
    pass


class _Reader:
    def __init__(self, most_letters: int) -> None:
        self.parts: list[str] = []
        self.left = most_letters
        self.is_word = self.in_text = False
        self.fallbacks = self.depth = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.letters

    def refuse(self, *_declaration: object) -> None:
        raise NotWord

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotWord
        self.fallbacks += name == FALLBACK
        kind = _kind(name)
        self.is_word |= kind == "document"
        self.in_text = kind == "t"
        is_tab_stop = kind == "tab" and attributes
        if kind in INSTEAD_OF and not is_tab_stop:
            self.add(INSTEAD_OF[kind])

    def end(self, name: str) -> None:
        self.depth -= 1
        self.fallbacks -= name == FALLBACK
        self.in_text = False
        if _kind(name) == "p":
            self.add("\n")

    def letters(self, text: str) -> None:
        if self.in_text:
            self.add(text)

    def add(self, text: str) -> None:
        if self.fallbacks:
            return
        self.parts.append(text)
        self.left -= len(text)
        if self.left < -1:
            raise _Enough


def _kind(name: str) -> str:
    """The name of an element of Word's own, or nothing."""
    namespace = next((one for one in NAMESPACES if name.startswith(one)), None)
    return name.removeprefix(namespace) if namespace else ""
