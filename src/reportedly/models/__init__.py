"""Models that the package carries: found, checked and loaded once, when first asked for."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

GRAPHS = ("model.onnx", "head.onnx")
PARTS = (*GRAPHS, "tokenizer.json", "card.json")


class OnnxNetwork:
    """The attribution network run by onnxruntime on one thread."""

    def __init__(self, encoder: "InferenceSession", head: "InferenceSession", moves: Floats) -> None:
        self._encoder, self._head, self.moves = encoder, head, moves

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """Cue scores [windows, length, 6] and token vectors [windows, length, width]."""
        cue, vectors = self._encoder.run(None, {"ids": ids, "features": features})
        return cue, vectors

    def roles(self, near: Floats, marks: Ints, distances: Ints) -> tuple[Floats, Floats]:
        """Role scores [cues, reach, 9] and reality scores [cues]."""
        roles, real = self._head.run(None, {"near": near, "marks": marks, "distances": distances})
        return roles, real[:, 0]


@dataclass(frozen=True)
class Loaded:
    """A network, the tokenizer it was trained with, and its card."""

    network: OnnxNetwork
    tokenizer: "Tokenizer"
    card: dict[str, Any]


def folder(name: str) -> Traversable:
    """Where a model lies in the package."""
    return resources.files(__package__).joinpath(name)


def is_present(name: str) -> bool:
    """Whether the package carries the model whole, and what runs it is installed."""
    from importlib.util import find_spec

    files = all(folder(name).joinpath(part).is_file() for part in PARTS)
    return files and find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None


def digest(place: Traversable) -> str:
    """The SHA-256 of a model's graphs, one after the other."""
    return hashlib.sha256(b"".join(place.joinpath(part).read_bytes() for part in GRAPHS)).hexdigest()


def open_model(place: Traversable) -> Loaded:
    """The model in a folder. Raises ReportedlyError where its graphs are not those that its card names."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    card = json.loads(place.joinpath("card.json").read_text("utf-8"))
    if digest(place) != card["sha256"]:
        raise ReportedlyError(f"{place}: the model's files are not those its card names; install the package again")
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    sessions = [
        InferenceSession(place.joinpath(part).read_bytes(), options, providers=["CPUExecutionProvider"])
        for part in GRAPHS
    ]
    network = OnnxNetwork(sessions[0], sessions[1], np.array(card["moves"], np.float32))
    return Loaded(network, Tokenizer.from_str(place.joinpath("tokenizer.json").read_text("utf-8")), card)


@cache
def load(name: str = "attribution-en") -> Loaded:
    """The package's model `name`, loaded once a process."""
    return open_model(folder(name))
