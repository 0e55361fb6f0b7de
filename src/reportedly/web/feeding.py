"""What changed as an Atom feed (RFC 4287): an entry for each piece of news, the newest first."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

from reportedly.cli.words import shown, voice
from reportedly.web import wording
from reportedly.web.board import Board

View = dict[str, Any]
ATOM = "http://www.w3.org/2005/Atom"
LONG = 140
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CAPTURED = """
SELECT report, min(captured) FROM captures WHERE report IN (SELECT value FROM json_each(?)) GROUP BY report
"""


class Entry(NamedTuple):
    """One piece of news: what names it for ever, when it was learned (UTC, ISO), its page, what it says."""

    name: str
    learned: str
    path: str
    title: str
    words: str


def feed(board: Board, found: View, base: str, about: str, since: str) -> bytes:
    """The news of `changing.learned` as XML; `base` is the address of the server."""
    every = sorted(_entries(board, found), key=lambda each: (each.learned, each.name), reverse=True)
    top = Xml.Element("feed", xmlns=ATOM)
    _tell(top, "id", f"urn:reportedly:changes:{about}")
    _tell(top, "title", f"What changed: {about}" if about else "What changed")
    _tell(top, "updated", every[0].learned if every else f"{since}T00:00:00+00:00")
    _tell(Xml.SubElement(top, "author"), "name", "reportedly")
    for each in every:
        entry = Xml.SubElement(top, "entry")
        _tell(entry, "id", f"urn:reportedly:{each.name}")
        _tell(entry, "title", each.title)
        _tell(entry, "updated", each.learned)
        Xml.SubElement(entry, "link", href=_clean(f"{base.rstrip('/')}{each.path}"))
        _tell(entry, "summary", each.words)
    return bytes(Xml.tostring(top, "utf-8", xml_declaration=True))


def _entries(board: Board, found: View) -> Iterator[Entry]:
    claims, origins, against, versions, judged = (kind["first"] for kind in found.values())
    sides = [side for clash in against for side in clash["sides"] if side]
    mentions = [m for group in (*claims, *origins) for m in group["mentions"]] + [m for side in sides for m in side]
    learned = _learned(board, {*(m["report"] for m in mentions), *(each["id"] for each in versions)})
    for group in claims:
        first = min(group["mentions"], key=lambda m: (learned[m["report"]], m["id"]))
        count = wording.origins(group["origins"]["low"], group["origins"]["high"])
        yield _entry("claim", first["id"], group["mentions"], learned, "New claim", f"Independent origins: {count}.")
    for group in origins:
        name = f"{group['mentions'][0]['id']}:{len(group['origins']['groups'])}"
        added = f"Now also: {', '.join(group['added'])}."
        yield _entry("origin", name, group["mentions"], learned, "New independent origin", added)
    for clash in against:
        yield _against(clash, learned)
    for each in versions:
        title = f"New version: {', '.join(filter(None, (each['outlet'], each['name'])))}"
        yield Entry(f"version:{each['id']}", learned[each["id"]], f"/reports/{each['id']}", title, title)
    for each in judged:
        when, what = each["when"].isoformat(timespec="seconds"), "; ".join(one["words"] for one in each["on"])
        did, why = f"{each['who']} {each['did']}", each["why"]
        words = f"{did}: {_short(what)} ({why})" if why else f"{did}: {_short(what)}"
        yield Entry(f"judgement:{each['id']}", when, "/audit", f"Judgement: {did}", words)


def _entry(kind: str, name: str, mentions: list[View], learned: dict[str, str], title: str, words: str) -> Entry:
    """News of a claim; it was learned with the last of its mentions."""
    first, when = mentions[0], max(learned[m["report"]] for m in mentions)
    said = first["evidence"]["text"]
    told = f"{voice(first)}: “{said}” {words}"
    return Entry(f"{kind}:{name}", when, f"/claims/{first['id']}", f"{title}: {_short(said)}", told)


def _against(clash: View, learned: dict[str, str]) -> Entry:
    told = [side[0] for side in clash["sides"] if side]
    when = max((learned[m["report"]] for m in told), default="")
    name = ":".join(["disagreement", clash["kind"], clash["field"], *(m["id"] for m in told)])
    words = " / ".join(f"{voice(m)}: “{m['evidence']['text']}”" for m in told)
    return Entry(name, when, f"/claims/{told[0]['id']}#disagrees", wording.disagreement(clash), words)


def _learned(board: Board, reports: Iterable[str]) -> dict[str, str]:
    """When each report was first captured."""
    return dict(board.ledger.db.execute(_CAPTURED, (json.dumps(sorted(reports)),)).fetchall())


def _short(words: str) -> str:
    return words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + "…"


def _tell(above: Xml.Element, name: str, words: str) -> None:
    Xml.SubElement(above, name).text = _clean(words)


def _clean(words: str) -> str:
    """Text without the signs that XML cannot hold and that steer a reader."""
    return _NO_XML.sub("", shown(words))
