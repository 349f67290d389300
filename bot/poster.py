"""The poster of a desk: a page to print, with a QR code and the invitation in many scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.text import Text, _

TEMPLATE = Path(__file__).with_name("poster.html")
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

INVITATION = _("Work, papers, rights: ask here.")
TERMS = _("It is free. It speaks your language. You do not say your name.")
SCAN = _("Scan with your phone. It opens Telegram.")


class Speaker(Protocol):
    """What the poster needs of a language's words."""

    code: str
    direction: str

    def plain(self, text: Text) -> str:
        """The text in this language."""

    def has(self, text: Text) -> bool:
        """Whether this language says it itself."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The invitation in one language, under the language's own name."""

    code: str
    name: str
    direction: str
    title: str
    terms: str
    scan: str


class PosterError(Exception):
    """The poster cannot be made; the message says what is missing."""


def deep_link(username: str, key: str) -> str:
    """The address that opens the bot and says which desk sent the person.

    Raises:
        PosterError: the bot's name or the key is not one Telegram would take.
    """
    if not USERNAME.fullmatch(username):
        raise PosterError("The bot's name must be its @username, without the @.")
    if not KEY.fullmatch(key):
        raise PosterError("The key may hold letters, digits, - and _ only.")
    return f"https://t.me/{username}?start={key}"


def qr_code(link: str, *, border: int = 0) -> str:
    """The QR code as SVG; a fifth of it may be dirty or torn and it still reads."""
    drawing = io.BytesIO()
    code = segno.make_qr(link, error="q")
    code.save(drawing, kind="svg", xmldecl=False, border=border, omitsize=True, dark="#10312f")
    return drawing.getvalue().decode("utf-8")


def invitations(
    speakers: Iterable[Speaker], names: dict[str, str], wanted: Sequence[str] = ()
) -> list[Invitation]:
    """The invitation in each language that has it in its own words, in the order wanted.

    Raises:
        PosterError: a language was asked for that does not have the words, or does not exist.
    """
    able = {
        speaker.code: speaker
        for speaker in speakers
        if all(speaker.has(text) for text in (INVITATION, TERMS, SCAN))
    }
    missing = [code for code in wanted if code not in able]
    if missing:
        raise PosterError(
            f"The poster has no words yet in: {', '.join(missing)}. "
            f"It has them in: {', '.join(able)}."
        )
    return [_invitation(able[code], names[code]) for code in wanted or able]


def _invitation(speaker: Speaker, name: str) -> Invitation:
    return Invitation(
        speaker.code,
        name,
        speaker.direction,
        speaker.plain(INVITATION),
        speaker.plain(TERMS),
        speaker.plain(SCAN),
    )


def poster_page(
    *, network: str, desk: str, territory: str, link: str, said: Sequence[Invitation]
) -> str:
    """The whole page as HTML: no script, nothing fetched, the fonts of whoever prints it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE.name).render(
        network=network,
        desk=desk,
        territory=territory,
        address=link.removeprefix("https://"),
        bot=link.removeprefix("https://t.me/").partition("?")[0],
        # Drawn by segno from a link that was checked: the only markup that is not escaped.
        code=Markup(qr_code(link)),  # noqa: S704
        said=said,
        density=_density(len(said)),
    )


def _density(languages: int) -> str:
    return "few" if languages <= 3 else "some" if languages <= 6 else "many"
