"""The page of a conversation with an operator, and what the person thought of it at the end.

What is written while it is on goes to the operators; that is the shell's, and here it is said.
"""

from __future__ import annotations

from flows.engine import Ended
from flows.handoff_effects import EndTalk, FindTalk, RateTalk
from flows.handoff_model import State, Talk
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, perform, say
from flows.talk_queue import find_helper, waiting
from flows.text import Text, _, verbatim

MAX_ROUNDS = 8

RATINGS: dict[int, Text] = {3: _("😀 Good"), 2: _("😐 So-so"), 1: _("🙁 Not good")}


def talk_room(opening: Opening) -> Flow[Ended]:
    """Say where words go that are written here, who reads them and when; let it be ended."""
    for _round in range(MAX_ROUNDS):
        talk = yield from perform("talk", FindTalk())
        if talk is None:
            return Ended("none", then="talk")
        chosen = yield from choose("room", _standing(opening, talk), _ways(talk), sensitive=True)
        if chosen.id == "code":
            return Ended("code", then="desk_code", comes_back=True)
        if chosen.id == "rate":
            return Ended("rate", then="rate")
        if chosen.id == "end" and (yield from _is_sure()):
            yield from perform("end", EndTalk())
            return Ended("ended", then="rate")
    return Ended("again", then="talk_room")


def _standing(opening: Opening, talk: Talk) -> list[Text | Line]:
    """How the conversation stands, and what to do: write."""
    helper = find_helper(opening, talk.desk)
    desk = verbatim(helper.name if helper else opening.house.network)
    title = Line(_("💬 {desk}", desk=desk), Style.TITLE)
    write = _("✍️ Write or speak here: until it is finished, all of it goes to {desk}.", desk=desk)
    if talk.state is State.CLOSED:
        closed = _("📁 This conversation is closed.")
        return [title, closed, _("✍️ Write here, and it is open again.")]
    name = Line(_("🎭 They know you as “{name}”.", name=verbatim(talk.designation)), Style.ROW)
    if talk.answered:
        return [title, write, name]
    asked = Line(_("✅ {desk} has your request", desk=desk), Style.TITLE)
    return [asked, write, name, *waiting(opening, talk.queue)]


def _ways(talk: Talk) -> list[Option]:
    if talk.state is State.CLOSED:
        rate = [] if talk.rated else [Option("rate", _("⭐ How was it?"), Weight.PRIMARY)]
        return [*rate, Option("code", _("🔑 A code for the desk"))]
    look = [] if talk.answered else [Option("look", _("🔄 How long still?"))]
    return [
        *look,
        Option("code", _("🔑 A code for the desk")),
        Option("end", _("✅ It is finished")),
    ]


def _is_sure() -> Flow[bool]:
    return (
        yield from confirm(
            "sure to end",
            [
                Line(_("✅ Is it finished?"), Style.TITLE),
                _("Then nobody of the desk writes to you."),
                _("You can always begin again."),
            ],
            yes=_("✅ Yes, finished"),
            no=_("✖️ No, go on"),
            sensitive=True,
        )
    )


def rate(_opening: Opening) -> Flow[Ended]:
    """How was it? Asked once after the end, in one tap from the message that says it is closed."""
    talk = yield from perform("talk", FindTalk())
    if talk is None or talk.rated:
        yield from say(Line(_("🙏 Thank you."), Style.NOTE))
        return Ended("known")
    if talk.state is not State.CLOSED:
        return Ended("open", then="talk_room")
    lines: list[Text | Line] = [
        Line(_("🙏 How was it?"), Style.TITLE),
        _("Your answer helps us to work better."),
    ]
    options = [Option(str(number), label) for number, label in RATINGS.items()]
    chosen = yield from choose("rating", lines, options, sensitive=True)
    yield from perform("rate", RateTalk(int(chosen.id)))
    if chosen.id != "1":
        yield from say(Line(_("🙏 Thank you."), Style.NOTE))
        return Ended("rated", then="talk_room")  # there, what she writes next opens it again
    sorry: list[Text | Line] = [
        Line(_("🙏 Thank you for saying it"), Style.TITLE),
        _("You can write to the desk again: another person can answer."),
    ]
    again = [Option("talk", _("💬 Write again")), Option("ok", _("👍 OK"))]
    onward = yield from choose("sorry", sorry, again, sensitive=True)
    return Ended("rated", then="talk_room" if onward.id == "talk" else "")
