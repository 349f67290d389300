"""Two hundred and forty files and some: what becomes of each, and what stays of it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from bot.evidence.sandbox import AT_A_TIME, Sandbox
from bot.evidence.verdict import Harmless, Refusal
from tests.bot.evidence.corpus import ALL, TAKEN, Sample, samples
from tests.bot.evidence.inside import words_in


def judged(sandbox: Sandbox, sample: Sample) -> tuple[str, str, str, list[object]]:
    """What a file became, whether its secret is still in it, and what else of it is."""
    try:
        made: Harmless = sandbox.clean(sample.content)
    except Refusal as refusal:
        return sample.name, refusal.word, "gone", []
    stays = "there" if sample.secret in made.content else "gone"
    return sample.name, made.type, stays, words_in(made.content, made.type)


def all_judged(wanted: Iterable[Sample]) -> list[tuple[str, str, str, list[object]]]:
    """The same of many."""
    sandbox = Sandbox()
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        return list(threads.map(lambda sample: judged(sandbox, sample), wanted))


def expected(wanted: Iterable[Sample]) -> list[tuple[str, str, str, list[object]]]:
    """What is to become of them: nothing but pixels and sound is left."""
    return [(sample.name, sample.becomes, "gone", []) for sample in wanted]


def test_one_of_each_is_taken_clean_or_refused() -> None:
    """Every kind of file becomes what it should, without a word that came with it."""
    wanted = list(samples(1))
    assert all_judged(wanted) == expected(wanted)


def test_the_corpus_is_what_it_says() -> None:
    """Its secrets are in its files to begin with, but where the pixels or the sound hide them."""
    hidden = {"a screenshot with unseen pixels", "an AAC", "nothing", "noise", "half a WebP"}
    hidden |= {"the head of a voice", "the head of a PDF"}
    without = {
        sample.name.rpartition(" ")[0]
        for sample in samples(1)
        if sample.secret not in sample.content
    }
    assert (without, len(ALL), len(TAKEN)) == (hidden, 61, 31)
