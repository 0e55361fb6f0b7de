"""The network: a small shared encoder, a cue tagger, and a head that reads source and content for one cue at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

FEATURES = 24  # case (4) x quotation (3) x first piece of a paragraph (2)
CUE_TAGS = 6  # outside, begin, inside: of cues that stand in nobody's content, then of those inside one
ROLE_TAGS = 9  # outside, then begin, inside, end, single for source and for content
DISTANCES = 32  # log-scaled buckets of the signed distance to the cue
FORBIDDEN = -1e4


@dataclass(frozen=True)
class Shape:
    """The sizes that a checkpoint must agree on."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    head_width: int = 192
    head_heads: int = 6


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.mixed = nn.Linear(width, width)
        self.norm_mixed = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_out = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores: [batch, 1, 1, length]."""
        batch, length, width = x.shape
        q, k, v = (
            part(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        got = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm_mixed(x + self.mixed(got.transpose(1, 2).reshape(batch, length, width)))
        return self.norm_out(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """Word pieces and their features -> one vector a piece, and the cue tags."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.features = nn.Embedding(FEATURES, shape.width)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape.width, shape.heads, shape.inner) for _ in range(shape.layers))
        self.cue = nn.Linear(shape.width, CUE_TAGS)
        self.project = nn.Linear(shape.width, shape.head_width)

    def forward(self, pieces: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """[batch, length] ids (0 = padding) -> cue scores [batch, length, 6], token vectors [batch, length, head]."""
        length = pieces.shape[1]
        mask = (pieces == 0)[:, None, None, :].float() * FORBIDDEN
        x = self.words(pieces) + self.places.weight[:length] + self.features(features)
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return self.cue(x).float(), self.project(x)


class RoleHead(nn.Module):
    """Token vectors round one cue -> role scores for each token, and whether the cue is one."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.head_width
        self.marks = nn.Embedding(3, width)
        self.distances = nn.Embedding(DISTANCES, width)
        self.from_cue = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layer = Layer(width, shape.head_heads, width * 3)
        self.roles = nn.Linear(width, ROLE_TAGS)
        self.real = nn.Linear(2 * width, 1)

    def forward(self, near: Tensor, marks: Tensor, distances: Tensor) -> tuple[Tensor, Tensor]:
        """near [cues, length, width], marks (1 cue, 2 its paragraph), distances (0 = padding) [cues, length]."""
        on_cue = (marks == 1).to(near.dtype)[:, :, None]
        cue = (near * on_cue).sum(1) / on_cue.sum(1).clamp(min=1)
        pad = (distances == 0).float()
        x = near + self.from_cue(cue)[:, None] + self.marks(marks) + self.distances(distances)
        x = self.layer(self.norm(x), pad[:, None, None, :] * FORBIDDEN)
        kept = (1 - pad).to(x.dtype)[:, :, None]
        best = (x * kept).sum(1) / kept.sum(1).clamp(min=1)
        at_cue = (x * on_cue).sum(1) / on_cue.sum(1).clamp(min=1)
        return self.roles(x).float(), self.real(torch.cat([at_cue, best], -1)).float()[:, 0]


def permitted() -> Tensor:
    """[10, 9] which tag may follow which; row 9 is the start of the sequence."""
    ok = torch.zeros(ROLE_TAGS + 1, ROLE_TAGS, dtype=torch.bool)
    openers = [0, 1, 4, 5, 8]
    for before in (0, 3, 4, 7, 8, 9):
        ok[before, openers] = True
    for first in (1, 5):
        ok[first, [first + 1, first + 2]] = True
        ok[first + 1, [first + 1, first + 2]] = True
    return ok


class Chain(nn.Module):
    """A linear-chain conditional random field over the nine role tags."""

    def __init__(self) -> None:
        super().__init__()
        self.scores = nn.Parameter(torch.zeros(ROLE_TAGS + 1, ROLE_TAGS))
        self.register_buffer("ok", permitted(), persistent=False)

    def transitions(self) -> Tensor:
        """[10, 9] scores, those not permitted at -1e4."""
        return self.scores.masked_fill(~self.ok, FORBIDDEN)  # type: ignore[operator]

    def loss(self, emitted: Tensor, tags: Tensor, kept: Tensor) -> Tensor:
        """Negative log-likelihood of `tags` for each cue; `kept` (bool) is false on padding at the right."""
        moves = self.transitions()
        right = emitted.gather(2, tags[:, :, None])[:, :, 0]
        before = torch.cat([tags.new_full((len(tags), 1), ROLE_TAGS), tags[:, :-1]], 1)
        gold = ((right + moves[before, tags]) * kept).sum(1)
        alpha = emitted[:, 0] + moves[ROLE_TAGS]
        for step in range(1, emitted.shape[1]):
            new = torch.logsumexp(alpha[:, :, None] + moves[:ROLE_TAGS], 1) + emitted[:, step]
            alpha = torch.where(kept[:, step, None], new, alpha)
        closing = torch.tensor([0.0, FORBIDDEN, FORBIDDEN, 0, 0, FORBIDDEN, FORBIDDEN, 0, 0])
        return torch.logsumexp(alpha + closing, 1) - gold


class Reader(nn.Module):
    """The whole network."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder, self.head, self.chain = Encoder(shape), RoleHead(shape), Chain()


def load_bert(reader: Reader, path: Path) -> None:
    """Fill the encoder from BERT weights in `path` (model.safetensors)."""
    held = {name.removeprefix("bert."): tensor for name, tensor in load_file(str(path)).items()}
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mixed": "attention.output.dense",
        "norm_mixed": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_out": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        names[f"norm.{kind}"] = f"embeddings.LayerNorm.{kind}"
        for i in range(reader.shape.layers):
            names |= {
                f"layers.{i}.{ours}.{kind}": f"encoder.layer.{i}.{theirs}.{kind}" for ours, theirs in parts.items()
            }
    state = reader.encoder.state_dict()
    state |= {ours: held[theirs] for ours, theirs in names.items()}
    state["words.weight"] = state["words.weight"] + held["embeddings.token_type_embeddings.weight"][0]
    reader.encoder.load_state_dict(state)
