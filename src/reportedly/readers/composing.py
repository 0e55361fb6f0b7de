"""Text and what is known of it -> a Report: its id, hashes, language."""

import datetime
import hashlib
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import msgspec

from reportedly.errors import ReadingError
from reportedly.model import Report, identify
from reportedly.readers.decoding import canonical

SURE = 0.8  # below it py3langid errs on short news texts


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What the user, or a file beside the text, tells about it."""

    outlet: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    title: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it came: its original bytes, and the place (path, "file.jsonl#id") it was found at."""

    report: Report
    original: bytes
    location: str | None = None


def compose(
    text: str, name: str, hints: Hints = Hints(), *, original: bytes | None = None, read_by: str = ""
) -> Report:
    """The report that a text makes; `original` are the bytes it came from (else the text itself)."""
    clean = canonical(text)
    sha256 = hashlib.sha256(clean.encode()).hexdigest()
    return Report(
        id=identify("report", hints.outlet or "", hints.url or name, sha256),
        text=clean,
        text_sha256=sha256,
        original_sha256=hashlib.sha256(text.encode() if original is None else original).hexdigest(),
        name=name,
        outlet=hints.outlet,
        url=hints.url,
        title=hints.title,
        published=hints.published,
        language=language(clean),
        read_by=read_by,
    )


def hinted(report: Report, hints: Hints) -> Report:
    """The report with what the hints add or overrule, and the id that follows from it."""
    told: dict[str, Any] = {field: value for field in hints.__struct_fields__ if (value := getattr(hints, field))}
    if not told:
        return report
    new = msgspec.structs.replace(report, **told)
    return msgspec.structs.replace(new, id=identify("report", new.outlet or "", new.url or new.name, new.text_sha256))


def language(text: str) -> str:
    """ISO 639-1 code of the text's language; "en" where a short text leaves it open."""
    code, probability = _identifier().classify(text[:20_000])
    return str(code) if probability >= SURE else "en"


def date_of(words: object, name: str) -> datetime.date | None:
    """The day of an ISO or e-mail date ("2024-11-15", "2024-11-15T09:00:00Z", "Fri, 15 Nov 2024 09:00:00 +0900").

    None for nothing; ReadingError for words that are no date.
    """
    if words is None or not str(words).strip():
        return None
    day = parsed_date(str(words).strip())
    if day is None:
        raise ReadingError(f"{name}: bad date {str(words)[:40]!r}; relative dates hang on it; write YYYY-MM-DD")
    return day


def parsed_date(words: str) -> datetime.date | None:
    """The day that a machine's date names, in its own time zone; None when it names none."""
    for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(words).date()
        except (ValueError, TypeError, OverflowError):
            continue
    return None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loading takes a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
