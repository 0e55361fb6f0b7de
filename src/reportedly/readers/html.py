"""A page's article text, with outlet, title, date and address from JSON-LD and meta tags."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, BinaryIO

from reportedly.errors import ReadingError
from reportedly.readers.composing import Hints, Reading, compose, parsed_date
from reportedly.readers.decoding import MAX_BYTES, decode

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "webpage")
_METAS = {
    "outlet": ("og:site_name", "application-name", "dc.publisher", "citation_publisher"),
    "published": (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "pubdate",
        "parsely-pub-date",
    ),
    "title": ("og:title", "twitter:title", "dc.title"),
    "url": ("og:url",),
}


def read_html(stream: BinaryIO, name: str) -> Iterator[Reading]:
    """The one report of a page; furniture, scripts and comments are left out."""
    original = stream.read(MAX_BYTES + 1)
    page = decode(original, name)
    text = _article(page)
    if not text or not text.strip():
        raise ReadingError(f"{name}: no article text found; nothing to read; save the text itself as .txt")
    read_by = f"trafilatura {version('trafilatura')}"
    yield Reading(report=compose(text, name, told(page), original=original, read_by=read_by), original=original)


def told(page: str) -> Hints:
    """What a page's JSON-LD says of it, then its meta tags, then (date only) its other markup."""
    tree = _tree(page)
    if tree is None:
        return Hints()
    linked, metas = _linked(tree), _metas(tree)
    canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    day = parsed_date(linked.get("published") or "") or parsed_date(metas.get("published") or "")
    return Hints(
        outlet=linked.get("outlet") or metas.get("outlet"),
        title=linked.get("title") or metas.get("title") or _text(tree.findtext(".//title")),
        url=_address(canonical) or _address(metas.get("url")) or _address(linked.get("url")),
        published=day or _dated(page),
    )


def _article(page: str) -> str | None:
    from trafilatura import extract  # loading takes most of a second

    text = extract(page, fast=True, include_comments=False, output_format="txt")
    return text if isinstance(text, str) else None


def _tree(page: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _linked(tree: Any) -> dict[str, str | None]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        for node in _nodes(script):
            kinds = node.get("@type")
            if any(str(kind).lower() in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return {
                    "outlet": _named(node.get("publisher")),
                    "title": _text(node.get("headline")),
                    "published": _text(node.get("datePublished")),
                    "url": _text(node.get("url")),
                }
    return {}


def _nodes(script: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return []
    entries = data if isinstance(data, list) else [data]
    entries += [node for entry in entries if isinstance(entry, dict) for node in entry.get("@graph") or []]
    return [entry for entry in entries if isinstance(entry, dict)]


def _metas(tree: Any) -> dict[str, str | None]:
    contents: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if key:
            contents.setdefault(key.lower(), meta.get("content"))
    return {
        field: next((_text(contents[key]) for key in keys if key in contents), None) for field, keys in _METAS.items()
    }


def _named(publisher: Any) -> str | None:
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    return _text(publisher.get("name") if isinstance(publisher, dict) else publisher)


def _text(value: Any) -> str | None:
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def _address(url: str | None) -> str | None:
    return str(url) if url and url.startswith(("https://", "http://")) else None


def _dated(page: str) -> Any:
    from htmldate import find_date

    try:
        found = find_date(page, extensive_search=False, original_date=True)
    except (ValueError, TypeError):
        return None
    return parsed_date(found) if found else None
