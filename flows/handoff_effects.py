"""What the conversation with an operator, the plan and the hand-over ask of the shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, cast

from flows.case_model import ActionState, Lane, Said, Service, Stage
from flows.effects import Effect, Json
from flows.handoff_model import Asked, Need, Queue, State, Talk


def _queue(value: Json) -> Queue:
    found = cast(Mapping[str, Json], value)
    opens = found["opens"]
    return Queue(
        int(cast(int, found["ahead"])),
        bool(found["is_open"]),
        None if opens is None else datetime.fromisoformat(str(opens)),
    )


def _talk(value: Json) -> Talk | None:
    if value is None:
        return None
    found = cast(Mapping[str, Json], value)
    return Talk(
        State(str(found["state"])),
        str(found["desk"]),
        Need(str(found["need"])),
        str(found["designation"]),
        _queue(found["queue"]),
        bool(found["rated"]),
        bool(found["answered"]),
    )


@dataclass(frozen=True, slots=True)
class FindQueue(Effect[Queue]):
    """Look up when somebody of a desk answers, and how many wait there."""

    desk: str

    def read(self, value: Json) -> Queue:
        """`{"ahead": int, "is_open": bool, "opens": iso | None}`, local time without a zone."""
        return _queue(value)


@dataclass(frozen=True, slots=True)
class FindTalk(Effect[Talk | None]):
    """Look up the person's conversation with operators; None where there is none."""

    def read(self, value: Json) -> Talk | None:
        """A mapping of the fields of `Talk`, or None."""
        return _talk(value)


@dataclass(frozen=True, slots=True)
class AskForHuman(Effect[Talk | None]):
    """Open a conversation with operators, or open it again; None where nobody talks any more."""

    commits: ClassVar[bool] = True

    asked: Asked

    def read(self, value: Json) -> Talk | None:
        """As `FindTalk`."""
        return _talk(value)


@dataclass(frozen=True, slots=True)
class EndTalk(Effect[bool]):
    """Close the conversation: the person has said that it is over."""

    commits: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RateTalk(Effect[bool]):
    """Keep how content the person was: 1 not, 2 so-so, 3 content. Once a closing."""

    commits: ClassVar[bool] = True

    rating: int


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of the plan as the person sees it; `what` is the operator's words, or empty."""

    id: str
    lane: Lane
    service: Service
    state: ActionState
    said: Said
    due: date | None
    provider: str
    what: str


@dataclass(frozen=True, slots=True)
class MyPlan:
    """The person's case: where it is, who follows it, and what is planned."""

    stage: Stage
    office: str
    designation: str
    steps: tuple[PlanStep, ...]
    goal: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class FindMyPlan(Effect[MyPlan | None]):
    """Look up the person's own case and plan; None where there is none."""

    def read(self, value: Json) -> MyPlan | None:
        """`{"stage","office","designation","goal","stopped","steps":[…]}`, or None."""
        if value is None:
            return None
        found = cast(Mapping[str, Json], value)
        steps = cast(list[Mapping[str, Json]], found["steps"])
        return MyPlan(
            Stage(str(found["stage"])),
            str(found["office"]),
            str(found["designation"]),
            tuple(
                PlanStep(
                    str(one["id"]),
                    Lane(str(one["lane"])),
                    Service(str(one["service"])),
                    ActionState(str(one["state"])),
                    Said(str(one["said"])),
                    date.fromisoformat(str(one["due"])) if one["due"] else None,
                    str(one["provider"]),
                    str(one["what"]),
                )
                for one in steps
            ),
            str(found["goal"]),
            bool(found["stopped"]),
        )


@dataclass(frozen=True, slots=True)
class AnswerStep(Effect[bool]):
    """Say yes or no to a step of the plan, or that it should be another day."""

    commits: ClassVar[bool] = True

    step: str
    said: Said


@dataclass(frozen=True, slots=True)
class StopCase(Effect[bool]):
    """The person wants the work on her case to stop; her choices are revoked."""

    commits: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MakeHandover(Effect[str]):
    """Make a code that takes the person to a desk without telling her story again: 8 digits.

    Shown in a pop-up; the code itself is kept nowhere.
    """


@dataclass(frozen=True, slots=True)
class TakeHandover(Effect[str]):
    """Use a code that a desk gave: this chat is joined to the sheet begun there.

    The designation comes back, or nothing where the code is wrong or over.
    """

    commits: ClassVar[bool] = True

    code: str
