"""A language as a table for a spreadsheet: what somebody without any other tool translates in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.exchange.cells import guarded, rows, unguarded
from bot.exchange.mistakes import FileError, Mistake
from bot.roster import Language
from bot.wording.book import Book, Entry
from bot.wording.states import Desk, Look
from flows.text import _

MOST_ROWS = 20_000
FIXED = ("id", "where", "note", "english", "italian", "state")
WORDS = "words"
_NEEDED = ("id", "english", WORDS)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
ENGLISH_CHANGED = _("The English is another one now: export again, then put your words in there.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says of one message, and in which line; a language where nothing stands, none."""

    line: int
    entry: Entry
    forms: tuple[str, ...]
    columns: tuple[str, ...] = field(default=())

    def column(self, form: int) -> str:
        """How the file calls one form."""
        return self.columns[form] if form < len(self.columns) else WORDS


def write_sheet(desk: Desk, language: Language, entries: Iterable[Entry], forms: int) -> str:
    """The messages of a language, one a row; no cell is taken for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([*FIXED, *word_columns(forms)])
    for entry in entries:
        writer.writerow([guarded(cell) for cell in _cells(desk, language, entry, forms)])
    return written.getvalue()


def word_columns(forms: int) -> list[str]:
    """What the columns of the words are called: one, or as many as the language has forms."""
    return [WORDS, *(f"{WORDS} {number}" for number in range(2, forms + 1))]


def _cells(desk: Desk, language: Language, entry: Entry, forms: int) -> Iterator[str]:
    look = desk.look(entry, language)
    said = desk.forms(entry, language.code) or desk.before(entry, language.code)
    yield entry.id
    yield " ".join(entry.subjects)
    yield " · ".join(note for note in (entry.context or "", *entry.notes) if note)
    yield english_of(desk, entry)
    yield " / ".join(desk.forms(entry, "it"))
    yield "" if look is Look.READ else look.value
    yield from (*said[:forms], *[""] * (forms - len(said)))


def english_of(desk: Desk, entry: Entry) -> str:
    """What is to be translated, as the table shows it."""
    return " / ".join(desk.current(entry))


def decode(content: bytes) -> str:
    """The words of a file. Nothing is guessed: a wrong guess would be read by thousands.

    Raises:
        FileError: it is neither UTF-8 nor UTF-16.
    """
    try:
        if content[:2] in _UTF16:
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        why = _("This is not UTF-8: save the table as “CSV UTF-8”.")
        raise FileError((Mistake(1, "", why),)) from None
    if "\x00" in text:
        raise FileError((Mistake(1, "", _("This is no text file.")),))
    return text


def read_sheet(text: str, desk: Desk) -> list[Given]:
    """What a table says.

    Raises:
        FileError: with every mistake there is in its form, by line and column.
    """
    found = rows(text)
    line, header = next(found, (1, []))
    names = [" ".join(cell.split()).casefold() for cell in header]
    mistakes = [
        Mistake(line, name, _("This column is missing.")) for name in _NEEDED if name not in names
    ]
    mistakes += [
        Mistake(line, name, _("This column is there twice."))
        for place, name in enumerate(names)
        if name and name in names[:place]
    ]
    if mistakes:
        raise FileError(tuple(mistakes))
    given: list[Given] = []
    seen: dict[str, int] = {}
    for line, cells in found:
        if any(cell.strip() for cell in cells):
            one, wrong = _row(line, names, cells, desk, seen)
            given += [one] if one is not None else []
            mistakes += wrong
        if line > MOST_ROWS:
            mistakes.append(Mistake(line, "", _("This is too long for a table of words.")))
            break
    if mistakes:
        raise FileError(tuple(mistakes))
    return given


def _row(
    line: int, names: Sequence[str], cells: Sequence[str], desk: Desk, seen: dict[str, int]
) -> tuple[Given | None, list[Mistake]]:
    row = {name: unguarded(cell) for name, cell in zip(names, cells, strict=False) if name}
    entry = _entry(desk.book, row.get("id", ""))
    if entry is None:
        return None, [Mistake(line, "id", _("No message has this id."))]
    if entry.id in seen:
        why = _("The same id stands in line {line}.", line=seen[entry.id])
        return None, [Mistake(line, "id", why)]
    seen[entry.id] = line
    columns = [name for name in names if name == WORDS or name.startswith(f"{WORDS} ")]
    forms = [row.get(name, "").replace("\r\n", "\n").strip() for name in columns]
    while forms and not forms[-1]:
        forms.pop()
    if not forms:
        return None, []
    if _plain(row.get("english", "")) != _plain(english_of(desk, entry)):
        return None, [Mistake(line, "english", ENGLISH_CHANGED)]
    return Given(line, entry, tuple(forms), tuple(columns)), []


def _entry(book: Book, message_id: str) -> Entry | None:
    return book.find(message_id.strip())


def _plain(words: str) -> str:
    """Words as they are compared: what a spreadsheet does to spaces and lines makes no
    difference."""
    return " ".join(words.split())
