"""What the reports' storage takes and gives: small things that never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flows.effects import Json
from flows.report_model import Ending, Level, Status, Words
from storage.vault import PrivateKey


@dataclass(frozen=True, slots=True)
class Reader:
    """An operator who is signed in, with the key that only their passphrase opens."""

    operator_id: int
    key: PrivateKey


@dataclass(frozen=True, slots=True)
class Clean:
    """A file made harmless, to be sealed: `kind` is photo, voice or document, by its content.

    `sha256` is of `content`, `source` of the bytes as Telegram gave them. `original` is there only
    where the person chose to have it kept.
    """

    kind: str
    type: str
    content: bytes = field(repr=False)
    sha256: str
    source: str
    shifted: bool = False
    original: bytes | None = field(default=None, repr=False)
    original_type: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as an operator sees it: its media type and its bytes."""

    kind: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in the queue, without its content. `goes` is the week in which it is deleted."""

    id: str
    number: str
    level: Level
    week: date
    status: Status
    assigned: int | None
    unread: int
    goes: date
    evidence: int = 0
    doubtful: bool = False
    sector: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file of a report. `lost`: its row is there and its bytes are not."""

    id: str
    kind: str
    size_bytes: int
    hash: str = ""
    original: bool = False
    shifted: bool = False
    source: str = ""
    type: str = ""
    original_type: str = ""
    week: date | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What an operator wrote for the other operators; nothing leads from it to the person."""

    by: int
    text: str = field(repr=False)
    week: date


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a report's history, and whose it was."""

    what: str
    by: int | None
    week: date
    status: Status | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as an entitled operator reads it. `line`: the person can be written to now."""

    waiting: Waiting
    answers: Json = field(repr=False)
    language: str = ""
    ending: Ending = Ending.NOTHING
    line: bool = False
    code: bool = False
    reason: str = ""
    words: tuple[Words, ...] = ()
    notes: tuple[Note, ...] = ()
    history: tuple[Happened, ...] = ()
    evidence: tuple[Exhibit, ...] = ()
    recipients: tuple[int, ...] = ()
    excluded: tuple[str, ...] = ()
    doubt: str = ""
    missing: int = 0  # files that were chosen and could not be found when it was sent


@dataclass(frozen=True, slots=True)
class Push:
    """Where one message may go, opened for this moment; it is never stored."""

    chat_id: int = field(repr=False)
    language: str = ""
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """What the operators' group is told of a report: nothing of its content."""

    number: str
    level: Level
    sector: str
    province: str


@dataclass(frozen=True, slots=True)
class Open:
    """A report that nobody has answered yet."""

    number: str
    level: Level
    week: date


@dataclass(frozen=True, slots=True)
class Leaving:
    """A report that is going to be deleted, two weeks before."""

    number: str
    level: Level
    goes: date


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was set right between rows and files; all zero where nothing was wrong."""

    files_removed: int = 0
    files_found: int = 0
    rows_lost: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """A person's chat as it is sealed into a reply line."""

    chat_id: int = field(repr=False)
    language: str = ""
    careful: bool = False
