"""Transcripts from files: what is taken, and what is refused without losing a word."""

import struct
import zipfile
from base64 import b64encode
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from insights import interviewing
from insights.models import Interview
from insights.transcripts import MOST_LETTERS, NotATranscript, words_of_file
from teams.services import create_token

LIES = "This file is not what its name says, or it is damaged."
LARGE = "This file is larger than 10 MB. Take the text alone, or a part of it."
LONG = "A transcript has at most 200,000 letters. Take a part of it."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

VTT = """WEBVTT - A talk

STYLE
::cue { color: red }

NOTE nobody reads this

intro
00:00:01.000 --> 00:00:04.000 align:start
<v Anna Berg>Why did you <i>stop</i>?</v>

00:04.000 --> 00:06.500
<v.loud Buyer 7>No price &amp; no hurry.</v>

00:00:06.500 --> 00:00:08.000
<v Buyer 7>I left.</v>

00:00:08.000 --> 00:00:09.000
(door)
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
ANNA: Why did you <i>stop</i>?

2
00:00:04,500 --> 00:00:06,000
{\\an8}BUYER 7: In the year

2025
I left.

3
00:01:06,000 --> 00:01:07,000
Bye
"""


def document(body, *, head="", compression=zipfile.ZIP_DEFLATED):
    xml = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    return zipped(xml.encode(), compression=compression)


def zipped(xml, *, name="word/document.xml", compression=zipfile.ZIP_DEFLATED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, xml)
    return file.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def saying_one_gigabyte(content):
    """The archive with another size for its last part in the directory at its end."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 2**30) + content[at + 28 :]


def words(content, name):
    return words_of_file(BytesIO(content), name)


# --- What is taken -------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])  # fmt: skip
def test_text_in_any_of_its_encodings(encoding):
    said = "Anna: Ø så – nej".replace("–", "-") + "\r\n\r\n\r\n\r\nKöper 7: Ja\x0c"
    assert words(said.encode(encoding), "Talk.TXT") == "Anna: Ø så - nej\n\nKöper 7: Ja"


def test_words_of_a_word_document():
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
        "<w:r><w:t>Anna:</w:t><w:tab/><w:t xml:space='preserve'>Why </w:t></w:r>"
        "<w:del><w:r><w:delText>never said</w:delText></w:r></w:del>"
        "<w:r><w:t>did you stop?</w:t><w:br/><w:t>Tell &amp; show</w:t></w:r></w:p>"
    ) + paragraph("Köper 7: …")
    assert words(document(body), "a.docx") == ("Anna:\tWhy did you stop?\nTell & show\nKöper 7: …")


def test_subtitles_lose_their_times_and_keep_who_speaks():
    assert words(VTT.encode(), "a.vtt").splitlines() == [
        "Anna Berg: Why did you stop?", "Buyer 7: No price & no hurry. I left.", "(door)",
    ]  # fmt: skip
    assert words(SRT.replace("\n", "\r\n").encode(), "a.srt").splitlines() == [
        "ANNA: Why did you stop?", "BUYER 7: In the year 2025 I left.", "Bye",
    ]  # fmt: skip


# --- What is refused -----------------------------------------------------------------------
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)  # fmt: skip
HOSTILE = {
    "empty": (b"", "a.txt", "This file is empty."),
    "blank": (b" \n ", "a.docx", "This file is empty."),
    "without words": (document("<w:p/>"), "a.docx", "There are no words in this file."),
    "no times": (b"WEBVTT\n\nNOTE only this\n", "a.vtt", "There are no words in this file."),
    "program": (b"MZ\x90\x00\x03", "a.exe", "Take a text file (.txt), a Word document (.docx) or"),
    "no ending": (b"words", "words", "Take a text file (.txt), a Word document (.docx) or"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.docx", LIES),
    "picture as text": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt", LIES),
    "pdf as text": (b"%PDF-1.7\nwords", "a.txt", LIES),
    "word as text": (document(paragraph("words")), "a.txt", LIES),
    "text as word": (b"only words", "a.docx", LIES),
    "text as vtt": (b"only words", "a.vtt", LIES),
    "text as srt": (b"only words", "a.srt", LIES),
    "spreadsheet": (zipped(b"<x/>", name="xl/workbook.xml"), "a.docx", LIES),
    "other xml": (zipped(b"<html><p>words</p></html>"), "a.docx", LIES),
    "broken xml": (zipped(b"<w:document"), "a.docx", LIES),
    "odd packing": (document(paragraph("a"), compression=zipfile.ZIP_LZMA), "a.docx", LIES),
    "half": (document(paragraph("words " * 999))[:-90], "a.docx", LIES),
    "entities": (document(paragraph("&b;&c;"), head=ENTITIES), "a.docx", LIES),
    "deep": (zipped(b"<a>" * 300_000), "a.docx", LIES),
    "bomb": (zipped(b"<a>" + b" " * 100_000_000), "a.docx", LARGE),
    "header": (saying_one_gigabyte(document(paragraph("words"))), "a.docx", LARGE),
    "large": (b"a" * 10_000_001, "a.txt", LARGE),
    "long": (b"word " * 50_000, "a.txt", LONG),
    "long document": (document(paragraph("word " * 50_000)), "a.docx", LONG),
    "tags without end": (b"WEBVTT\n\n0:01.000 --> 0:02.000\n" + b"<v " * 99_999, "a.vtt", LONG),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_and_hostile_files_are_refused_in_one_sentence(name):
    content, called, reason = HOSTILE[name]
    with pytest.raises(NotATranscript) as refused:
        words(content, called)
    assert str(refused.value).startswith(reason)


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused():
    content = document(paragraph("words " * 5_000))
    at = content.rindex(b"PK\x01\x02")
    lying = content[: at + 24] + struct.pack("<I", 40) + content[at + 28 :]
    with pytest.raises(NotATranscript, match=LIES):
        words(lying, "a.docx")


# --- On the page and in the API --------------------------------------------------------------
@pytest.fixture
def interview(nordlys, by_bob):
    return interviewing.create_interview(
        nordlys, participant="Buyer 7", transcript="Typed before.", by=by_bob
    )


def sent(**fields):
    return {"participant": "Buyer 9", "date": "2026-11-22", "language": "en", **fields}


def file_of(content, name="talk.vtt"):
    return SimpleUploadedFile(name, content)


@pytest.mark.django_db
def test_a_new_interview_takes_what_was_typed_and_the_file_below_it(client_of, bob):
    body = sent(transcript="Typed.", file=file_of(VTT.encode()))
    response = client_of(bob).post(reverse("insights:interview_new"), body)
    made = Interview.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert made.transcript.startswith("Typed.\n\nAnna Berg: Why did you stop?\nBuyer 7:")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bomb", "header", "picture as text", "empty", "long"])
def test_a_refused_file_loses_nothing_of_what_was_typed(client_of, bob, name):
    content, called, reason = HOSTILE[name]
    body = sent(transcript="All that I typed.", file=file_of(content, called))
    response = client_of(bob).post(reverse("insights:interview_new"), body)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(f"<li>{reason}") == 1
    assert "All that I typed.</textarea>" in page
    assert 'value="Buyer 9"' in page
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_the_words_of_a_good_file_stay_where_another_field_is_wrong(client_of, bob):
    body = sent(participant="", file=file_of(VTT.encode()))
    page = client_of(bob).post(reverse("insights:interview_new"), body).content.decode()
    assert "Anna Berg: Why did you stop?" in page


@pytest.mark.django_db
def test_a_file_is_added_to_an_interview_that_is_there(client_of, bob, interview):
    client = client_of(bob)
    client.post(reverse("insights:interview_read", args=[interview.pk]))
    body = {"transcript": "Typed before.", "initial-transcript": "Typed before.",
            "file": file_of(document(paragraph("Said later.")), "a.docx")}  # fmt: skip
    address = reverse("insights:interview_edit", args=[interview.pk])
    assert client.post(address, {**sent(), **body}).status_code == 302
    interview.refresh_from_db()
    assert interview.transcript == "Typed before.\n\nSaid later."


@pytest.mark.django_db
def test_api_takes_a_transcript_as_file_or_base64(interview, bob, charlie, victor):
    def client_for(user):
        _token, secret = create_token(name="Script", by=user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    address, client = f"/api/v1/interviews/{interview.pk}/transcript/", client_for(bob)
    response = client.post(address, {"file": file_of(VTT.encode())}, format="multipart")
    assert response.status_code == 200, response.content
    assert response.json()["transcript"].startswith("Typed before.\n\nAnna Berg: Why")
    base64 = {"file": b64encode(b"Said later.").decode(), "name": "a.txt"}
    assert client.post(address, base64, format="json").status_code == 200
    bomb = {"file": b64encode(HOSTILE["bomb"][0]).decode(), "name": "a.docx"}
    response = client.post(address, bomb, format="json")
    assert (response.status_code, response.json()["errors"]) == (400, {"file": [LARGE]})
    full = {"file": b64encode(b"a" * MOST_LETTERS).decode(), "name": "a.txt"}
    assert client.post(address, full, format="json").json()["errors"] == {"file": [LONG]}
    for stranger in (charlie, victor):
        assert client_for(stranger).post(address, base64, format="json").status_code in (403, 404)
    interview.refresh_from_db()
    assert interview.transcript.endswith("(door)\n\nSaid later.")
