"""Compile lexicon/countries.tsv: names and Wikidata ids from rigour (MIT), the rest from demonyms.tsv beside this file.

    python -m training.compile_countries

rigour is needed to build the table, never to use it. Only today's states and common territories are kept.
"""

import csv
from pathlib import Path

from rigour.territories import Territory, get_territories

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "reportedly" / "lexicon" / "countries.tsv"
COLUMNS = ["code", "name", "full_name", "aliases", "adjectives", "people", "capitals", "wikidata", "region"]
# Codes that are no place anyone speaks for, and names that a newspaper writes otherwise.
LEFT_OUT = {"un", "eu", "zz", "ip", "um", "aq", "bv", "hm", "tf", "gs", "dg", "cp", "ic"}
COMMON = {
    "hk": "Hong Kong",
    "mo": "Macau",
    "tr": "Turkey",
    "nr": "Nauru",
    "ci": "Ivory Coast",
    "cg": "Republic of Congo",
}


def own_words() -> dict[str, dict[str, str]]:
    """The rows of demonyms.tsv by code."""
    with (HERE / "demonyms.tsv").open(encoding="utf-8") as handle:
        return {row["code"]: row for row in csv.DictReader(handle, delimiter="\t")}


def row(territory: Territory, own: dict[str, str]) -> list[str]:
    """One line of the table."""
    name = COMMON.get(territory.code, territory.name)
    aliases = [a for a in own.get("aliases", "").split("|") if a and a != name]
    if territory.name not in (name, *aliases):
        aliases.append(territory.name)
    words = [own.get(key, "") for key in ("adjectives", "people", "capitals")]
    return [territory.code, name, territory.full_name, "|".join(aliases), *words, territory.qid, territory.region or ""]


def main() -> None:
    """Write the table, sorted by code."""
    own = own_words()
    kept = [t for t in get_territories() if len(t.code) == 2 and not t.is_historical and t.code not in LEFT_OUT]
    lines = [
        "\t".join(COLUMNS),
        "# Written by training/compile_countries.py; change demonyms.tsv there, not this file.",
    ]
    lines += ["\t".join(row(t, own.get(t.code, {}))) for t in sorted(kept, key=lambda t: t.code)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
