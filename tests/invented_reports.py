"""Reports made for tests, without a door: text in, record out."""

import datetime
import hashlib

from reportedly.model import Report, identify


def report(
    text: str,
    outlet: str | None = "The Harbour Post",
    published: str | None = "2025-03-14",
    name: str = "test",
    title: str | None = None,
) -> Report:
    """A report as a reader would make it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=identify("report", outlet or "", name, digest),
        text=text,
        text_sha256=digest,
        original_sha256=digest,
        name=name,
        outlet=outlet,
        title=title,
        published=datetime.date.fromisoformat(published) if published else None,
    )
