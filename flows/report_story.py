"""What happened, in the person's own words or voice, with a look at what could name somebody."""

from __future__ import annotations

from flows.report_asking import explain
from flows.report_choices import ASK_WHY, UNSAID
from flows.report_clues import find_clues, without_clues
from flows.report_draft import Draft
from flows.report_files import (
    NOT_SHIFTED,
    SHIFTED,
    VOICE_WARNING,
    Manner,
    refusal_lines,
    take,
)
from flows.steps import Accept, Flow, Line, Media, Option, Style, Weight, ask_open, choose
from flows.text import Text, _, ngettext, verbatim

STORY_LETTERS = 3900
MIN_LEFT = 20
JOINT = "\n\n"
CLUES_SHOWN = 5

_SKIP = Option("skip", _("⏭️ Skip"))
_DONE = Option("done", _("✔️ Done"), Weight.PRIMARY)
_LATER = _("📎 Photos and papers come a little later.")
_AGAIN = Option("again", _("🗑️ Delete my words, begin again"))


def ask_story(draft: Draft) -> Flow[None]:
    """Take the story in parts, written or spoken, until the person says that is all."""
    manner = Manner()
    parts: list[str] = []
    spoken = False
    while True:
        left = STORY_LETTERS - len(JOINT.join([*parts, ""]))
        kinds = [Accept.VOICE, *([Accept.TEXT] if left >= MIN_LEFT else [])]
        given = yield from ask_open(
            "story",
            _lines(parts, spoken, manner),
            kinds,
            _options(parts, spoken, manner),
            limit=max(left, 1),
            elsewhere={Accept.PHOTO: _LATER, Accept.DOCUMENT: _LATER},
            sensitive=True,
        )
        manner.refused.clear()
        if isinstance(given, Media):
            spoken = (yield from take(draft, given, manner)) or spoken
        elif isinstance(given, str):
            part = yield from look_at(given.strip())
            parts += [part] if part else []
        elif given == ASK_WHY:
            yield from explain(
                "story",
                _("Your own words help us to understand. You can skip them."),
                _("The boss may recognise a voice or a way to write."),
            )
        elif given in (SHIFTED, NOT_SHIFTED):
            manner.shifted = not manner.shifted
        elif given == _AGAIN:
            parts = []
        else:
            break
    if parts:
        draft.answers["story"] = JOINT.join(parts)
    if spoken:
        draft.answers["spoken"] = True
    elif not parts:
        draft.answers["story"] = UNSAID


def ask_words() -> Flow[str]:
    """Take words that are added to a report; nothing when the person has none."""
    given = yield from ask_open(
        "words",
        [
            Line(_("✏️ What do you want to add?"), Style.TITLE),
            Line(_("No names: not yours, not of colleagues."), Style.ACTION),
            _("I take your message out of this chat."),
        ],
        [Accept.TEXT],
        [Option("skip", _("✖️ Not now"))],
        limit=STORY_LETTERS,
        sensitive=True,
    )
    return (yield from look_at(given.strip())) if isinstance(given, str) else ""


def look_at(words: str) -> Flow[str]:
    """Ask about what could tell who wrote; what comes back is what is kept, perhaps nothing."""
    clues = find_clues(words)
    if not clues:
        return words
    found = " · ".join(clues[:CLUES_SHOWN])
    chosen = yield from choose(
        "clue",
        [
            Line(_("🕵️ Can this tell who you are?"), Style.TITLE),
            Line(verbatim(found), Style.QUOTE),
            _("Without it you are safer."),
        ],
        [
            Option("cut", _("✂️ Take it out")),
            Option("keep", _("👍 Leave it as it is")),
            Option("drop", _("✏️ I write it again")),
        ],
        sensitive=True,
    )
    if chosen.id == "drop":
        return ""
    return without_clues(words) if chosen.id == "cut" else words


def _lines(parts: list[str], spoken: bool, manner: Manner) -> list[Text | Line]:
    lines: list[Text | Line] = [
        Line(_("✏️ What happened? Write or speak"), Style.TITLE),
        Line(_("No names: not yours, not of colleagues."), Style.ACTION),
        _("You can send several messages. I take them out of this chat."),
        VOICE_WARNING,
    ]
    letters = len(JOINT.join(parts))
    if letters:
        kept = ngettext("✍️ {count} letter so far.", "✍️ {count} letters so far.", letters)
        lines.append(Line(kept, Style.NOTE))
    if spoken:
        lines.append(Line(_("🎙️ Your voice message has come."), Style.NOTE))
    return [*lines, *refusal_lines(manner)]


def _options(parts: list[str], spoken: bool, manner: Manner) -> list[Option]:
    return [
        _DONE if parts or spoken else _SKIP,
        NOT_SHIFTED if manner.shifted else SHIFTED,
        *([_AGAIN] if parts else []),
        ASK_WHY,
    ]
