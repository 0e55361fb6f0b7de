"""What `make demo` shows: the example reports read, figures with their origins, one chain, what disagrees."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(os.path.relpath(Path(__file__).parent))
LEDGER = "demo.db"


def reportedly(*words: str) -> None:
    """Runs one command as a user would, and shows it."""
    print("\n$ reportedly --ledger demo.db", *words, flush=True)
    subprocess.run([sys.executable, "-m", "reportedly", "--ledger", LEDGER, *words], check=False)


def main() -> None:
    for left in Path().glob("demo.db*"):
        left.unlink()
    print("Twelve invented reports of three invented stories (examples/reports).")
    reportedly("add", str(HERE / "reports"), "--lexicon", str(HERE / "lexicon"))
    reportedly("reports")
    print("\nJ1  Every figure claimed, by whom, with how many independent origins:")
    reportedly("claims", "--with-quantity")
    print("\nJ2  Who first said it, who only repeats:")
    reportedly("origin", "--quote", "the lines must be opened without any delay")
    print("\n    What disagrees:")
    reportedly("conflicts")
    print("\nNext: reportedly --ledger demo.db claims --only-unnamed, or with your own reports: reportedly add FILE...")


if __name__ == "__main__":
    main()
