"""Reading what an office answered, a few sentences at a time."""

from __future__ import annotations

import re

from flows.opening import Opening
from flows.replies import find_reply
from flows.report_model import Words
from flows.steps import Flow, Line, Option, Style, Weight, choose
from flows.text import Text, _, verbatim

PAGE_SENTENCES = 3
PAGE_LETTERS = 600

_END = re.compile(r"(?<=[.!?。؟।])\s+|\n+")
_LOST = _("The office wrote to you, but I cannot show it any more. Please ask them again.")


def read_words(opening: Opening, words: tuple[Words, ...], new: int) -> Flow[None]:
    """Show the answers one page after the other, beginning at the first that was not read yet."""
    pages = [page for one in _unread_first(words, new) for page in pages_of(opening, one)]
    for place, lines in enumerate(pages):
        last = place == len(pages) - 1
        label = _("👍 I have read it") if last else _("➡️ Next")
        option = Option("next", label, Weight.PRIMARY)
        yield from choose(f"page {place}", lines, [option], sensitive=True)


def _unread_first(words: tuple[Words, ...], new: int) -> tuple[Words, ...]:
    """From the first unread answer on; all of them when everything was read before."""
    office = [place for place, one in enumerate(words) if one.by_office]
    return words[office[-new] :] if 0 < new <= len(office) else words


def pages_of(opening: Opening, words: Words) -> list[list[Text | Line]]:
    """One message as pages; a ready answer is one page, in the reader's own language."""
    title = Line(_("🏢 The office wrote") if words.by_office else _("🙋 You wrote"), Style.TITLE)
    if words.canned:
        return [[title, find_reply(words.canned) or _LOST]]
    names = {tongue.code: tongue.name for tongue in opening.house.tongues}
    language = names.get(words.language) if words.language != opening.person.language else None
    above = []
    if language:
        above = [Line(_("In this language: {name}", name=verbatim(language)), Style.NOTE)]
    return [[title, *above, Line(verbatim(page), Style.QUOTE)] for page in split(words.text)]


def split(text: str) -> list[str]:
    """Words as pages of at most three sentences, each short enough to be read on a phone."""
    pages: list[str] = []
    count = 0
    for sentence in filter(None, (one.strip() for one in _END.split(text))):
        for first in range(0, len(sentence), PAGE_LETTERS):
            part = sentence[first : first + PAGE_LETTERS]
            fits = pages and count < PAGE_SENTENCES
            if fits and len(pages[-1]) + 1 + len(part) <= PAGE_LETTERS:
                pages[-1] = f"{pages[-1]} {part}"
                count += 1
            else:
                pages.append(part)
                count = 1
    return pages
