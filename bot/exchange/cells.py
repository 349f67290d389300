"""The cells of a table as spreadsheets write them, none of which is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.exchange.mistakes import FileError, Mistake
from flows.text import _

_ENCODINGS = ("utf-8-sig", "cp1252")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PASSED_OVER = "' \n\u00a0\u200e\u200f\ufeff"
"""What may stand before the sign of a formula, for some programs or after some editing."""


def decoded(content: bytes) -> str:
    """The words of a file, as today's programs or older ones wrote them.

    Raises:
        FileError: it is no text.
    """
    if b"\x00" in content:
        raise FileError((Mistake(1, "", _("This is no text file.")),))
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError((Mistake(1, "", _("This is no text file.")),))


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line where each begins; a row may hold several lines in quotes."""
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            why = _("From here on it is no table: a quotation mark too many, or one missing.")
            raise FileError((Mistake(begins, "", why),)) from None
        yield begins, row
        begins = reader.line_num + 1


def guarded(cell: str) -> str:
    """A cell that no program takes for a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip(_PASSED_OVER).startswith(_FORMULA)
