"""The words of subtitles: times are dropped, speakers are kept."""

import html
import re
from collections.abc import Iterable, Iterator

CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
TIMES = re.compile(rf"\s*{CLOCK}\s{{0,9}}-->\s{{0,9}}{CLOCK}(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")


def words_of_vtt(text: str) -> str | None:
    """The words, one speech a line, `Anna: …` where the file says who speaks; None where this is
    no WebVTT."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    if not re.match(r"WEBVTT(?:\s|$)", lines[0]):
        return None
    return "\n".join(_joined(speech for cue in _vtt_cues(lines) for speech in _spoken(cue)))


def _vtt_cues(lines: Iterable[str]) -> Iterator[list[str]]:
    """What is said in each block with a time; heads, notes and styles have none."""
    cue: list[str] | None = None
    for line in [*lines, ""]:
        if not line.strip():
            if cue:
                yield cue
            cue = None
        elif TIMES.match(line):
            cue = []
        elif cue is not None:
            cue.append(line)


def words_of_srt(text: str) -> str | None:
    """The words, one caption a line; None where no caption has a time."""
    cues: list[list[str]] = []
    for line in text.lstrip("\ufeff").splitlines():
        if TIMES.match(line):
            if cues and cues[-1] and cues[-1][-1].strip().isdigit():
                cues[-1].pop()
            cues.append([])
        elif cues and line.strip():
            cues[-1].append(line)
    return "\n".join(_joined(speech for cue in cues for speech in _spoken(cue))) if cues else None


def _spoken(cue: list[str]) -> Iterator[tuple[str, str]]:
    """Who speaks, or nobody, and what."""
    first, *voices = VOICE.split(" ".join(line.strip() for line in cue))
    yield "", _plain(first)
    for speaker, words in zip(voices[::2], voices[1::2], strict=True):
        yield _plain(speaker), _plain(words)


def _plain(marked: str) -> str:
    return " ".join(html.unescape(TAG.sub("", marked)).split())


def _joined(speeches: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One line for each; what one voice says on end is one speech."""
    before, line = "", ""
    for speaker, words in speeches:
        if not words:
            continue
        if speaker and speaker == before:
            line = f"{line} {words}"
            continue
        if line:
            yield line
        before, line = speaker, f"{speaker}: {words}" if speaker else words
    if line:
        yield line
