"""Readability is counted as the formulas say, for the languages that have one."""

from __future__ import annotations

import pytest

from bot.readability import Counted, count, score


def test_gulpease_is_counted_as_its_authors_count_it():
    """Two sentences, nine words, 42 letters: 89 + (300 x 2 - 10 x 42) / 9."""
    texts = ["Il contratto è scritto.", "Leggi bene prima di firmare."]
    counted = count("it", texts)
    assert counted is not None
    assert (counted.sentences, counted.words, counted.letters) == (2, 9, 42)
    found = score("it", texts)
    assert found is not None
    assert (found.formula, found.value, found.is_easy) == ("Gulpease", 109, True)


def test_long_words_in_a_long_sentence_are_not_easy():
    """The language of offices falls below the line in every language that has a formula."""
    said = {
        "it": "Il richiedente provvede alla presentazione della documentazione comprovante la "
        "regolarità contributiva presso l'amministrazione territorialmente competente.",
        "en": "Applicants are obligated to submitting documentation substantiating contributory "
        "regularity to the territorially competent administration's representatives.",
        "fr": "Le demandeur procède à la présentation de la documentation justificative de la "
        "régularité contributive auprès de l'administration territorialement compétente.",
        "es": "El solicitante procederá a la presentación de la documentación acreditativa de la "
        "regularidad contributiva ante la administración territorialmente competente.",
        "pt": "O requerente procederá à apresentação da documentação comprovativa da regularidade "
        "contributiva junto da administração territorialmente competente.",
        "ro": "Solicitantul procedează la prezentarea documentației doveditoare privind "
        "regularitatea contribuțiilor administrației competente teritorial.",
        "ru": "Заявитель осуществляет представление документации, подтверждающей регулярность "
        "перечисления обязательных взносов, территориально уполномоченному подразделению.",
    }
    assert {
        code: found.is_easy for code, text in said.items() if (found := score(code, [text]))
    } == (dict.fromkeys(said, False))


def test_short_words_in_short_sentences_are_easy():
    """The way cards are written is above the line."""
    said = {
        "it": "Il corso è gratis. Porta un documento.",
        "en": "The course is free. Bring your card.",
        "fr": "Le cours est gratuit. Venez avec votre carte.",
        "es": "El curso es gratis. Traiga su carnet.",
        "pt": "O curso é de graça. Leve um papel.",
        "ro": "Cursul nu costă. Vino cu actul tău.",
        "sq": "Kursi është falas. Sill një letër.",
        "ru": "Курс даром. Возьмите свой паспорт.",
    }
    assert {
        code: found.is_easy for code, text in said.items() if (found := score(code, [text]))
    } == (dict.fromkeys(said, True))


@pytest.mark.parametrize(
    ("language", "word", "syllables"),
    [
        *(("en", "make", 1), ("en", "asked", 1), ("en", "wanted", 2), ("en", "table", 2)),
        *(("en", "offices", 3), ("en", "paper", 2), ("en", "the", 1), ("en", "free", 1)),
        *(("it", "lavoratore", 5), ("it", "paese", 3), ("it", "gratuito", 3), ("it", "lavoro", 3)),
        *(("es", "país", 2), ("es", "trabajo", 3), ("es", "oficina", 4), ("es", "día", 2)),
        *(("fr", "travaillent", 2), ("fr", "contrat", 2), ("fr", "malade", 2), ("fr", "le", 1)),
        *(("pt", "trabalho", 3), ("pt", "saúde", 3), ("ru", "работает", 4), ("ru", "здоровье", 3)),
    ],
)
def test_syllables_are_counted_as_one_hears_them(language, word, syllables):
    """Vowels that are not heard are not counted; vowels side by side as the language says them."""
    counted = count(language, [word])
    assert counted is not None
    assert counted.syllables == syllables


def test_what_is_filled_in_later_is_one_word_and_a_line_is_a_sentence():
    """Placeholders, numbers and lines without a full stop are counted without surprise."""
    assert count("it", ["Paghi {amount}: 16 euro\nPoi vai"]) == Counted(2, 6, 18, 0, 8)


def test_there_is_no_score_without_words_or_without_a_formula():
    """Nothing is guessed: not for an empty text, not for a language nobody measured."""
    assert (score("it", ["", " … "]), score("ar", ["مرحبا بكم."])) == (None, None)
