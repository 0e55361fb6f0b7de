"""What a name may stand for: states, own rows, and the compiled index of cities, regions and counties."""

import gzip
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

from reportedly.lexicon import table
from reportedly.lexicon.countries import countries

Kind = Literal["state", "area", "region", "capital", "city", "other", "county"]
SHORT = re.compile(r"[A-Z]{2,4}")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a name may stand for.

    `kind`: state, area (own row: sea, site, part of the world), region (first division of a state), county, capital,
    city, other (a city under another spelling).
    `region` is GeoNames' code of the first division; `people` how many live there.
    """

    name: str
    kind: Kind
    country: str | None
    region: str
    lat: float | None
    lon: float | None
    people: int = 0
    id: str | None = None


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name as it is looked up: no accents, marks or capitals; "St." is "saint".

    >>> fold("St. Côte-d'Or"), fold("U.S.")
    ('saint cote dor', 'us')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʼ", "'").replace("ı", "i"))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[.']", "", re.sub(r"[-–‐\s]+", " ", kept)).strip()
    return re.sub(r"^(?:st|ste) ", "saint ", words)


@lru_cache(maxsize=8192)
def candidates(name: str) -> tuple[Candidate, ...]:
    """Everything a name may stand for, states and own rows first; () when it is no place's name."""
    if SHORT.fullmatch(name.replace(".", "")) or name.endswith("."):
        return _short().get(_abbreviation(name), ())
    if not name[:1].isupper():
        return ()
    known, indexed = _known().get(fold(name), ()), _indexed(fold(name))
    own = {c.country: c for c in known if c.kind == "region"}
    divisions = {c.country: c.region for c in indexed if c.kind == "region"}
    # An own row has the better point; the index knows which towns lie in it.
    known = tuple(
        msgspec.structs.replace(c, region=divisions.get(c.country, "")) if c.kind == "region" else c
        for c in known
        if not (c.kind == "state" and c.country in own and c.name != own[c.country].name)
    )
    # A region or another spelling never takes the name of the state it lies in ("Mexico").
    taken = own.keys() | {c.country for c in known if c.kind == "state"}
    return known + tuple(c for c in indexed if c.kind in ("city", "capital") or c.country not in taken)


@lru_cache(maxsize=1)
def longest() -> int:
    """How many words the longest name of the own rows and states has; names of the index are cut at that."""
    return max(len(key.split()) for key in _known())


@lru_cache(maxsize=8192)
def _indexed(key: str) -> tuple[Candidate, ...]:
    data, mark = _data(), f"\n{key}\t".encode()
    low, high = 0, len(data) - 1
    while low < high:
        middle = data.rfind(b"\n", 0, (low + high) // 2 + 1)
        if middle < low:
            break
        following = data.find(b"\n", middle + 1)
        if data[middle:following] < mark:
            low = following
        else:
            high = middle
    found, at = [], data.find(mark, low, low + 4000)
    while at >= 0 and data.startswith(mark, at):
        end = data.find(b"\n", at + 1)
        found.append(_row(data[at + 1 : end].decode()))
        at = end
    return tuple(found)


def _row(line: str) -> Candidate:
    _, name, country, kind, region, lat, lon, people, number = line.split("\t")
    return Candidate(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        country=country,
        region=region,
        lat=float(lat),
        lon=float(lon),
        people=int(people),
        id=number or None,
    )


@lru_cache(maxsize=1)
def _data() -> bytes:
    return gzip.decompress(resources.files("reportedly.lexicon").joinpath("places.tsv.gz").read_bytes())


@lru_cache(maxsize=1)
def _points() -> dict[str, tuple[float, float]]:
    return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in table("country_points.tsv")}


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, tuple[Candidate, ...]] = {}
    for names, candidate in (*_states(), *_own()):
        for name in names:
            if not _is_short(name):
                found[fold(name)] = (*found.get(fold(name), ()), candidate)
    return found


@lru_cache(maxsize=1)
def _short() -> dict[str, tuple[Candidate, ...]]:
    # Capitals alone and words with a full stop name a place only where a row says so: "US", never "us", "Ill.".
    found: dict[str, tuple[Candidate, ...]] = {}
    for names, candidate in (*_states(), *_own()):
        for name in names:
            if _is_short(name):
                found.setdefault(_abbreviation(name), (candidate,))
    return found


def _is_short(name: str) -> bool:
    return bool(SHORT.fullmatch(name.replace(".", ""))) or name.endswith(".")


def _abbreviation(name: str) -> str:
    # "U.S." is "US"; "Miss." keeps the mark that tells it from a word.
    bare = name.replace(".", "")
    return bare if SHORT.fullmatch(bare) else name


def _states() -> list[tuple[frozenset[str], Candidate]]:
    out = []
    for code, country in countries().items():
        lat, lon = _points().get(code, (None, None))
        state = Candidate(name=country.name, kind="state", country=code, region="", lat=lat, lon=lon)
        out.append((country.names, state))
    return out


def _own() -> list[tuple[frozenset[str], Candidate]]:
    out = []
    for row in table("own_places.tsv"):
        kind: Kind = row["kind"] if row["kind"] in ("state", "region") else "area"  # type: ignore[assignment]
        point = float(row["lat"]), float(row["lon"])
        lat, lon = _points().get(row["country"], point) if kind == "state" else point
        own = Candidate(name=row["name"], kind=kind, country=row["country"] or None, region="", lat=lat, lon=lon)
        out.append((frozenset(filter(None, [row["name"], *row["aliases"].split("|")])), own))
    return out
