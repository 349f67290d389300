"""The threat model points at tests: each one it names exists, and no adversary is left out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+(?:::\w+)?))?`")
ADVERSARY = re.compile(r"(?m)^### (A\d+) · (.+)$")
ALL = [f"A{number}" for number in range(1, 14)]


@cache
def named_in(path: Path) -> frozenset[str]:
    """The tests of a module, those of a class with the name of the class."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if _is_test(one)}
        elif _is_test(node):
            found.add(node.name)
    return frozenset(found)


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_"


def sections() -> dict[str, str]:
    """What the page says of each adversary."""
    text = PAGE.read_text(encoding="utf-8").partition("\n## What is kept")[0]
    pieces = ADVERSARY.split(text)
    return dict(zip(pieces[1::3], pieces[3::3], strict=True))


def test_every_test_that_is_named_exists() -> None:
    """A promise that points at nothing is found here: file and test are looked up."""
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or (test and test not in named_in(ROOT / file))
    ]
    assert (missing, len(named) > 30) == ([], True)


def test_every_adversary_has_a_promise_and_a_proof() -> None:
    """A1 to A13, each with what is promised and with at least one test that holds it."""
    told = sections()
    assert list(told) == ALL
    assert [name for name in ALL if "**Promise.**" not in told[name]] == []
    assert [name for name in ALL if not NAMED.search(told[name])] == []


def test_what_is_not_promised_is_said() -> None:
    """Where something cannot be promised the page says so; A12 alone has nothing to add."""
    told = {name: " ".join(text.split()) for name, text in sections().items()}
    assert [name for name, text in told.items() if "**Not promised:**" not in text] == ["A12"]
