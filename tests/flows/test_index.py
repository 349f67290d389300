"""Finding by words: ranked, forgiving, honest about finding nothing."""

from __future__ import annotations

import pytest

from flows.index import NOTHING, Entry, Index, Place, build
from flows.lexicon import Lexicon
from flows.likewise import alike, distance
from flows.text import verbatim

ENGLISH = (
    Entry(
        "pay", ("How much must they pay me?", "salary", "wage"), ("The pay is in the contract.",)
    ),
    Entry("slip", ("Payslip", "pay slip"), ("Every month you get a payslip with your pay.",)),
    Entry("unpaid", ("My pay is late", "boss does not pay me", "no salary"), ("Ask in writing.",)),
    Entry("doctor", ("Family doctor", "medicine"), ("Choose a doctor near you.",)),
    Entry("door.talk", ("Talk to someone", "help me")),
)
ARABIC = (Entry("pay", ("الراتب",)), Entry("doctor", ("الطبيب",)), Entry("slip", ("قسيمة الراتب",)))
CHINESE = (Entry("pay", ("工资",)), Entry("slip", ("工资单",)), Entry("doctor", ("家庭医生",)))


def an_index(*own: str, **lexicons: tuple[Entry, ...]) -> Index:
    """An index of a few things, in the languages given."""
    built = {code: build(entries, frozenset({"the", "my"})) for code, entries in lexicons.items()}
    ids = {entry.id for entries in lexicons.values() for entry in entries}
    places = {
        id_: Place(id_, verbatim(id_), "flow", id_, card=not id_.startswith("door")) for id_ in ids
    }
    return Index(
        own or tuple(lexicons), built, places, frozenset({"hello", "hi"}), frozenset({"my", "the"})
    )


@pytest.fixture(scope="module")
def index() -> Index:
    """English first, Arabic and Chinese known."""
    return an_index("en", en=ENGLISH, ar=ARABIC, zh=CHINESE)


def found(index: Index, words: str) -> list[str]:
    """The ids, the best first."""
    return [hit.id for hit in index.find(words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("payslip", "slip"),
        ("pay slip", "slip"),
        ("PAY-SLIP!!", "slip"),
        ("paysilp", "slip"),
        ("my boss doesn't pay me", "unpaid"),
        ("doctors", "doctor"),
        ("docter", "doctor"),
        ("medic", "doctor"),
        ("help me", "door.talk"),
        ("راتب", "pay"),
        ("الراتب", "pay"),
        ("rateb", "pay"),
        ("工资", "pay"),
        ("工资单", "slip"),
        ("工字", "pay"),
        ("gong zi dan", "slip"),
        ("yisheng", "doctor"),
    ],
)
def test_the_best_comes_first(index: Index, words: str, first: str) -> None:
    """Names before sentences, slips forgiven, in the letters of another script too."""
    assert found(index, words)[:1] == [first]


@pytest.mark.parametrize("words", ["", "   ", "😀", "football", "xyzzy", "q", "黄", "ऐ"])
def test_nothing_is_found_where_nothing_answers(index: Index, words: str) -> None:
    """No card is offered for what it does not answer."""
    assert found(index, words) == []


def test_small_words_count_where_there_are_no_others(index: Index) -> None:
    """Somebody who writes only "my" is answered as well as it goes, and nothing breaks."""
    assert found(index, "my") == []


def test_scores_are_between_nothing_and_all(index: Index) -> None:
    """The very name has all of it; the rest is in order."""
    hits = index.find("no salary")
    scores = [hit.score for hit in hits]
    assert (hits[0].id, hits[0].score) == ("unpaid", 1.0)
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_at_most_three_cards_and_one_door(index: Index) -> None:
    """What is asked for is what comes back."""
    many = tuple(Entry(f"card{number}", ("house",)) for number in range(9))
    doors = tuple(Entry(f"door.{number}", ("house",)) for number in range(3))
    full = an_index("en", en=(*many, *doors))
    cards = [id_.startswith("card") for id_ in found(full, "house")]
    assert (cards, len(full.find("house", most=5))) == ([True, True, True, False], 6)


def test_what_is_far_behind_the_best_is_no_answer(index: Index) -> None:
    """A card that only mentions a word stands beside no card that is about it."""
    assert found(index, "family doctor") == ["doctor"]


def test_what_is_nowhere_any_more_is_not_found() -> None:
    """An entry without a place leads nowhere."""
    index = Index(("en",), {"en": build(ENGLISH)})
    assert found(index, "payslip") == []


def test_another_language_is_asked_where_their_own_has_nothing() -> None:
    """Somebody who reads English writes in Arabic, and the other way round."""
    english = an_index("en", en=ENGLISH, ar=ARABIC)
    arabic = an_index("ar", en=ENGLISH, ar=ARABIC)
    assert (found(english, "الطبيب"), found(arabic, "wage")) == (["doctor"], ["pay"])


def test_a_greeting_asks_for_nothing(index: Index) -> None:
    """All of it has to be one: "hello, my payslip" is a question."""
    said = [index.greets(words) for words in ("Hello", "hi hello!", "hello payslip", "", "😀")]
    assert said == [True, True, False, False, False]


def test_an_empty_index_finds_nothing() -> None:
    """And does not break."""
    assert (NOTHING.find("payslip"), NOTHING.greets("hello"), build(()).ids) == ((), False, ())


@pytest.mark.parametrize(
    "words",
    [
        *("a" * 100_000, "a " * 50_000, "pay" * 10_000, "工" * 50_000, "\u0301" * 50_000),
        *("aaaaaaaaaaaaaaaa!" * 200, "\x00\ud800\uffff", "%_'\";--", "ـ" * 9_999, "(" * 9_999),
    ],
)
def test_whatever_is_typed_is_answered(index: Index, words: str) -> None:
    """Long, odd or hostile words are looked up like others."""
    assert all(hit.score <= 1 for hit in index.find(words))


def test_finding_asks_for_little_however_much_is_typed() -> None:
    """The work is bounded: so many words, each compared with so many others."""
    asked: list[str] = []

    class Counting(Lexicon):
        """A lexicon that notes what it is asked."""

        def meant(self, words, at, *, forgiving=True):  # type: ignore[no-untyped-def]
            """Note it."""
            asked.append(words[at])
            return super().meant(words, at, forgiving=forgiving)

    known = build(ENGLISH)
    counting = Counting(*(getattr(known, name) for name in Lexicon.__slots__))
    Index(("en",), {"en": counting}).find(" ".join(f"w{number}" for number in range(9999)))
    assert len(asked) <= 24


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        ("pay", "pay", 0),
        ("pay", "apy", 1),
        ("pay", "pya", 1),
        ("pay", "play", 1),
        ("abc", "xyz", 2),
    ],
)
def test_slips_are_counted(one: str, other: str, away: int) -> None:
    """One letter too many, missing, wrong, or two in the wrong order; then it stops counting."""
    assert distance(one, other, 1) == away


@pytest.mark.parametrize(
    ("typed", "known", "same"),
    [
        ("contrato", "contratto", True),
        ("pagamenti", "pagamento", True),
        ("contr", "contratto", True),
        ("casa", "cane", False),
        ("il", "al", False),
        ("permesso", "commesso", False),
    ],
)
def test_words_are_alike_by_a_slip_or_an_ending(typed: str, known: str, same: bool) -> None:
    """Short words have to be the very same."""
    assert (alike(typed, known) > 0.5) is same
