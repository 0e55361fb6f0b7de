"""Budgets of size and shape: prints medians and the worst, and lists what is over. `python -m bench.house`"""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LINES, NESTING, ARGUMENTS, FILE = 40, 3, 6, 400
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    """One function: where it stands and how large it is."""

    where: str
    lines: int
    nesting: int
    arguments: int


def functions(folder: Path) -> Iterator[Measured]:
    """Every function below a folder, measured in lines of code (no blanks, comments, docstrings)."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                arguments = len(node.args.args) + len(node.args.kwonlyargs)
                where = f"{path.relative_to(folder)}:{node.lineno} {node.name}"
                yield Measured(where, code_lines(node, text.splitlines()), nesting(node), arguments)


def code_lines(node: Function, lines: list[str]) -> int:
    """Lines of code of a function, its docstring, blanks and comments left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    if not body:
        return 1
    inside = lines[body[0].lineno - 1 : node.end_lineno]
    return 1 + sum(1 for line in inside if line.strip() and not line.strip().startswith("#"))


def nesting(node: ast.AST) -> int:
    """How deep blocks stand inside each other; `elif` does not count as deeper."""
    depths = [0]
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, Function):
                continue
            chained = isinstance(node, ast.If) and name == "orelse" and isinstance(child, ast.If)
            depths.append(nesting(child) + (isinstance(child, BLOCKS) and not chained))
    return max(depths)


def file_lines(path: Path) -> int:
    """Lines of code of a file: blanks and comments left out."""
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip() and not line.strip().startswith("#"))


def faults(folder: Path) -> list[str]:
    """What is over budget, one line each."""
    out = []
    for f in functions(folder):
        out += [f"{f.where}: {f.lines} lines, {LINES} at most"] * (f.lines > LINES)
        out += [f"{f.where}: nesting {f.nesting}, {NESTING} at most"] * (f.nesting > NESTING)
        out += [f"{f.where}: {f.arguments} arguments, {ARGUMENTS} at most"] * (f.arguments > ARGUMENTS + 1)
    for path in sorted(folder.rglob("*.py")):
        lines = file_lines(path)
        out += [f"{path.relative_to(folder)}: {lines} lines, {FILE} at most"] * (lines > FILE)
    return out


def main() -> int:
    root = Path(__file__).parent.parent
    source, tests = root / "src" / "reportedly", root / "tests"
    sizes = sorted(f.lines for f in functions(source))
    code = sum(map(file_lines, source.rglob("*.py")))
    middle, p90 = statistics.median(sizes), sizes[int(0.9 * len(sizes))]
    print(f"{len(sizes)} functions: median {middle}, p90 {p90}, most {sizes[-1]}")
    print(f"{code} lines of code, test/code {sum(map(file_lines, tests.rglob('*.py'))) / code:.2f}")
    print(*(found := faults(source)), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
