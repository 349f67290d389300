"""Words of other scripts in Latin letters: Arabizi, Roman Urdu, Roman Bengali, pinyin."""

from __future__ import annotations

import pytest

from flows.folding import tokens
from flows.pinyin import LONGEST, pinyin_of, syllables_of
from flows.romanised import LIKE_ENOUGH, heard_alike, pinyin_keys, skeletons, spelled, typed


def sounds(word: str, latin: str) -> float:
    """How alike they sound, where one would be found by the consonants of the other."""
    (known,), (said,) = tokens(word), tokens(latin)
    one, other = spelled(known), typed(said)
    return heard_alike(other, one) if set(skeletons(one)) & set(skeletons(other)) else 0.0


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("عقد", "3a9d"),
        ("عقد", "aqd"),
        ("إقامة", "iqama"),
        ("إقامة", "i9ama"),
        ("راتب", "rateb"),
        ("خدمة", "5edma"),
        ("تنخواہ", "tankhwah"),
        ("تنخواہ", "tankha"),
        ("نوکری", "naukri"),
        ("চুক্তি", "chukti"),
        ("বেতন", "beton"),
        ("বেতন", "baton"),
        ("ਤਨਖਾਹ", "tankhah"),
        ("ਛੁੱਟੀ", "chutti"),
        ("зарплата", "zarplata"),
        ("договір", "dogovir"),
        ("увольнение", "uvolnenie"),
    ],
)
def test_a_word_is_known_by_its_sound(word: str, latin: str) -> None:
    """As people write it on a keyboard without their letters."""
    assert sounds(word, latin) >= LIKE_ENOUGH


@pytest.mark.parametrize(
    ("word", "latin"), [("عقد", "tabib"), ("বেতন", "doctor"), ("зарплата", "dom")]
)
def test_another_word_is_not(word: str, latin: str) -> None:
    """Some consonants are not enough."""
    assert sounds(word, latin) < LIKE_ENOUGH


def test_what_is_latin_already_has_no_other_spelling() -> None:
    """Nor have scripts that nobody here reads."""
    assert [spelled(word) for word in ("busta", "工资", "ሰላም")] == ["", "", ""]


def test_pinyin_is_cut_into_syllables() -> None:
    """As few as there can be; what is no pinyin gives none, however long it is."""
    cut = [syllables_of(word) for word in ("gongzi", "xian", "juliuzheng", "busta", "a" * 9999)]
    assert cut == [("gong", "zi"), ("xian",), ("ju", "liu", "zheng"), (), ()]
    assert syllables_of("a" * (LONGEST + 1)) == ()


def test_signs_have_a_pinyin_where_all_are_known() -> None:
    """A sign that is not in the table leaves its pair without one."""
    assert (pinyin_of("工资"), pinyin_of("工龘")) == ("gong zi", "")


def test_a_space_between_syllables_changes_nothing() -> None:
    """Some write one between them, others do not."""
    with_space = dict(pinyin_keys(("gong", "zi"), 0))
    without = dict(pinyin_keys(("gongzi",), 0))
    assert (with_space["gong zi"], without) == (0.95, {"gong zi": 0.95})
