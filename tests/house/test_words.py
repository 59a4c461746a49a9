"""All words on screen: complete and fresh catalogues, easy to read in both languages.

English is the id of each entry; translations/fr holds all French, as for France; the other
catalogues hold only what differs in their region.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import denormalize, read_po

from tests.house import easy_read, reading, word_lists
from webapp.pictures import PICTURES

HOUSE = Path(__file__).parents[2]
WEBAPP = HOUSE / "webapp"
TRANSLATIONS = HOUSE / "translations"
REGIONAL = ("fr_CA", "en_GB", "en_CA")
KEYWORDS = {"_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
JINJA = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
MOST_WORDS_WITH_A_PICTURE = 4
LONG_SENTENCES_AT_MOST = 0.1
"""A1: sentences of 13 to 15 words are the exception."""

Id = tuple[str, ...]
"""What stands in the code: one sentence, or the sentence for one and the sentence for many."""
Words = dict[Id, tuple[str, ...]]
"""Each id with its texts: one, or one for each form of the plural."""

KEY_WORDS = {
    "Today": "Aujourd'hui",
    "My days": "Mes journées",
    "My goals": "Mes buts",
    "Help": "Aide",
    "Me": "Moi",
    "It's done": "C'est fait",
    "Undo": "Annuler",
    "Later": "Plus tard",
    "Not today": "Pas aujourd'hui",
    "I need help": "J'ai besoin d'aide",
    "Listen": "Écouter",
    "Step %(number)s of %(count)s": "Étape %(number)s sur %(count)s",
    "Next": "Suivant",
    "Back": "Retour",
    "Sign in": "Se connecter",
    "Sign out": "Se déconnecter",
    "People": "Personnes",
}
"""The words of the product that have one form only, in each language."""


def path_of(name: str) -> Path:
    """Where a catalogue lies."""
    return TRANSLATIONS / name / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(name: str) -> Catalog:
    """One catalogue as it was written, entries out of use included."""
    with path_of(name).open("rb") as source:
        return read_po(source, locale=name, abort_invalid=True)


def present() -> list[str]:
    """The names of the catalogues that there are."""
    return sorted(path.parts[-3] for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def entries(name: str) -> list[Message]:
    """The entries of a catalogue without its header."""
    return [message for message in catalogue(name) if message.id]


def as_tuple(value: object) -> tuple[str, ...]:
    """A text, or the forms of a plural, in the same shape."""
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)


def words_of(name: str) -> Words:
    """The texts of a catalogue by their ids."""
    return {as_tuple(message.id): as_tuple(message.string) for message in entries(name)}


@cache
def ids_in_the_code() -> frozenset[Id]:
    """All sentences of templates and modules; a sentence with a plural stands there once."""
    extracted = extract_from_dir(
        WEBAPP, METHODS, {"templates/**.html": JINJA}, keywords=KEYWORDS, strip_comment_tags=True
    )
    found = {as_tuple(message) for _, _, message, _, _ in extracted}
    return frozenset(found - {one[:1] for one in found if len(one) > 1})


def english() -> Words:
    """The English texts: the ids themselves."""
    return {one: one for one in ids_in_the_code()}


def canadian_french() -> Words:
    """French as it is shown in Canada: what differs there, over the French of France."""
    both = words_of("fr") | (words_of("fr_CA") if "fr_CA" in present() else {})
    return {one: bare(forms) for one, forms in both.items()}


def regional(name: str) -> Words:
    """The other English catalogues: what differs, over the ids."""
    return english() | (words_of(name) if name in present() else {})


SHOWN: dict[str, Callable[[], Words]] = {
    "fr_FR": lambda: words_of("fr"),
    "fr_CA": canadian_french,
    "en_GB": lambda: regional("en_GB"),
    "en_CA": lambda: regional("en_CA"),
}
"""Each locale with what its readers see."""


def texts(locale: str) -> list[str]:
    """All texts that readers of a locale may see."""
    return sorted({text for forms in SHOWN[locale]().values() for text in forms})


def listed(lines: Iterable[object]) -> str:
    """Lines for a failure, one below the other."""
    return "\n" + "\n".join(map(str, lines))


def faults_of(text: str, locale: str) -> Iterator[str]:
    """What is wrong with a text and has no excuse, one line for each fault."""
    for fault in easy_read.faults(text, locale):
        if (fault.rule, text) not in word_lists.EXCEPTIONS:
            yield f"{fault.rule} {fault.words!r} in {text!r}"


def test_french_is_there_and_no_other_catalogue_is_in_the_way() -> None:
    assert "fr" in present()
    assert set(present()) <= {"fr", *REGIONAL}


def test_french_has_every_sentence_of_the_code() -> None:
    missing = ids_in_the_code() - set(words_of("fr"))
    assert not missing, listed(sorted(missing))


def test_french_has_no_sentence_that_left_the_code() -> None:
    superfluous = set(words_of("fr")) - ids_in_the_code()
    assert not superfluous, listed(sorted(superfluous))


def test_every_entry_has_all_its_words() -> None:
    for name in present():
        empty = [one for one, forms in words_of(name).items() if not all(map(str.strip, forms))]
        assert not empty, f"{name}: {listed(empty)}"


def test_no_entry_waits_for_a_check_and_none_is_out_of_use() -> None:
    for name in present():
        assert not [message.id for message in entries(name) if message.fuzzy]
        assert not list(catalogue(name).obsolete)


def test_no_sentence_stands_twice_in_a_catalogue() -> None:
    for name in present():
        source = path_of(name).read_text("utf-8")
        ids = [denormalize(one) for one in re.findall(r'^msgid ((?:".*"\n)+)', source, re.M)]
        assert not {one for one in ids if ids.count(one) > 1}, name


def test_french_counts_0_as_it_counts_1() -> None:
    assert catalogue("fr").num_plurals == 2
    assert catalogue("fr").plural_expr.strip("()").replace(" ", "") == "n>1"


def test_every_plural_has_its_2_forms() -> None:
    for name in present():
        wrong = [one for one, forms in words_of(name).items() if len(one) != len(forms)]
        assert not wrong, f"{name}: {listed(wrong)}"


def test_the_same_values_stand_in_both_languages() -> None:
    for name in present():
        wrong = [one for one, forms in words_of(name).items() if not same_values(one, forms)]
        assert not wrong, f"{name}: {listed(wrong)}"


def same_values(one: Id, forms: tuple[str, ...]) -> bool:
    """Whether the placeholders are equal; the form for one may name its number or not."""
    *first, last = map(easy_read.placeholders, forms)
    *_, many = map(easy_read.placeholders, one)
    single = easy_read.placeholders(one[0])
    return last == many and all(values in (single, many) for values in first)


def test_a_regional_catalogue_holds_only_what_differs() -> None:
    for name in set(REGIONAL) & set(present()):
        base = words_of("fr") if name == "fr_CA" else english()
        assert not set(words_of(name)) - set(base), name
        assert not [one for one, forms in words_of(name).items() if bare(forms) == bare(base[one])]


def bare(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The texts without the narrow spaces, which Canada does not want and the code takes out."""
    return tuple(text.replace(easy_read.NARROW, "") for text in forms)


@pytest.mark.parametrize("locale", SHOWN)
def test_every_text_is_easy_to_read(locale: str) -> None:
    assert texts(locale)
    found = [line for text in texts(locale) for line in faults_of(text, locale)]
    assert not found, listed(found)


@pytest.mark.parametrize("locale", SHOWN)
def test_long_sentences_are_few(locale: str) -> None:
    every = [sentence for text in texts(locale) for sentence in easy_read.sentences(text)]
    found = [one for text in texts(locale) for one in easy_read.warnings(text, locale)]
    print(listed(f"{warning.rule} {warning.words}" for warning in found))
    assert every
    assert sum(one.rule == "A1" for one in found) <= LONG_SENTENCES_AT_MOST * len(every)


def test_every_exception_is_still_needed() -> None:
    broken = {
        (fault.rule, text)
        for locale in SHOWN
        for text in texts(locale)
        for fault in easy_read.faults(text, locale)
    }
    assert set(word_lists.EXCEPTIONS) <= broken


def test_all_french_together_reads_easily() -> None:
    of = reading.counted(texts("fr_FR"), reading.french_syllables)
    print(of, reading.kandel_moles(of), reading.lix(of))
    assert reading.kandel_moles(of) >= 80
    assert reading.lix(of) <= 35


def test_all_english_together_reads_easily() -> None:
    of = reading.counted(texts("en_GB"), reading.english_syllables)
    print(of, reading.flesch_ease(of), reading.flesch_kincaid(of), reading.lix(of))
    assert reading.flesch_ease(of) >= 80
    assert reading.flesch_kincaid(of) <= 4
    assert reading.lix(of) <= 30


@pytest.mark.parametrize(("english_words", "french_words"), KEY_WORDS.items())
def test_key_words_are_exactly_these(english_words: str, french_words: str) -> None:
    french = words_of("fr")
    assert french.get((english_words,)) == (french_words,)
    assert [one for one, forms in french.items() if french_words in forms] == [(english_words,)]


def test_the_words_of_pictures_are_short_and_easy_in_every_region() -> None:
    found = [
        line
        for picture in PICTURES.values()
        for locale in SHOWN
        for line in faults_of(picture.fr if locale.startswith("fr") else picture.en, locale)
    ]
    assert not found, listed(found)
    every = [text for picture in PICTURES.values() for text in (picture.fr, picture.en)]
    assert not [text for text in every if len(text.split()) > MOST_WORDS_WITH_A_PICTURE]


def written_in(value: object) -> Iterator[tuple[str, str]]:
    """The texts of a plan file, each with its language."""
    if isinstance(value, dict) and value and set(value) <= {"fr", "en"}:
        yield from value.items()
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from written_in(inner)


def test_demonstration_plans_are_easy_to_read() -> None:
    """Their words are people's own, so one thing may have another word there (A5)."""
    files = sorted((WEBAPP / "demonstration").glob("*.json"))
    assert files
    found = [line for file in files for line in faults_of_plan(file)]
    assert not found, listed(found)


def faults_of_plan(file: Path) -> Iterator[str]:
    """What is wrong with the texts of a plan file, where its person lives."""
    plan = json.loads(file.read_text("utf-8"))
    in_canada = plan["participant"]["region"] == "CA"
    locales = {"fr": "fr_CA", "en": "en_CA"} if in_canada else {"fr": "fr_FR", "en": "en_GB"}
    for language, text in written_in(plan):
        for line in faults_of(text, locales[language]):
            if not line.startswith("A5 "):
                yield f"{file.name}: {line}"
