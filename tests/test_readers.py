"""Files, folders and standard input -> reports; what cannot be read says what, why and what now."""

import io
import json
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import ReadingError
from reportedly.model import Report
from reportedly.readers import READERS, Hints, Reading, canonical, compose, date_of, offset_map, read

FLOOD = "HALDEN, May 3 (Coast Wire) — The Orla flooded Halden on Friday, the governor said.\n“We were late,” she said."
PAGE = """<!DOCTYPE html><html><head><title>Flood | Coast Daily</title>
<meta property="og:site_name" content="Coast Daily Online"><meta property="og:title" content="Flood in Halden">
<link rel="canonical" href="https://coast.example/flood">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Halden under water",
 "datePublished": "2031-05-03T22:10:00+02:00", "publisher": {"@type": "Organization", "name": "Coast Daily"}}</script>
</head><body><nav>Home World Sport</nav><article><h1>Halden under water</h1>
<p>The Orla burst its banks on Friday and flooded the old town of Halden, the governor said in a statement.</p>
<p>At least 12 people were taken to hospital, according to the civil protection agency of Maldora.</p>
</article><script>steal()</script></body></html>"""


def reports(path: Path | str, hints: Hints = Hints()) -> list[Report]:
    """The reports of an input that must be sound."""
    found = list(read(str(path), hints))
    assert all(isinstance(each, Reading) for each in found), found
    return [each.report for each in found if isinstance(each, Reading)]


def fault(path: Path | str, hints: Hints = Hints()) -> str:
    """The message of the one input that cannot be read."""
    found = list(read(str(path), hints))
    assert len(found) == 1 and isinstance(found[0], ReadingError), found
    return str(found[0])


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- each kind of input


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, "flood.txt", "\n  A\u00ad day in Halden.\u00a0 \n\nMore.\n")
    assert reports(path)[0].text == "\n  A\u00ad day in Halden.\u00a0 \n\nMore.\n"


def test_hints_name_the_report(tmp_path: Path) -> None:
    path = write(tmp_path, "flood.md", FLOOD)
    bare = reports(path)[0]
    told = reports(path, Hints(outlet="Coast Daily", published=date(2031, 5, 3), url="https://x.example/1"))[0]
    assert (bare.outlet, bare.published, told.outlet, told.published) == (None, None, "Coast Daily", date(2031, 5, 3))
    assert bare.id != told.id and bare.text_sha256 == told.text_sha256


@pytest.mark.parametrize("name", ["flood.txt.meta.json", "flood.meta.json"])
def test_a_file_beside_it_tells_outlet_and_date(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, "flood.txt", FLOOD)
    write(tmp_path, name, json.dumps({"publisher": "Coast Daily", "published": "2031-05-03", "title": "Flood"}))
    report = reports(path)[0]
    assert (report.outlet, report.published, report.title) == ("Coast Daily", date(2031, 5, 3), "Flood")


def test_options_overrule_the_file_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "flood.txt", FLOOD)
    write(tmp_path, "flood.meta.json", json.dumps({"outlet": "Coast Daily", "title": "Flood"}))
    report = reports(path, Hints(outlet="Harbour Post"))[0]
    assert (report.outlet, report.title) == ("Harbour Post", "Flood")


def test_a_page_gives_its_article_and_what_json_ld_says(tmp_path: Path) -> None:
    report = reports(write(tmp_path, "flood.html", PAGE))[0]
    assert "burst its banks" in report.text and "steal" not in report.text and "Sport" not in report.text
    assert (report.outlet, report.title) == ("Coast Daily", "Halden under water")
    assert (report.published, report.url) == (date(2031, 5, 3), "https://coast.example/flood")


def test_meta_tags_serve_where_json_ld_is_broken(tmp_path: Path) -> None:
    page = PAGE.replace('{"@type": "NewsArticle"', '{"@type": "NewsArticle",,')
    report = reports(write(tmp_path, "flood.html", page))[0]
    assert (report.outlet, report.title) == ("Coast Daily Online", "Flood in Halden")


def test_json_lines_take_all_fields(tmp_path: Path) -> None:
    line = {
        "id": "f1",
        "outlet": "Coast Daily",
        "published": "2031-05-03",
        "title": "T",
        "url": "https://x.example",
        "text": FLOOD,
    }
    path = write(
        tmp_path, "r.jsonl", json.dumps(line) + "\n\n" + json.dumps({"text": FLOOD, "publisher": "Post"}) + "\n"
    )
    first, second = reports(path)
    assert (first.name, first.outlet, first.url, first.title) == ("f1", "Coast Daily", "https://x.example", "T")
    assert (second.name, second.outlet, second.published) == ("r.jsonl:3", "Post", None)
    assert first.text == FLOOD


def test_one_bad_line_leaves_the_others(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": FLOOD}),
        "{broken",
        '{"text": 5}',
        '{"text": "x", "published": "soon"}',
        json.dumps({"text": "b"}),
    ]
    found = list(read(str(write(tmp_path, "r.jsonl", "\n".join(lines)))))
    assert [isinstance(each, Reading) for each in found] == [True, False, False, False, True]
    assert "r.jsonl:2: bad JSON" in str(found[1]) and "no text" in str(found[2]) and "bad date 'soon'" in str(found[3])


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden/d.txt", "pic.png", "a.meta.json"):
        write(tmp_path, name, FLOOD if name != "a.meta.json" else "{}")
    assert [report.name for report in reports(tmp_path)] == ["a.md", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize(
    ("content", "by"), [(FLOOD, "plain text"), (PAGE, "trafilatura"), ('{"text": "Halden."}', "JSON line")]
)
def test_standard_input_is_known_by_its_look(monkeypatch: pytest.MonkeyPatch, content: str, by: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    assert reports("-")[0].read_by.startswith(by)


def test_original_bytes_are_kept_and_hashed(tmp_path: Path) -> None:
    reading = next(read(str(write(tmp_path, "a.txt", b"Caf\xe9 r\xe9union \xe0 Halden, a-t-on dit.\r\n"))))
    assert isinstance(reading, Reading)
    assert reading.original.endswith(b"dit.\r\n") and reading.report.text.startswith("Café réunion à Halden")


# --- broken and hostile input


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("e.txt", b"", "empty"),
        ("e.txt", b" \n\t ", "empty"),
        ("e.jsonl", b"\n\n", "empty"),
        ("e.html", b"<html><body></body></html>", "no article text"),
        ("b.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("b.html", b"\x1f\x8b\x08\x00\x00\x00\x00", "binary"),
        ("t.txt", "Halden flooded, said the governor of M\u00e4rk".encode()[:-3], "truncated"),
        ("m.txt", "Halden \ufffd\ufffd\ufffd".encode(), "mis-encoded"),
        ("l.txt", b"a" * 1_000_001, "1,000,001 characters"),
        ("h.txt", b"a" * 20_000_001, "bytes"),
        ("kcna.xyz", b"x", "no reader for '.xyz'; known: .htm .html .jsonl .md .txt"),
        ("s.jsonl", b'{"text": "\\ud800 broken"}', "half characters"),
        ("d.jsonl", b"[" * 100_000, "bad JSON"),
        ("a.jsonl", b'["no object"]', "not a JSON object"),
        ("p.jsonl", b'{"text": "x", "publisher": {"name": "y"}}', "'publisher' is not text"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    message = fault(write(tmp_path, name, content))
    assert words in message and "\n" not in message and message.startswith(name)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert "no such file" in fault(tmp_path / "none.txt")


def test_a_broken_file_beside_it_says_so(tmp_path: Path) -> None:
    write(tmp_path, "a.meta.json", "{")
    assert fault(write(tmp_path, "a.txt", FLOOD)).startswith("a.meta.json: bad JSON")


def test_hostile_pages_do_no_harm(tmp_path: Path) -> None:
    deep = "<div>" * 20_000 + "text" + "</div>" * 20_000
    for page in (deep, "<html><script>" + "x" * 5000, '<html><!DOCTYPE a [<!ENTITY b "c">]>&b;', "<" * 10_000):
        assert all(isinstance(each, Reading | ReadingError) for each in read(str(write(tmp_path, "x.html", page))))


# --- decoding and canonical text


@pytest.mark.parametrize(
    ("original", "text"),
    [
        (b"\xef\xbb\xbfHalden", "Halden"),
        ("Halden\u2019s".encode("utf-16"), "Halden’s"),
        (b'<meta charset="windows-1251">\xd5\xe0\xeb\xfc\xe4\xe5\xed', '<meta charset="windows-1251">Хальден'),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("Cafe\u0301".encode(), "Café"),
    ],
)
def test_bytes_become_canonical_text(original: bytes, text: str) -> None:
    assert canonical(original) == text


@given(st.text(alphabet="ab \r\n\u0301\u00e9e\u1112\u1161\u11ab\uac00\u0323\u212b\U0001f600", max_size=40))
def test_the_offset_map_leads_back_to_the_same_words(original: str) -> None:
    text = canonical(original)
    there = offset_map(original, text)
    assert there.to_original(len(text)) == len(original) and there.to_canonical(len(original)) == len(text)
    for i, char in enumerate(text):
        piece = original[there.to_original(i) : there.to_original(i + 1)]
        marks = unicodedata.combining(char) or unicodedata.combining(text[i + 1 : i + 2] or " ")
        assert canonical(piece) == char or marks  # a run of several marks has no places inside
    assert sorted(map(there.to_original, range(len(text) + 1))) == [there.to_original(i) for i in range(len(text) + 1)]


def test_offsets_of_decomposed_text_lead_back() -> None:
    original = "Le cafe\u0301 de\r\nHalden"
    there = offset_map(original, canonical(original))
    assert original[there.to_original(3) : there.to_original(7)] == "cafe\u0301"
    assert original[there.to_original(11) : there.to_original(17)] == "Halden"
    assert there.to_canonical(13) == 11


# --- dates and languages


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2031-05-03", date(2031, 5, 3)),
        ("2031-05-03T23:30:00-05:00", date(2031, 5, 3)),
        ("2031-05-03T08:00:00Z", date(2031, 5, 3)),
        ("Sat, 03 May 2031 23:30:00 +0900", date(2031, 5, 3)),
        ("", None),
        (None, None),
    ],
)
def test_machine_dates_are_days(words: str | None, day: date | None) -> None:
    assert date_of(words, "x") == day


@pytest.mark.parametrize("words", ["03/05/31", "May", "2031-13-01", "99999999999999", "{}"])
def test_a_bad_date_says_so(words: str) -> None:
    with pytest.raises(ReadingError, match="bad date"):
        date_of(words, "x")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Five hurt.", "en"),
        (FLOOD, "en"),
        ("Der Minister sagte am Freitag, dass die Hilfe für die Stadt Halden zu spät gekommen sei.", "de"),
        ("El gobernador dijo el viernes que doce personas fueron llevadas al hospital de Halden.", "es"),
    ],
)
def test_language_is_told_or_english_where_it_is_open(text: str, language: str) -> None:
    assert compose(text, "x").language == language


def test_the_same_text_in_two_outlets_is_two_reports() -> None:
    one, two = (compose(FLOOD, "x.txt", Hints(outlet=outlet)) for outlet in ("Coast Daily", "Harbour Post"))
    assert one.id != two.id and one.id == compose(FLOOD, "x.txt", Hints(outlet="Coast Daily")).id


def test_every_reader_has_its_extension() -> None:
    assert set(READERS) == {".txt", ".md", ".html", ".htm", ".jsonl"}
