"""What becomes of words that are looked up: what was found is kept, the words never are."""

from __future__ import annotations

from dataclasses import replace

from flows.effects import Json
from flows.exchange import Reply, Wrote
from flows.index import Index
from flows.question import Accept
from flows.stage import Stage

FOUND_NOTHING = "-"
HELLO = "~"
LONG = 1000
"""Words so long may be the first part of a message that was cut in pieces."""
HURRIED_SECONDS = 3


def look_up(index: Index, words: Json) -> Json:
    """What of typed words is kept: the ids of what was found, or that it was nothing."""
    if index.greets(str(words)):
        return HELLO
    return ",".join(hit.id for hit in index.find(str(words))) or FOUND_NOTHING


def looked_up(stage: Stage, heard: Wrote) -> str:
    """The same of words that no question asked for; empty where they are not looked up at all.

    Nothing that is typed over a secret is; and signs without a letter are a greeting.
    """
    if heard.kind != Accept.TEXT or stage.secret or not stage.flows.search:
        return ""
    if not stage.flows[stage.top.flow].searches:
        return ""
    words = str(heard.content)
    if words.lstrip().startswith("/"):
        return ""  # what looks like a command is none, and is no question either
    if not any(sign.isalnum() for sign in words):
        return HELLO
    return str(look_up(stage.opening(stage.top).index, words))


def answered_once(reply: Reply, heard: Wrote, before: int | None) -> Reply:
    """The same, with what comes right behind passed over where it is the rest of a story, or the
    third thing within seconds: nobody reads so many answers. `before` is when words came last."""
    hurried = before is not None and 0 <= heard.at - before <= HURRIED_SECONDS
    passing = heard.at if hurried or len(str(heard.content)) >= LONG else None
    return replace(reply, conversation=replace(reply.conversation, typed=heard.at, hinted=passing))
