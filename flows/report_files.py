"""Photos, voices and papers of a report: taken one by one, each with an honest answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.report_asking import ask_one, explain
from flows.report_choices import ASK_WHY, YES_NO
from flows.report_draft import MAX_FILES, Draft
from flows.report_effects import DropEvidence, TakeEvidence
from flows.report_model import Evidence
from flows.steps import (
    Accept,
    Flow,
    Line,
    Media,
    Option,
    Style,
    Weight,
    ask_open,
    perform,
)
from flows.text import Text, _, ngettext

FILE_KINDS = (Accept.PHOTO, Accept.VOICE, Accept.DOCUMENT)
FULL = "full"

REFUSALS: dict[str, Text] = {
    "big": _("⚠️ One file is too big. I can take 20 MB, 5 minutes or 20 pages."),
    "kind": _("⚠️ One file I cannot take. Good are photos, voice messages and PDF."),
    "broken": _("⚠️ One file does not open. Please send it again, or a photo of it."),
    "busy": _("⚠️ One file did not come through. Please send it again in a minute."),
    "gone": _("⚠️ One file is gone from Telegram. Please send it again."),
    FULL: _("⚠️ There is no room for more files. You can tell what else you have."),
}
VOICE_WARNING = Line(_("🎙️ Your voice can be recognised."), Style.NOTE)


@dataclass(slots=True)
class Manner:
    """How the next files are taken, and what was not taken since the last tap."""

    original: bool = False
    shifted: bool = False
    refused: list[str] = field(default_factory=list)


def take(draft: Draft, media: Media, manner: Manner) -> Flow[bool]:
    """Lock a file into the box; False when it was not taken: the next screen says why."""
    key = f"take {draft.tries}"
    draft.tries += 1
    taken: Evidence | str
    if len(draft.files) >= MAX_FILES:
        taken = FULL
    elif draft.box is None:
        taken = Evidence(key, str(media.kind), media.size_bytes)
    else:
        kind, size = str(media.kind), media.size_bytes
        how = (manner.original, manner.shifted)
        effect = TakeEvidence(draft.box, kind, media.file_id, size, *how)
        taken = yield from perform(key, effect)
    if isinstance(taken, Evidence):
        draft.files.append(taken)
        return True
    if taken not in manner.refused:
        manner.refused.append(taken)
    return False


def ask_files(draft: Draft) -> Flow[None]:
    """Take photos, voices and papers until the person has no more; ask once whom they show."""
    yield from gather_files(draft, "files")
    shown = [one for one in draft.files if one.kind != Accept.VOICE]
    if shown:
        draft.answers["faces"] = yield from ask_one(
            "faces",
            [
                Line(_("👤 Do the files show people, or papers with names?"), Style.TITLE),
                _("Then we take more care before we show them to anybody."),
            ],
            YES_NO,
            None,
        )


def gather_files(draft: Draft, key: str) -> Flow[None]:
    """Ask for files until the person says that these are all."""
    manner = Manner()
    while True:
        given = yield from ask_open(
            key, file_lines(draft, manner), FILE_KINDS, _file_options(draft, manner), sensitive=True
        )
        if isinstance(given, Media):
            yield from take(draft, given, manner)
            continue
        manner.refused.clear()
        if given == ASK_WHY:
            yield from explain(
                key,
                _("I make a clean copy, with no place, date or name in the file, and lock it."),
                _("The original can prove more. It can also tell more about you."),
            )
        elif given in (_ORIGINAL, _NO_ORIGINAL):
            manner.original = not manner.original
        elif given in (SHIFTED, NOT_SHIFTED):
            manner.shifted = not manner.shifted
        elif given == _DROP and draft.files:
            dropped = draft.files.pop()
            if draft.box is not None:
                yield from perform(f"drop {dropped.id}", DropEvidence(draft.box, dropped.id))
        else:
            return


def file_lines(draft: Draft, manner: Manner) -> list[Text | Line]:
    """What can be sent, what came, and what did not."""
    count = len(draft.files)
    lines: list[Text | Line] = [
        Line(_("📎 Photos, voice, papers"), Style.TITLE),
        _("Send them here. I take them out of this chat."),
        _("Send no photo of your own documents."),
        VOICE_WARNING,
    ]
    if count and draft.practice:
        lines.append(
            Line(
                ngettext(
                    "🧪 {count} file came, and is not kept.",
                    "🧪 {count} files came, and are not kept.",
                    count,
                ),
                Style.ACTION,
            )
        )
    elif count:
        received = ngettext(
            "🔒 {count} file received and locked.", "🔒 {count} files received and locked.", count
        )
        lines.append(Line(received, Style.ACTION))
    return [*lines, *refusal_lines(manner)]


def refusal_lines(manner: Manner) -> list[Line]:
    """Why something was not taken, since the last tap."""
    return [Line(REFUSALS.get(why, REFUSALS["busy"]), Style.NOTE) for why in manner.refused]


SHIFTED = Option("shift", _("⬜ Change my voice (weak protection)"))
NOT_SHIFTED = Option("plain", _("☑️ Change my voice (weak protection)"))
_ORIGINAL = Option("keep", _("⬜ Keep the original too, locked"))
_NO_ORIGINAL = Option("copy", _("☑️ Keep the original too, locked"))
_DROP = Option("drop", _("🗑️ Take the last one away"))
_DONE = Option("done", _("✔️ Done"), Weight.PRIMARY)
_NOTHING = Option("done", _("⏭️ I have nothing to send"))


def _file_options(draft: Draft, manner: Manner) -> list[Option]:
    return [
        _DONE if draft.files else _NOTHING,
        _NO_ORIGINAL if manner.original else _ORIGINAL,
        NOT_SHIFTED if manner.shifted else SHIFTED,
        *([_DROP] if draft.files else []),
        ASK_WHY,
    ]
