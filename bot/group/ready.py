"""Ready answers in a topic: a list, a look at how one goes out, and the button that sends it."""

from __future__ import annotations

from bot.group import answers
from bot.group.buttons import Button, Press, Rows, Verb
from bot.group.scene import Scene
from bot.telegram.render import cut
from flows.ready import READY, find_ready
from flows.text import _, verbatim
from storage.handoffs import Handoff

A_PAGE = 8
PAGE = "page-"
MOST_LABEL = 39
_MORE = _("▶️ More")
_LESS = _("◀️ Before")
_SEND = _("✉️ Send this to the person")
_BACK = _("⬅️ The list")


def show_list(scene: Scene, page: int = 0) -> None:
    """Show the ready answers: as a message of its own, or in the place of the one tapped."""
    if scene.tapped is None:
        scene.say(answers.READY_TITLE, rows=_list(scene, page))
    else:
        scene.rewrite(scene.html(answers.READY_TITLE), _list(scene, page))


def open_list(scene: Scene) -> None:
    """Show the ready answers below the card whose button was tapped."""
    scene.post(scene.html(answers.READY_TITLE), _list(scene, 0))


def page_of(argument: str) -> int | None:
    """The page that a tap asks for; None where it asks for an answer."""
    number = argument.removeprefix(PAGE)
    if number == argument or not number.isdecimal():
        return None
    return min(int(number[:4]), (len(READY) - 1) // A_PAGE)


def show_one(scene: Scene, handoff: Handoff, key: str) -> bool:
    """Show how an answer goes out, in both languages; False where it is no more."""
    if find_ready(key) is None:
        return False
    send = Button(_SEND, Press(Verb.SAY, key))
    back = Button(_BACK, Press(Verb.READY, f"{PAGE}0"))
    scene.rewrite(preview(scene, handoff, key), ((send,), (back,)))
    return True


def show_sent(scene: Scene, handoff: Handoff, key: str, name: str) -> None:
    """The message tapped shows from now on what was sent, and by whom."""
    title = scene.html(answers.ready_sent(name))
    scene.rewrite(f"{title}\n{_both(scene, handoff, key)}")


def preview(scene: Scene, handoff: Handoff, key: str) -> str:
    """An answer as the person reads it, and what it means."""
    return f"{scene.html(answers.READY_GOES)}\n{_both(scene, handoff, key)}"


def _both(scene: Scene, handoff: Handoff, key: str) -> str:
    text = find_ready(key)
    assert text is not None
    theirs, ours = scene.languages.words(handoff.language), scene.words
    shown = f"<blockquote>{theirs.html(text)}</blockquote>"
    if theirs.code == ours.code:
        return shown
    means = scene.html(answers.READY_MEANS)
    return f"{shown}\n{means}\n<blockquote>{ours.html(text)}</blockquote>"


def _list(scene: Scene, page: int) -> Rows:
    first = page * A_PAGE
    rows = [
        (Button(verbatim(_short(scene, one.key)), Press(Verb.READY, one.key)),)
        for one in READY[first : first + A_PAGE]
    ]
    turns = []
    if page:
        turns.append(Button(_LESS, Press(Verb.READY, f"{PAGE}{page - 1}")))
    if first + A_PAGE < len(READY):
        turns.append(Button(_MORE, Press(Verb.READY, f"{PAGE}{page + 1}")))
    return (*rows, tuple(turns))


def _short(scene: Scene, key: str) -> str:
    text = find_ready(key)
    assert text is not None
    whole = scene.words.plain(text)
    short = cut(whole, MOST_LABEL)
    return whole if short == whole else f"{short.rstrip()}…"
