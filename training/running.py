"""A torch network behind the interface that the reader of the package uses."""

from __future__ import annotations

import numpy as np
import torch

from reportedly.attribute.decode import Floats
from reportedly.attribute.pieces import Ints
from training.network import Reader


class TorchNetwork:
    """`reportedly.attribute.scan.Network` run by torch."""

    def __init__(self, reader: Reader, half: bool = False) -> None:
        self.reader, self.half = reader.eval(), half
        self.moves: Floats = reader.chain.transitions().detach().numpy()

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            cue, vectors = self.reader.encoder(torch.from_numpy(ids), torch.from_numpy(features))
        return cue.float().numpy(), vectors.float().numpy()

    def roles(self, near: Floats, marks: Ints, distances: Ints) -> tuple[Floats, Floats]:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            roles, real = self.reader.head(
                *(torch.from_numpy(np.ascontiguousarray(x)) for x in (near, marks, distances))
            )
        return roles.float().numpy(), real.float().numpy()
