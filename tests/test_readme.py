"""README's transcript is what `make demo` prints."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_transcript_is_what_the_demo_prints(tmp_path: Path) -> None:
    wide = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    demo = [sys.executable, str(ROOT / "examples/demo.py")]
    made = subprocess.run(demo, cwd=tmp_path, env=wide, capture_output=True, check=True)
    printed, readme = _flat(made.stdout.decode()), (ROOT / "README.md").read_text("utf-8")
    shown = readme.split("<!-- transcript -->")[1].split("```")[1]
    pieces = [_flat(piece) for piece in shown.split("\n...\n") if piece.strip()]
    assert len(pieces) > 2
    assert [piece for piece in pieces if piece not in printed] == []


def _flat(text: str) -> str:
    return " ".join(text.split())
