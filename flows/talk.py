"""I want to talk to someone: what whoever answers has to know first, in few taps."""

from __future__ import annotations

from flows import doors
from flows.engine import Ended
from flows.handoff_effects import AskForHuman, FindQueue, FindTalk
from flows.handoff_model import Helper, Need, Queue, State, Urgency
from flows.opening import Opening
from flows.promise import WITH_A_FILE, translated
from flows.report_draft import read_triage
from flows.report_model import Level
from flows.steps import Flow, Line, Style, confirm, perform, say
from flows.talk_asking import ask_need, ask_safe, ask_where, change
from flows.talk_queue import find_helper, waiting
from flows.talk_wish import Wish
from flows.talk_words import need_of
from flows.text import Text, _, ngettext, verbatim

CHECK = "check"
OWN_TONGUES = ("it", "en")
"""Who reads one of these gets no interpreter unless they say so; all others do."""


def talk(opening: Opening) -> Flow[Ended]:
    """Ask for a person who answers; where nobody talks, say so honestly.

    `at` is the card or the door somebody comes from, or `l2`: what the self-check found, where they
    agreed to pass it on. Who has a conversation already is led there.
    """
    if not opening.house.helpers:
        return (yield from doors.nobody(opening))
    now = yield from perform("talk", FindTalk())
    if now is not None and now.state is not State.CLOSED:
        return Ended("open", then="talk_room")
    wish = yield from _wish(opening)
    while True:
        queue = yield from perform("queue", FindQueue(wish.helper.key))
        agreed = yield from confirm(
            "summary",
            summary(opening, wish, queue, None if now is None else now.desk),
            yes=_("✅ Ask for a person"),
            no=_("✏️ Change something"),
            sensitive=True,
        )
        if agreed:
            break
        yield from change(opening, wish)
    if (yield from perform("ask", AskForHuman(wish.asked()))) is None:
        yield from say(Line(_("📪 At this desk nobody talks any more."), Style.NOTE))
        return (yield from doors.nobody(opening))
    return Ended("asked", then="talk_room")


def _wish(opening: Opening) -> Flow[Wish]:
    """The few things that have no good default: what it is about, and where."""
    triage = read_triage(opening.at)
    level = None if triage is None else Level(int(str(triage["level"])))
    need = Need.WORK if triage is not None else need_of(opening.at)
    wish = Wish(need or Need.OTHER, opening.house.helpers[0])
    if triage is not None:
        wish.about = CHECK
    elif opening.library.find_card(opening.at):
        wish.about = opening.at
    wish.level = None if level is None else int(level)
    if level is not None and level >= Level.SERIOUS:
        at_once = level is Level.DANGER and not opening.person.careful
        wish.urgency = Urgency.NOW if at_once else Urgency.SOON
    wish.interpreter = opening.person.language not in OWN_TONGUES
    if need is None:
        yield from ask_need(wish)
    helper = find_helper(opening, opening.person.desk or "")
    if helper is not None:
        wish.helper = helper
    elif len(opening.house.helpers) > 1:
        yield from ask_where(opening, wish)
    if opening.person.careful:
        yield from ask_safe(wish)
    return wish


def summary(
    opening: Opening, wish: Wish, queue: Queue, before: str | None = None
) -> list[Text | Line]:
    """What goes to the desk, when somebody answers, and what is not promised.

    `before` is the desk of an earlier conversation: it goes on, so another desk reads it too.
    """
    moves = before is not None and before != wish.helper.key
    return [
        Line(_("🤝 Talk to {desk}", desk=verbatim(wish.helper.name)), Style.TITLE),
        *wish.rows(),
        *([_("👀 They also read what you and another desk wrote before.")] if moves else []),
        *waiting(opening, queue),
        *_notice(opening, wish.helper),
    ]


def _notice(opening: Opening, helper: Helper) -> list[Text | Line]:
    """Under another name, and not anonymous: the difference is said before anything is sent."""
    duty = _("⚖️ By law they may have to tell a judge of a serious crime.")
    return [
        Line(_("🎭 They see two made-up words, not your name and not your number."), Style.PART),
        _("🔒 But it is not anonymous: I keep the address of this chat and all words, locked."),
        ngettext(
            "🗑️ {count} day after the end I delete the words.",
            "🗑️ {count} days after the end I delete the words.",
            opening.house.talk_days,
        ),
        WITH_A_FILE,
        *translated(opening.house),
        *([duty] if helper.duty else []),
    ]
