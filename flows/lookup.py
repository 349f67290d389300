"""What becomes of words that are looked up: what was found is kept, the words never are."""

from __future__ import annotations

from flows.effects import Json
from flows.exchange import Wrote
from flows.index import Index
from flows.question import Accept
from flows.stage import Stage

FOUND_NOTHING = "-"
HELLO = "~"


def look_up(index: Index, words: Json) -> Json:
    """What of typed words is kept: the ids of what was found, or that it was nothing."""
    if index.greets(str(words)):
        return HELLO
    return ",".join(hit.id for hit in index.find(str(words))) or FOUND_NOTHING


def looked_up(stage: Stage, heard: Wrote) -> str:
    """The same of words that no question asked for; empty where they are not looked up at all.

    Nothing that is typed over a secret is; and signs without a letter ask for nothing.
    """
    if heard.kind != Accept.TEXT or stage.secret or not stage.flows.search:
        return ""
    if not stage.flows[stage.top.flow].searches:
        return ""
    words = str(heard.content)
    if not any(sign.isalnum() for sign in words):
        return ""
    return str(look_up(stage.opening(stage.top).index, words))
