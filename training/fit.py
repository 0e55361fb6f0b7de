"""The training loop: one-cycle AdamW, averaged weights, checkpoints that a stopped run takes up again."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from training.batches import Batch, batches
from training.network import Reader
from training.passages import Passage


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run besides its data."""

    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.02
    warm: float = 0.1
    averaging: float = 0.995
    forgotten: float = 0.06
    dropout: float = 0.1
    seed: int = 1
    half: bool = True
    save_every: int = 50
    minutes: float | None = None


class Run:
    """The state of one training: weights, their running average, the optimiser and how far it is."""

    def __init__(self, reader: Reader, plan: Plan, steps: int) -> None:
        self.reader, self.plan, self.steps, self.step = reader, plan, steps, 0
        self.began, self.resumed = time.monotonic(), 0.0
        reader.encoder.words.weight.requires_grad_(False)  # other topics bring other words: keep theirs as they were
        self.average = copy.deepcopy(reader)
        groups: dict[tuple[bool, bool], list[Tensor]] = {}
        for name, weight in reader.named_parameters():
            if weight.requires_grad:
                slow = name.startswith("encoder.") and not name.startswith(("encoder.cue", "encoder.project"))
                groups.setdefault((slow, weight.dim() > 1), []).append(weight)
        self.optimiser = torch.optim.AdamW(
            [
                {
                    "params": weights,
                    "rate": plan.encoder_rate if slow else plan.head_rate,
                    "weight_decay": plan.decay if matrix else 0.0,
                }
                for (slow, matrix), weights in groups.items()
            ],
            fused=True,
        )

    def done(self) -> float:
        """How much of the plan is behind: by steps, or with `minutes` by the clock since start or resumption."""
        if self.plan.minutes is None:
            return self.step / self.steps
        spent = (time.monotonic() - self.began) / (60 * self.plan.minutes)
        return min(1.0, self.resumed + (1 - self.resumed) * spent)

    def set_rates(self) -> None:
        """Linear warm-up, then linear down to a hundredth."""
        done, warm = self.done(), self.plan.warm
        share = done / warm if done < warm else max(0.01, (1 - done) / (1 - warm))
        for group in self.optimiser.param_groups:
            group["lr"] = group["rate"] * max(share, 1e-3)

    def advance(self, batch: Batch) -> dict[str, float]:
        """One step; the parts of the loss."""
        self.set_rates()
        parts = losses(self.reader, batch, self.plan)
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([w for w in self.reader.parameters() if w.requires_grad], 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self.plan.averaging, self.step / (self.step + 10))
        with torch.no_grad():
            for mean, weight in zip(self.average.parameters(), self.reader.parameters(), strict=True):
                if weight.requires_grad:
                    mean.lerp_(weight, 1 - keep)
        return {name: float(part.detach()) for name, part in parts.items()}

    def save(self, path: Path) -> None:
        """Write everything that `resume` needs; the old checkpoint stays until the new one is whole."""
        state = {
            "reader": self.reader.state_dict(),
            "average": self.average.state_dict(),
            "step": self.step,
            "done": self.done(),
            "optimiser": self.optimiser.state_dict(),
            "plan": asdict(self.plan),
        }
        fresh = path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(path)

    def resume(self, path: Path) -> None:
        """Take up a saved run."""
        state = torch.load(path, weights_only=True)
        self.reader.load_state_dict(state["reader"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        self.resumed = state.get("done", self.step / self.steps)


def losses(reader: Reader, batch: Batch, plan: Plan) -> dict[str, Tensor]:
    """Cue tagging, roles of the true cues, and cue or not, each as a mean."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.half):
        cue, vectors = reader.encoder(batch.ids, batch.features)
        vectors = F.dropout(vectors, plan.dropout)
        reach = batch.marks.shape[1]
        at = (batch.firsts[:, None] + torch.arange(reach)).clamp(max=vectors.shape[1] - 1)
        roles, real = reader.head(vectors[batch.rows[:, None], at], batch.marks, batch.distances)
    told = batch.answered
    chain = reader.chain.loss(roles[told], batch.role_tags[told], batch.distances[told] > 0)
    truth = F.binary_cross_entropy_with_logits(real, told.float())
    weights = torch.tensor([1.0, 2.0, 2.0])  # cues are one piece in thirty: missing one costs more
    tags = F.cross_entropy(cue.reshape(-1, 3), batch.cue_tags.flatten(), weight=weights, ignore_index=-100)
    return {"cue": 16 * tags, "roles": 0.15 * chain.mean(), "real": 0.3 * truth}


def fit(run: Run, epochs: Sequence[Callable[[], list[Passage]]], tokenizer: Tokenizer, folder: Path) -> None:
    """Train to the end of the plan from wherever `run` stands; data are read anew at each epoch."""
    done, started = 0, time.monotonic()
    log = (folder / "log.jsonl").open("a", encoding="utf-8")
    for epoch, read in enumerate(epochs):
        if run.done() >= 1:
            break
        for batch in batches(read(), tokenizer, run.plan.seed * 1000 + epoch, run.plan.forgotten):
            done += 1
            if done <= run.step:
                continue
            if run.plan.minutes is not None and run.done() >= 1:
                break
            parts = {name: round(part, 4) for name, part in run.advance(batch).items()}
            spent = round(time.monotonic() - started, 1)
            line = {"step": run.step, "of": run.steps, "pieces": batch.ids.numel(), "seconds": spent, **parts}
            print(json.dumps(line), file=log, flush=True)
            if run.step % run.plan.save_every == 0:
                run.save(folder / "checkpoint.pt")
        run.save(folder / "checkpoint.pt")
