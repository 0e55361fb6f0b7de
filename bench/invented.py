"""Example-like reports in any number: invented places, people and figures, varied text, the same for the same seed."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

TOWNS = [
    "Sarrin",
    "Velk",
    "Haldenport",
    "Orlan",
    "Bremtal",
    "Kesto",
    "Lurin",
    "Ombrey",
    "Pasvik",
    "Quarn",
    "Rothel",
    "Senn",
    "Tolvar",
    "Ustrel",
    "Varno",
    "Wexa",
]
RIVERS = ["Orla", "Tamse", "Virn", "Lede", "Marr", "Osk", "Peln", "Ruhn"]
STATES = ["Maldora", "Tarvenia", "Ostmark", "Quessland", "Ardovia", "Brennia"]
FIRST = [
    "Petra",
    "Marek",
    "Ilse",
    "Pavel",
    "Lena",
    "Jon",
    "Ana",
    "Tom",
    "Rika",
    "Sol",
    "Edda",
    "Viktor",
    "Nadia",
    "Omar",
    "Celia",
    "Bruno",
]
LAST = [
    "Vane",
    "Dovan",
    "Brandt",
    "Renn",
    "Orlik",
    "Hale",
    "Lisko",
    "Adair",
    "Mors",
    "Teller",
    "Quint",
    "Ferro",
    "Salk",
    "Ingram",
    "Voss",
    "Keller",
]
OUTLETS = ("Northern Wire", "The Harbour Post", "Daily Meridian", "Lowland Courier", "Coast Daily", "Radio Morrow")
BODIES = (
    "the civil protection agency",
    "the interior ministry",
    "the army",
    "the health ministry",
    "the port authority",
)
EVENTS = (
    "At least {n} people were killed and {m} injured when the {river} river flooded {town} on {day}, {who} said.",
    "A fire at a warehouse in {town} killed {n} workers on {day}, {body} said.",
    "{state} has sent about {k} soldiers to the border near {town} since {month}, two officials said.",
    "An earthquake of magnitude {q} struck {town} early on {day}, according to {body}.",
    "Police arrested {n} people after a march in {town} on {day}, {who} said.",
    "A ferry with {m} people on board ran aground off {town} on {day}, {body} reported.",
)
QUOTES = (
    "“We did not expect {thing} to come so quickly,” {last} said.",
    "“There is no reason to believe that {thing} will return before spring,” {last} told reporters.",
    "{last} said that {thing} had been seen by {m} families, and that help was on its way.",
    "{Body} denied that {thing} had been reported earlier.",
    "Residents said that {thing} reached them only after {n} hours.",
    "{state}’s government said it would send {k} tents to {town} by the end of the week.",
    "Forecasters warned that {thing} could reach {town2} on Friday.",
    "More than {k} houses were damaged, {body} said, and as many as {m} roads remained closed.",
    "The {state} Foreign Ministry said on {day} that it had offered fuel and doctors to {town2}.",
    "A spokesman for {body} declined to comment on {thing}.",
)
THINGS = (
    "the water",
    "the smoke",
    "the wind",
    "the warning",
    "the convoy",
    "the new order",
    "the second wave",
    "the mud",
)


def reports(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Lines as a .jsonl reader takes them; about a tenth copy an earlier report under another outlet's name."""
    chance = random.Random(seed)
    kept: list[dict[str, Any]] = []
    for number in range(count):
        row = _copy(chance, kept) if kept and chance.random() < 0.1 else _fresh(chance)
        row = {**row, "id": f"report-{number}", "url": f"https://news.example/{number}"}
        kept = [*kept[-200:], row]
        yield row


def _copy(chance: random.Random, kept: list[dict[str, Any]]) -> dict[str, Any]:
    source = chance.choice(kept)
    outlet = chance.choice([o for o in OUTLETS if o != source["publisher"]])
    return {**source, "publisher": outlet}


def _fresh(chance: random.Random) -> dict[str, Any]:
    day = datetime.date(2025, 1, 6) + datetime.timedelta(days=chance.randrange(300))
    names = _names(chance, day)
    lines = [_line(chance, names, EVENTS)] + [_line(chance, names, QUOTES) for _ in range(chance.randint(4, 9))]
    text = f"{names['town'].upper()}, {day:%B} {day.day} — " + "\n".join(lines)
    return {"publisher": chance.choice(OUTLETS), "published": day.isoformat(), "text": text}


def _names(chance: random.Random, day: datetime.date) -> dict[str, str]:
    last = chance.choice(LAST)
    return {
        "town": chance.choice(TOWNS) + chance.choice(["", "", "-on-Sea", " Falls", "burg"]),
        "town2": chance.choice(TOWNS),
        "river": chance.choice(RIVERS),
        "state": chance.choice(STATES),
        "last": last,
        "who": f"Governor {chance.choice(FIRST)} {last}",
        "day": f"{day:%A}",
        "month": "January",
    }


def _line(chance: random.Random, names: dict[str, str], patterns: tuple[str, ...]) -> str:
    body = chance.choice(BODIES)
    fills = {
        **names,
        "body": body,
        "Body": body.capitalize(),
        "thing": chance.choice(THINGS),
        "n": str(chance.randint(3, 60)),
        "m": str(chance.randint(20, 900)),
        "k": f"{chance.randint(1, 40) * 250:,}",
        "q": f"{chance.uniform(4, 7):.1f}",
    }
    return chance.choice(patterns).format(**fills)
