"""What the sources may not say, in any room: the rules that no linter knows."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "storage", "flows")
FOLDERS = {"bot", "docs", "flows", "locales", "storage", "tests"}
PURE = {"__future__", "array", "collections", "dataclasses", "datetime", "enum", "flows"} | {
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "re",
    "types",
    "typing",
    "unicodedata",
    "urllib",
}
DOING = {"open", "print", "input", "eval", "exec", "__import__"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "perf_counter", "localtime")),
}
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE = re.compile(r"(?<![\w.\])}/])/(home|Users|root|work|mnt|media)/\w")
REGISTRY = re.compile(r"pypi\.|pythonhosted\.|npmjs\.|anaconda\.|crates\.io|ghcr\.io|docker\.io")
TEXT = {".css", ".csv", ".html", ".js", ".md", ".po", ".pot", ".py", ".toml", ".txt", ".yml"}
PLAIN = ("Makefile", "antenna", ".env.example", ".ci/run", "docs/antenna.service", "docs/Caddyfile")
CALLING = {"ClientSession", "build_opener", "urlopen"} | {
    "HTTPConnection",
    "HTTPSConnection",
    "create_connection",
    "open_connection",
}
SKIPPING = {"skip", "skipif", "xfail", "importorskip"}


def texts() -> Iterator[Path]:
    """Every text of the repository that somebody wrote."""
    yield from (path for path in ROOT.iterdir() if path.suffix in TEXT)
    yield from (ROOT / name for name in PLAIN)
    for folder in sorted(FOLDERS):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXT)


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of some folders, with its place."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The packages a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


def remarks(path: Path) -> str:
    """What is said beside the code: the comments of a module, the whole of any other text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join(token.string for token in tokens if token.type == tokenize.COMMENT)


def test_nothing_is_left_for_later() -> None:
    """No remark says that something is still to do: that belongs where work is planned."""
    found = [str(p.relative_to(ROOT)) for p in texts() if LATER.search(remarks(p))]
    assert found == []


def test_no_path_of_a_machine_is_written_down() -> None:
    """No text names a folder of whoever wrote it."""
    found = {
        str(path.relative_to(ROOT)): seen[0]
        for path in texts()
        if (seen := MACHINE.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_registry_is_named() -> None:
    """Where packages come from is the business of whoever installs them."""
    found = {
        str(path.relative_to(ROOT)): seen[0]
        for path in texts()
        if path != Path(__file__) and (seen := REGISTRY.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_nothing_lies_about() -> None:
    """The repository has its folders and no other: a test or a tool left nothing behind."""
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert found - {"data"} == FOLDERS


def test_one_module_looks_at_the_clock() -> None:
    """Everything else is given the time, so that a test can give another."""
    found = {
        f"{place}:{node.lineno}"
        for place, tree in trees(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS
    }
    assert {place.partition(":")[0] for place in found} == {"bot/clock.py"}
    named = [place for place, tree in trees(*ROOMS) if "time" in imported(tree)]
    assert named == ["bot/clock.py"]


def test_flows_only_say_and_decide() -> None:
    """They import a few plain modules, open nothing, print nothing and wait for nothing."""
    strange = {place: imported(tree) - PURE for place, tree in trees("flows")}
    assert {place: names for place, names in strange.items() if names} == {}
    doing = [
        f"{place}:{node.lineno}"
        for place, tree in trees("flows")
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef | ast.Global)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in DOING)
    ]
    assert doing == []


def test_a_bare_yield_lives_with_the_steps() -> None:
    """Everywhere else a step is asked through a typed helper, so that a typo is found.

    What says in its head that it only counts something up yields no steps.
    """
    bare = {
        place
        for place, tree in trees("flows")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not _counts_up(node)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Yield)
    }
    assert bare == {"flows/steps.py"}


def _counts_up(function: ast.FunctionDef) -> bool:
    return function.returns is not None and ast.unparse(function.returns).startswith("Iterator[")


def test_every_test_says_what_it_proves() -> None:
    """A test begins with its property, and none can be skipped or expected to fail."""
    silent, skipping = [], []
    for place, tree in trees("tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                is_test = node.name.startswith("test_") and Path(place).name.startswith("test_")
                if is_test and not ast.get_docstring(node):
                    silent.append(f"{place}:{node.lineno}")
            if isinstance(node, ast.Attribute) and node.attr in SKIPPING:
                skipping.append(f"{place}:{node.lineno}")
    assert (silent, skipping) == ([], [])


def test_four_modules_call_out() -> None:
    """The wire to Telegram, the doctor, the webhooks of the local one, the translator: no more."""
    calling = {
        place
        for place, tree in trees(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and ast.unparse(node).rpartition(".")[2] in CALLING
    }
    assert calling == {
        "bot/doctor/telegram.py",
        "bot/local/webhook.py",
        "bot/meaning/libretranslate.py",
        "bot/telegram/client.py",
    }
