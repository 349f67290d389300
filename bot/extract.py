"""Collects the words to translate from the code, and brings every catalog up to date with them.

`python -m bot.extract` writes `locales/*.pot` and the .po files of every language that has begun;
with `--check` it writes nothing and fails if there were something to write.

A source that was changed takes its old translation along, marked fuzzy: **stale**. A stale
translation is not shown, whatever its subject: the next language of the chain is, until somebody
has looked at it again. A sentence in another language is an annoyance, a wrong one about rights
does harm, and no program can tell which of the two a changed word makes. Whoever corrects a slip
of the pen in the source removes the mark in the same commit.

The files hold no dates and no line numbers. Messages stand as they are read, file by file in the
order of their names, so that a translator sees a card as a whole and a change shows nothing else.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import denormalize, write_po

from bot import content_extract
from bot.catalogs import (
    BUTTON,
    CONSOLE,
    DOMAINS,
    Key,
    domains_of,
    forms,
    is_translated,
    messages,
    placeholders,
    plural_rule,
    read_catalog,
    sources,
)
from bot.proof import coverage
from bot.roster import SOURCE, Language, LanguagesError, State, read_roster

ROOMS = ("flows", "bot", "storage")
CONTENT = "locales/content"
CONSOLE_PAGES = "bot/console/templates"
OPERATORS = (
    *("bot/console/", "bot/exchange/", "bot/group/", "bot/wording/"),
    *("bot/relay/deeds.py", "bot/relay/mirror_words.py", "bot/relay/refusals.py"),
    *("flows/case_", "flows/repetition.py"),
    *("storage/appointments/", "storage/cases/", "storage/courses/", "storage/services/"),
)
"""How the paths begin of what operators alone read, in the console and in their group."""
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
NOTE = "Translators:"
"""A comment in the code that begins with this is for translators."""

_SIMILAR = 0.6
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_LABELLING = ("label", "yes", "no", "way_back")


@dataclass(frozen=True, slots=True)
class Found:
    """A message in the sources."""

    id: str | tuple[str, str]
    context: str | None
    file: str
    notes: tuple[str, ...] = ()


def find_in_code(root: Path, *, operators: bool = False) -> Iterator[Found]:
    """Every message of the Python code of the three rooms: what people read, or operators."""
    for path in _modules(root):
        file = path.relative_to(root).as_posix()
        if file.startswith(OPERATORS) is not operators:
            continue
        labels = _labels(path)
        extracted = extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=(NOTE,), strip_comment_tags=True
        )
        for _line, words, comments, context in extracted:
            found = words if isinstance(words, str) else (words[0], words[1])
            if found:
                first = found if isinstance(found, str) else found[0]
                label = (BUTTON,) if first in labels else ()
                yield Found(found, context, file, (*label, *comments))


def _labels(path: Path) -> set[str]:
    """The words of a module that stand on a button: in an `Option`, or where a way is named."""
    labels: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            is_option = isinstance(node.func, ast.Name) and node.func.id == "Option"
            places = node.args[1:2] if is_option else []
            places += [keyword.value for keyword in node.keywords if keyword.arg in _LABELLING]
            labels.update(words for place in places for words in _marked(place))
    return labels


def _marked(place: ast.expr) -> Iterator[str]:
    """The words marked in an expression."""
    for node in ast.walk(place):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[1 if node.func.id == "pgettext" else 0]
            if node.func.id in KEYWORDS and isinstance(first, ast.Constant):
                yield str(first.value)


def find_in_console(root: Path) -> Iterator[Found]:
    """Every message that operators alone read: code, and the pages of the console."""
    yield from find_in_code(root, operators=True)
    for path in sorted((root / CONSOLE_PAGES).rglob("*.html")):
        file = path.relative_to(root).as_posix()
        for _line, words, comments, context in extract_from_file(
            "jinja2", path, keywords=KEYWORDS, comment_tags=(NOTE,), strip_comment_tags=True
        ):
            found = words if isinstance(words, str) else (words[0], words[1])
            yield Found(found, context, file, tuple(comments))


def find_in_cards(root: Path) -> Iterator[Found]:
    """Every message of the cards, areas and numbers."""
    for message in content_extract.messages(root / CONTENT):
        yield Found(message.words, None, f"{CONTENT}/{message.file}", message.notes)


def find_unfilled(root: Path) -> list[str]:
    """Calls in the code whose placeholders are not filled, or that fill what is not there."""
    said = []
    for path in _modules(root):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and (words := _wrong_call(node)):
                said.append(f"{path.relative_to(root).as_posix()}:{node.lineno}: {words}")
    return said


def _modules(root: Path) -> list[Path]:
    return sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))


def _wrong_call(node: ast.Call) -> str:
    """What is wrong with a call that marks words, if it is one."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in KEYWORDS or any(keyword.arg is None for keyword in node.keywords):
        return ""
    words = [
        argument.value
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
        return "an f-string is filled before it can be translated."
    if not words:
        return ""
    wanted = placeholders(" ".join(words[1:] if name == "pgettext" else words))
    given = {keyword.arg for keyword in node.keywords if keyword.arg}
    if name == "ngettext":
        wanted, given = wanted | {"count"}, given | {"count"}
    differing = ", ".join(sorted(wanted ^ given))
    return f"placeholders and parameters differ: {differing}." if differing else ""


def make_template(found: Iterable[Found]) -> PoCatalog:
    """The messages as a catalog without translations."""
    template = PoCatalog()
    for item in found:
        template.add(
            item.id, context=item.context, locations=[(item.file, 0)], auto_comments=item.notes
        )
    return template


def bring_up_to_date(old: PoCatalog, template: PoCatalog, language: Language) -> PoCatalog:
    """A catalog with exactly the messages of the template and what is known of their translation.

    Translations no longer needed are kept at the end, out of use, and come back with their source.
    """
    new = PoCatalog(locale=language.locale)
    known = {_key(message): message for message in _kept(old)}
    wanted = {_key(message) for message in messages(template)}
    free = [m for key, m in known.items() if key not in wanted and is_translated(m)]
    used: set[Key] = set()
    for message in messages(template):
        before = known.get(_key(message))
        if before is None and (before := _most_alike(message, free)) is not None:
            used.add(_key(before))
        _add(new, message, before)
    for message in free:
        if _key(message) not in used:
            words = sources(message)[0]
            new.obsolete[(words, message.context) if message.context else words] = message
    return new


def _key(message: Message) -> Key:
    return message.context, sources(message)[0]


def _kept(catalog: PoCatalog) -> Iterator[Message]:
    yield from catalog.obsolete.values()
    yield from messages(catalog)


def _most_alike(message: Message, candidates: Sequence[Message]) -> Message | None:
    """The translated message whose source was most probably changed into this one."""
    words = sources(message)[0]
    best, best_ratio = None, _SIMILAR
    for candidate in candidates:
        if candidate.context != message.context:
            continue
        matcher = difflib.SequenceMatcher(None, sources(candidate)[0], words, autojunk=False)
        if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
            ratio = matcher.ratio()
            if ratio > best_ratio:
                best, best_ratio = candidate, ratio
    return best


def _add(new: PoCatalog, message: Message, before: Message | None) -> None:
    """Add a message of the template with the translation it had, stale if its source differs."""
    plural = len(sources(message)) == 2
    count = new.num_plurals if plural else 1
    known = list(forms(before))[:count] if before is not None else []
    string = tuple(known + [""] * (count - len(known)))
    flags = set(message.flags)
    notes = before.user_comments if before is not None else []
    previous: Sequence[str] = ()
    if before is not None and any(string):
        changed = sources(before) != sources(message)
        flags |= {"fuzzy"} if changed or before.fuzzy else set()
        previous = sources(before) if changed else _previous(before) if before.fuzzy else ()
    new.add(
        message.id,
        string if plural else string[0],
        locations=message.locations,
        flags=flags,
        auto_comments=message.auto_comments,
        user_comments=[note for note in notes if not note.startswith("|")],
        previous_id=list(previous),
        context=message.context,
    )


def _previous(message: Message) -> list[str]:
    """The source a stale translation was made from; Babel reads it as comments, `| msgid "…"`."""
    found: list[str] = []
    for note in message.user_comments:
        if note.startswith("| msgid"):
            found.append(denormalize("\n".join(_QUOTED.findall(note))))
    return found


def as_po(catalog: PoCatalog, language: Language | None = None) -> bytes:
    """The file of a catalog, always the same for the same messages."""
    header = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]
    header += ["Content-Transfer-Encoding: 8bit"]
    title = "Words of Antenna to be translated."
    if language is not None:
        header.insert(0, f"Language: {language.code.replace('-', '_')}")
        header.append(f"Plural-Forms: {plural_rule(language.locale).header}")
        header.append(f"X-State: {language.standing}")
        title = f"{language.english} words of Antenna. Address: {language.address}."
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=0,
        omit_header=True,
        include_previous=True,
        include_lineno=False,
    )
    head = "".join(f'"{line}\\n"\n' for line in header)
    body = buffer.getvalue().strip(b"\n")
    return f'# {title}\nmsgid ""\nmsgstr ""\n{head}'.encode() + (
        b"\n" + body + b"\n" if body else b""
    )


def files(root: Path, found: dict[str, list[Found]]) -> Iterator[tuple[Path, bytes]]:
    """Every template and catalog as it should be."""
    folder = root / "locales"
    roster = read_roster(folder)
    for domain in DOMAINS:
        if domain not in found:
            continue
        template = make_template(found[domain])
        yield folder / f"{domain}.pot", as_po(template)
        for language in roster:
            if language.code == SOURCE or language.state is State.NONE:
                continue
            if domain not in domains_of(language):
                continue
            path = language.catalog(folder, domain)
            old = read_catalog(path, language.locale) if path.is_file() else PoCatalog()
            yield path, as_po(bring_up_to_date(old, template, language), language)


def find_all(root: Path) -> dict[str, list[Found]]:
    """The messages of every domain."""
    found = {"content": list(find_in_cards(root)), "antenna": list(find_in_code(root))}
    if (root / CONSOLE_PAGES).is_dir():
        found[CONSOLE] = list(find_in_console(root))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what has changed, say how far every language is; 1 if something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bot.extract", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if out of date")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args(arguments)
    try:
        wrong = find_unfilled(options.root)
        for path, content in files(options.root, find_all(options.root)):
            if path.is_file() and path.read_bytes() == content:
                continue
            if options.check:
                wrong.append(f"{path.relative_to(options.root)}: run python -m bot.extract.")
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"wrote {path.relative_to(options.root)}")
        for row in coverage(options.root / "locales"):
            print(
                f"{row.language.code:8} {row.domain:8} {row.translated:5} of {row.total}"
                f", {row.stale} stale, {row.untranslated} to do"
            )
    except LanguagesError as error:
        wrong = [str(error)]
    for words in wrong:
        print(words, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
