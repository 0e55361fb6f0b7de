"""A report -> how to cite it: a footnote and BibTeX, with the hash that names the very text."""

import re
from typing import Any, NamedTuple

from reportedly.cli.words import shown

View = dict[str, Any]


class Citation(NamedTuple):
    """Two forms of one citation."""

    footnote: str
    bibtex: str


def citation(report: View) -> Citation:
    """Of a report as `views.report_view` gives it."""
    return Citation(footnote(report), bibtex(report))


def footnote(report: View) -> str:
    """In the style of a Chicago note: outlet, title, day, address, hash of the text."""
    title = report["heading"].strip("“”")
    day = report["published"] or report.get("date") or "undated"
    parts = [report["outlet"], f"“{shown(title)}”", day, report["url"]]
    told = ", ".join(shown(part) for part in parts if part)
    return f"{told}. Text SHA-256 {report['text_sha256']}."


def bibtex(report: View) -> str:
    """One entry; its key is the report's id, which never changes."""
    fields = {
        "author": report["outlet"] and f"{{{_plain(report['outlet'])}}}",
        "title": f"{{{_plain(report['heading'].strip('“”'))}}}",
        "date": report["published"],
        "url": report["url"] and re.sub(r"[{}\\\\\s]", "", report["url"]),
        "note": f"text SHA-256 {report['text_sha256']}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{report['id']},", *lines, "}"])


def _plain(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", shown(text)))
