"""The words of the cue vocabulary in every form they take, for readers that see no grammar."""

import re
from functools import lru_cache

from reportedly.lexicon import table

_WORD = re.compile(r"[\w'’-]+")
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


@lru_cache(maxsize=8)
def forms(folder: str | None = None) -> frozenset[str]:
    """Every form of the first word of each certain cue, in lower case."""
    irregular = {row["lemma"]: row["forms"].split() for row in table("irregular_verbs.tsv", folder)}
    out: set[str] = set()
    for row in table("cues.tsv", folder):
        if row["certainty"] == "certain":
            lemma = row["lemma"].split()[0].casefold()
            out |= {*inflected(lemma), *irregular.get(lemma, ())}
    return frozenset(out)


def inflected(lemma: str) -> set[str]:
    """A word with the regular endings of a verb.

    >>> sorted(inflected("deny"))
    ['denied', 'denies', 'deny', 'denyed', 'denying', 'denys']
    """
    out = {lemma + ending for ending in ("", "s", "ed", "ing")}
    if lemma.endswith("e"):
        out |= {lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y"):
        out |= {lemma[:-1] + "ied", lemma[:-1] + "ies"}
    if lemma.endswith(("s", "h", "x", "z", "o")):
        out.add(lemma + "es")
    if _DOUBLED.search(lemma):
        out |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return out


def is_cue(words: str, folder: str | None = None) -> bool:
    """Whether one of these words, in any form, is (the first word of) a certain cue.

    >>> is_cue("has flatly denied"), is_cue("unveiled")
    (True, False)
    """
    return any(word.casefold() in forms(folder) for word in _WORD.findall(words))
