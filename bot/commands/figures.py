"""`figures` and `sample`: what a network answers for, and a made-up year to try everything with."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.commands.place import Place, RefusedError, say
from storage.database import Database
from storage.figures.counting import count_figures, territories, whole_period
from storage.figures.model import FEWEST, Breakdown, Figure, Figures, Period, Row
from storage.sample import load_sample

WIDTH = 96
MARGIN = " " * 5


def add_commands(commands: Any) -> None:
    """Add `figures`."""
    figures = commands.add_parser("figures", help="sheets, cases, contracts, services, in numbers")
    figures.add_argument("--territory", help="one PUA; without it, each of them")
    figures.add_argument("--from", dest="since", type=month, metavar="MONTH", help="like 2026-01")
    figures.add_argument("--to", dest="until", type=month, metavar="MONTH")
    figures.add_argument("--real", action="store_true", help="leave a sample out")
    figures.set_defaults(carry_out=carry_out_figures)


def month(words: str) -> date:
    # Months only: two periods that differ by a day would tell what one person did.
    return date.fromisoformat(f"{words}-01")


def carry_out_figures(place: Place) -> int:
    """Print the figures of every territory, or of one."""
    options = place.options
    with place.database() as database, database.reading() as connection:
        known = [one for one in territories(connection) if one]
        whole = whole_period(connection, place.today)
        wanted = known or [""] if options.territory is None else [options.territory]
        if not set(wanted) <= {*known, ""}:
            raise RefusedError(f"Nothing is counted there. The territories: {', '.join(known)}.")
        first, last = options.since or whole.first, options.until or whole.last
        if last < first:
            raise RefusedError("The period ends before it begins: --from 2026-01 --to 2026-12.")
        period = Period.of_months(first, last)
        found = [count_figures(connection, one, period, real_only=options.real) for one in wanted]
    print("\n\n".join("\n".join(_lines(one)) for one in found))
    return 0


def _lines(figures: Figures) -> Iterator[str]:
    first, last = figures.period.first, figures.period.last
    name = figures.territory or "no territory"
    yield f"PUA {name}, {first} to {last}, definitions {figures.version}"
    if figures.made_up:
        yield "! With the sample, a made-up year: nobody in it exists."
    for figure in figures.figures:
        yield ""
        yield from _figure(figure)
    yield ""
    yield "Sheets of people who do not agree to be counted are in no figure."
    yield f"In breakdowns what is below {FEWEST} is put together, or not shown."


def _figure(figure: Figure) -> Iterator[str]:
    one = figure.definition
    count = "not counted yet" if figure.count is None else str(figure.count)
    yield f"{one.code:<5}{one.name}: {count}"
    if figure.count is None:
        yield from _wrapped(f"{one.absent}.")
        return
    yield from _wrapped(f"{one.counts}.")
    if figure.whole is not None:
        yield from _wrapped(f"{_ratio(figure.part or 0, figure.whole)} {one.share}.")
    for breakdown in figure.breakdowns:
        yield from _breakdown(breakdown)


def _ratio(part: int, whole: int) -> str:
    share = f" = {100 * part / whole:.1f} %" if whole else ""
    return f"{part} of {whole}{share}"


def _wrapped(words: str) -> Iterator[str]:
    shown = words[:1].upper() + words[1:]
    yield from textwrap.wrap(shown, WIDTH, initial_indent=MARGIN, subsequent_indent=MARGIN)


def _breakdown(breakdown: Breakdown) -> Iterator[str]:
    rows = [*breakdown.rows, *((breakdown.folded,) if breakdown.folded else ())]
    if rows:
        shown = ", ".join(_row(row) for row in rows)
        yield from _wrapped(f"{breakdown.title}: {shown}")


def _row(row: Row) -> str:
    words = f"{row.name} {row.count}".strip()
    if row.minutes is None:
        return words
    return f"{words} ({row.minutes // 60} h {row.minutes % 60:02d})"


def put_sample(place: Place, database: Database) -> bool:
    """Fill an empty database with the sample; False, and words, where it is not empty."""
    with database.writing() as connection:
        sheets = load_sample(connection, database.vault, place.today)
        connection.commit()
    if sheets:
        say(f"The sample is loaded: {sheets} contact sheets of a made-up year.")
    return sheets > 0
