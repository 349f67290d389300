"""Our reading of Telegram's HTML is Telegram's own: the same text, entities and errors."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
import tdjson
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from bot.local.errors import ApiError
from bot.local.formatting import formatted, safe_html
from bot.local.html import parse_html

KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}
KEPT = ("url", "user_id", "language", "custom_emoji_id", "unix_time")


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    read: dict[str, Any] = json.loads(answer)
    return read


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def theirs(source: str) -> tuple[str, list[dict[str, Any]]] | str:
    """Read with TDLib."""
    mode = {"@type": "textParseModeHTML"}
    answer = _execute({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    if answer["@type"] == "error":
        return str(answer["message"])
    entities = []
    for entity in answer["entities"]:
        kind = entity["type"]
        shown = {
            "type": KINDS[kind["@type"].removeprefix("textEntityType")],
            "offset": entity["offset"],
            "length": entity["length"],
        }
        shown |= {name: kind[name] for name in KEPT if name in kind}
        entities.append(shown)
    return answer["text"], entities


def ours(source: str) -> tuple[str, list[dict[str, Any]]] | str:
    """Read with the local Telegram."""
    try:
        text, entities = parse_html(source)
    except ApiError as error:
        return error.description.replace("Bad Request: can't", "Can't")
    for entity in entities:
        entity.pop("date_time_format", None)
    return text, entities


LINKS = (
    "http://a.it",
    "HTTPS://A.IT:80/X?y#z",
    "ftp://a.it",
    "a.it:99999",
    "a.it:0",
    "tel:+1",
    "1.1.1.1",
    "localhost",
    "a b.it",
    "http://xn--a.it",
    "http://пример.рф/",
    "http://[::1]/",
    "a.it/b c",
    "//a.it",
    "u@a.it",
    "http://u:p@a.it/x",
    "a..it",
    "mailto:a@b.it",
    "a_b.it",
    ".a.it",
    "a.it.",
    "http://a/b",
    "http:a.it",
    "t.me/x",
    "tg:user?id=5",
    "tg://x",
    "ton://t/x",
    "tg:resolve?domain=a",
    "javascript:alert(1)",
    "javascript://a.it/",
    "data:text/html,a.b",
    "http://A.it/Path",
    "tg://user?id=5&x=1",
    "tg://user?x=1&id=5",
    "TG://USER?ID=5",
    "tg://user?id=05",
    "tg://user/?id=5",
    "tg://",
    "a",
    "tg://user?id=999999999999999999",
    "https://a.it:443/x",
    "a.it/%zz",
    "a.it/é",
    "tonsite://a.ton",
    "http://a.it?x",
)

CORPUS = (
    *(f'<a href="{link}">word</a>' for link in LINKS),
    "<b>a",
    "</b>",
    "<x>",
    "<b",
    "<b>a</i>",
    "<b >a</b >",
    "<a>example.com</a>",
    "<pre><code class='language-py'>x</code></pre>",
    "<code class='language-py'><pre>x</pre></code>",
    "<blockquote expandable>x</blockquote>",
    "<tg-emoji emoji-id='5'>😀</tg-emoji>",
    "<tg-emoji>😀</tg-emoji>",
    "<tg-time unix='1700000000' format='zz'>x</tg-time>",
    "<span class='tg-spoiler'>x</span><span>y</span>",
    "&lt;&amp;&quot;&apos;&nbsp;&#128512;&#x41;&copy;&lt &#0; &#9999999;",
    "&#xD800;",
    "<i><b>a</b></i><code>a<b>b</b></code>",
    "<b id=x>a</b><b x>a</b><b x=\"1\"y='2'>a</b>",
    "<b =>a</b>",
    "<b x/>a</b>",
    "<b x=",
    "<b x='",
    "<B>a</B><b>a</>",
    "a < b",
    "<br>",
    "<b/>x</b>",
    "مرحبا <b>بك</b> 😀<i>é</i>",
    "<!-- x -->",
    "",
)


@pytest.mark.parametrize("source", CORPUS)
def test_the_corpus_is_read_as_telegram_reads_it(source: str) -> None:
    """Markup good and bad gives what TDLib gives, errors word for word."""
    assert ours(source) == theirs(source)


_PIECES = (
    "<b> </b> <i> </i> <u> </u> <s> </s> < > </ &lt; &amp &#65; &#x1F600; &#xD800; "
    "&bogus; & a 😀 é <a> </a> <code> </code> <pre> </pre> <blockquote> </blockquote> "
    "<tg-spoiler> </tg-spoiler> <span> </span> </tg-emoji> <tg-time> </tg-time> </> <B> "
    "<b= \" ' = / <br/> <p> <b x a.it <!-- "
)
PIECES = tuple(_PIECES.split())
SPACED = (
    '<a href="http://a.it/?q=1&amp;r=2">',
    "<a href='x.y'>",
    '<a href="tg://user?id=12">',
    '<code class="language-py">',
    "<blockquote expandable>",
    '<span class="tg-spoiler">',
    '<tg-emoji emoji-id="77">',
    '<tg-time unix="5" format="wDt">',
    '<b x = "1" y>',
    "</b >",
    " ",
    "\n",
    "\0",
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from((*PIECES, *SPACED)), max_size=10).map("".join))
def test_any_markup_is_read_as_telegram_reads_it(source: str) -> None:
    """Tags, references and quotes in any order give what TDLib gives."""
    assert ours(source) == theirs(source)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_read_as_telegram_reads_it(source: str) -> None:
    """Arbitrary characters, controls included, give what TDLib gives."""
    assert ours(source) == theirs(source)


class _Words(HTMLParser):
    """Reads HTML back to its words and checks that its tags are in balance."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append("\n")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


TYPES = ("bold", "italic", "code", "pre", "blockquote", "spoiler", "url", "mention")
ENTITIES = st.builds(
    lambda kind, offset, length: {"type": kind, "offset": offset, "length": length},
    st.sampled_from(TYPES),
    st.integers(0, 20),
    st.integers(1, 20),
)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab<>&\"'😀\n é", max_size=20), st.lists(ENTITIES, max_size=6))
def test_the_page_gets_the_words_and_nothing_that_acts(
    text: str, entities: list[dict[str, Any]]
) -> None:
    """Whatever the entities, the safe HTML is balanced and reads back as the very text."""
    try:
        body, kept = formatted(text, "", entities, users={})
    except ApiError:
        reject()  # the entity cuts a letter in half, see below
    reader = _Words()
    reader.feed(safe_html(body, kept))
    reader.close()
    assert (("".join(reader.words)), reader.open) == (body, [])


@pytest.mark.parametrize(("offset", "length", "word"), [(1, 2, "begins"), (0, 1, "ends")])
def test_an_entity_may_not_cut_a_letter_in_half(offset: int, length: int, word: str) -> None:
    """An edge between the two UTF-16 units of one letter is refused with Telegram's words."""
    entity = {"type": "bold", "offset": offset, "length": length}
    with pytest.raises(ApiError) as caught:
        formatted("😀 a", "", [entity], users={})
    words = f"Bad Request: entity {word} in a middle of a UTF-16 symbol at byte offset 0"
    assert caught.value.description == words


def test_a_dangerous_link_does_not_reach_the_page() -> None:
    """A link entity whose address could run a script is shown as words only."""
    entity = {"type": "text_link", "offset": 0, "length": 2, "url": "javascript:alert(1)"}
    assert safe_html("hi", [entity]) == "hi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start abc", ["bot_command"]),
        ("see /help@some_bot now", ["bot_command"]),
        ("http://a.it and www.a.it/x", ["url", "url"]),
        ("mail a@b.it or @user_name #tag", ["email", "mention", "hashtag"]),
        ("and/or 12:30, 3/4", []),
        ("plain words", []),
    ],
)
def test_commands_links_and_mentions_are_found(text: str, expected: list[str]) -> None:
    """What Telegram makes tappable in plain text is an entity here too, at the same place."""
    _, entities = formatted(text, "", None, users={})
    answer = _execute({"@type": "getTextEntities", "text": text})
    names = {"Url": "url", "EmailAddress": "email", "Hashtag": "hashtag", "Mention": "mention"}
    names["BotCommand"] = "bot_command"
    found = [
        (names[one["type"]["@type"].removeprefix("textEntityType")], one["offset"], one["length"])
        for one in answer["entities"]
        if one["type"]["@type"].removeprefix("textEntityType") in names
    ]
    assert [one["type"] for one in entities] == expected
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == found


def test_neighbours_are_joined_and_edges_trimmed() -> None:
    """Two bold halves become one entity, blanks at the ends go, and the offsets follow."""
    text, entities = formatted("  <b>a</b><b>b</b> <i>c</i> \n", "HTML", None, users={})
    assert (text, entities) == (
        "ab c",
        [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "italic", "offset": 3, "length": 1},
        ],
    )
