"""Ways through the self-check, short to write: who it is about, and the answers as letters."""

from __future__ import annotations

from dataclasses import replace

from flows.directory import Entry, Flows
from flows.engine import Ended
from flows.opening import Opening
from flows.registry import FLOWS
from flows.report_model import Office
from flows.steps import Flow, show
from flows.text import verbatim
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody

OFFICES = (
    Office("cgil", "CGIL Monza", False, "MB", "Mon 9-12"),
    Office("pua", "PUA Desio", True),
)
DOOR = ("/menu", "[⚠️ Something is wrong at work]")
BEGUN = (*DOOR, "[🔎 Is my work OK? (2 minutes)]", "[➡️ Next]")
ME = (*BEGUN, "[🙋 About me]")
OTHER = (*BEGUN, "[👤 About someone else]")
WENT_ON = (*ME, "[✅ Yes]", "[➡️ Go on with the questions]")
GROUP = (*BEGUN, "[👥 About a group]")
LABELS = {"y": "[✅ Yes]", "n": "[✖️ No]", "s": "[⏭️ Skip]"}


def answers(letters: str) -> list[str]:
    """Yes, no and skip as taps: "nny" is no, no, yes."""
    return [LABELS[letter] for letter in letters]


def _report(opening: Opening) -> Flow[Ended]:
    """A report that only shows what it was opened with."""
    return (yield from show("report", verbatim(f"report {opening.at!r}")))


def a_house_with_offices(*, careful: bool = False) -> Chat:
    """A chat where two offices read reports; the report itself only shows what it was given."""
    entries = {**FLOWS.entries, "report": Entry(_report), "code": Entry(_report)}
    flows: Flows = replace(FLOWS, entries=entries)
    return a_chat(flows=flows, world=a_world(somebody(careful=careful), offices=OFFICES))
