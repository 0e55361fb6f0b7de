"""The house rules that a machine can keep: imports run one way, only doors touch the world, nothing is long."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import house

SOURCE = Path(__file__).parent.parent / "src" / "reportedly"
FILES = sorted(SOURCE.rglob("*.py"))
DOORS = {"readers", "ledgers", "exporters", "web", "cli", "__main__"}
LOADERS = {"lexicon", "language", "models"}
ORDER = [
    "errors",
    "model",
    "lexicon",
    "language",
    "segment",
    "attribute",
    "resolve",
    "normalise",
    "link",
    "corroborate",
    "review",
    "pipeline",
]
WORLD = {
    "os",
    "sys",
    "io",
    "time",
    "random",
    "socket",
    "subprocess",
    "sqlite3",
    "logging",
    "urllib",
    "http",
    "shutil",
    "tempfile",
}
VAGUE = {"utils", "helpers", "common", "base", "core", "misc"}


def room(path: Path) -> str:
    """The first name under the package: the step or door a file belongs to."""
    part = path.relative_to(SOURCE).parts[0]
    return part.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, in full."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_steps_do_not_touch_the_world(path: Path) -> None:
    if room(path) in DOORS | LOADERS:
        return
    assert not {name.split(".")[0] for name in imports(path)} & WORLD


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    here = room(path)
    if here not in ORDER:
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("reportedly.")} - {here}
    assert not used & DOORS, f"{here} imports a door"
    later = {name for name in used if name in ORDER and ORDER.index(name) > ORDER.index(here)}
    assert not later, f"{here} imports {later}, which come after it"


def test_no_vague_names() -> None:
    assert not [p for p in FILES if p.stem in VAGUE or p.parent.name in VAGUE]


def test_nothing_is_too_long() -> None:
    assert house.faults(SOURCE) == []


def test_the_root_offers_few_names() -> None:
    import reportedly

    assert len([name for name in vars(reportedly) if not name.startswith("_")]) <= 20 + len(ORDER)
