"""Holds one text against the easy-read rules (standards A and B) and names each fault.

A named placeholder such as %(name)s is one word; apart from that no rule looks at it.
A locale is one of fr_FR, fr_CA, en_GB, en_CA.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tests.house import word_lists

MOST_WORDS = 15
GOOD_WORDS = 12
MOST_LINKS = 2
SMALLEST_LARGE_NUMBER = 100
PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)[sd]")
MARK = "\ufffc"
"""Stands for a placeholder while a text is checked: no letter, no digit, no punctuation."""

NO_BREAK = "\u00a0"
NARROW = "\u202f"


class Fault(NamedTuple):
    """A rule that a text breaks, by its number in the standards, and the words that break it."""

    rule: str
    words: str


Check = Callable[[str, str], Iterable[str]]
"""Takes a text without placeholders and a locale; gives the words that break one rule."""


def faults(text: str, locale: str) -> list[Fault]:
    """Everything that must be mended in this text."""
    return _found(text, locale, {**RULES, **(FRENCH_RULES if locale.startswith("fr") else {})})


def warnings(text: str, locale: str) -> list[Fault]:
    """What may stay, but would be easier to read otherwise: A1 over 12 words, A2 two links."""
    return _found(text, locale, WARNINGS)


def placeholders(text: str) -> list[str]:
    """The placeholders of a text, each once, in alphabetical order."""
    return sorted(set(PLACEHOLDER.findall(text)))


def sentences(text: str) -> list[str]:
    """The sentences of a text; initials, shortened titles, 9:30 and 2.5 do not end one."""
    found, start = [], 0
    for end in re.finditer(r"[.!?][»\"')]*\s+(?![a-zà-öø-ÿ])|\n+", text):
        if _ends_a_sentence(text[start : end.start() + 1]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def words(sentence: str) -> list[str]:
    """The words between spaces; "l'heure" and "peut-être" are one each, a lone sign is none."""
    marked = PLACEHOLDER.sub(MARK, sentence)
    return [word for word in marked.split() if MARK in word or re.search(r"\w", word)]


def _ends_a_sentence(text: str) -> bool:
    last = re.search(r"([^\W\d_]+)\.$", text)
    if last is None:
        return True
    is_initial = len(last[1]) == 1 and last[1].isupper()
    return not is_initial and last[1].lower() not in word_lists.ABBREVIATIONS


def _found(text: str, locale: str, rules: dict[str, Check]) -> list[Fault]:
    marked = PLACEHOLDER.sub(MARK, text)
    return [
        Fault(rule, found.replace(MARK, "%(…)s"))
        for rule, check in rules.items()
        for found in check(marked, locale)
    ]


def _matches(pattern: str, text: str, flags: re.RegexFlag = re.IGNORECASE) -> Iterator[str]:
    return (found[0] for found in re.finditer(pattern, text, flags))


def _whole_words(listed: Iterable[str], text: str) -> Iterator[str]:
    return _matches(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", text)


def _long_sentences(text: str, limit: int) -> Iterator[str]:
    for sentence in sentences(text):
        if len(words(sentence)) > limit:
            yield f"{len(words(sentence))} words: {sentence}"


def _links(sentence: str, locale: str) -> int:
    """How many words of this sentence join two ideas; "est-ce que" only asks."""
    plain = re.sub(r"est-ce qu(?:e|')", "", sentence, flags=re.IGNORECASE)
    return len(list(_matches(rf"\b(?:{'|'.join(word_lists.LINKING[locale[:2]])})", plain)))


def _too_long(text: str, locale: str) -> Iterator[str]:
    """A1, the hard limit."""
    return _long_sentences(text, MOST_WORDS)


def _rather_long(text: str, locale: str) -> Iterator[str]:
    """A1, the aim."""
    return _long_sentences(text, GOOD_WORDS)


def _too_many_ideas(text: str, locale: str) -> list[str]:
    """A2."""
    return [one for one in sentences(text) if _links(one, locale) > MOST_LINKS]


def _perhaps_too_many_ideas(text: str, locale: str) -> list[str]:
    """A2, to look at."""
    return [one for one in sentences(text) if _links(one, locale) == MOST_LINKS]


def _other_words_for_it(text: str, locale: str) -> Iterator[str]:
    """A5."""
    return _with_better_word(word_lists.SYNONYMS[locale[:2]], text)


def _with_better_word(listed: dict[str, str], text: str) -> Iterator[str]:
    for pattern, better in listed.items():
        for found in _whole_words([pattern], text):
            yield f"{found} (say: {better})"


def _brackets(text: str, locale: str) -> Iterator[str]:
    """A7."""
    return _matches(r"[()\[\]]", text)


def _capitals(text: str, locale: str) -> Iterator[str]:
    """A8, also with full stops between the letters."""
    names = "|".join(word_lists.CAPITALS_ALLOWED)
    rest = re.sub(rf"\b(?:{names})\b", "", text)
    return _matches(r"\b[A-ZÀ-Ý]{2,}\b|\b(?:[A-Z]\.){2,}", rest, re.NOFLAG)


def _idioms(text: str, locale: str) -> Iterator[str]:
    """A9."""
    return _whole_words(word_lists.IDIOMS[locale[:2]], text)


def _negations_pile_up(text: str, locale: str) -> list[str]:
    """A10: more than one negation in a sentence."""
    return [one for one in sentences(text) if _negations(one, locale) > 1]


def _negations(sentence: str, locale: str) -> int:
    """The negations of a sentence; "ne" and the word that goes with it are one."""
    count, waits_for = 0, ""
    for found in re.finditer(word_lists.NEGATIONS[locale[:2]], sentence, re.IGNORECASE):
        kind = found.lastgroup or "alone"
        if kind in PARTNERS.get(waits_for, ()):
            waits_for = "opens" if kind == "opens" else ""
        elif kind not in {"noun", "answer", "more"}:
            count, waits_for = count + 1, kind
    return count


def _third_person(text: str, locale: str) -> Iterator[str]:
    """A11."""
    return _whole_words(word_lists.THIRD_PERSON[locale[:2]], text)


def _number_words(text: str, locale: str) -> Iterator[str]:
    """A13, Roman numerals too (V and X alone; the other single letters are words)."""
    yield from _whole_words(word_lists.NUMBER_WORDS[locale[:2]], text)
    roman = r"\b(?:[VX]|(?=[IVXLC]{2})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:er?|[eè]me)?\b"
    yield from _matches(roman, text, re.NOFLAG)


def _large_numbers(text: str, locale: str) -> Iterator[str]:
    """A14: percentages and numbers from 100; years, "room 204" and calls in danger may stay."""
    yield from _matches("%", text)
    yield from _whole_words(word_lists.PERCENT_WORDS[locale[:2]], text)
    numbered = "|".join(word_lists.NUMBERED_THINGS[locale[:2]])
    amounts = re.sub(rf"\b(?:{numbered}) \d+(?: (?:à|et|to|and) \d+)?", "", text, flags=re.I)
    for number in _matches(rf"\d+(?:[ ,.{NO_BREAK}{NARROW}]\d{{3}}(?!\d))*", amounts):
        is_year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
        is_large = int(re.sub(r"\D", "", number)) >= SMALLEST_LARGE_NUMBER
        if is_large and not is_year and number not in word_lists.NUMBERS_ALLOWED:
            yield number


def _signs(text: str, locale: str) -> Iterator[str]:
    """A15."""
    yield from _matches(r"[&<>§/…;{}]|\.\.\.", text)
    yield from _whole_words(word_lists.SHORT_FORMS[locale[:2]], text)


def _familiar(text: str, locale: str) -> Iterator[str]:
    """B2."""
    yield from _whole_words(word_lists.FAMILIAR, text)
    yield from _matches(r"\bt'", text)


def _gender_tricks(text: str, locale: str) -> Iterator[str]:
    """B3."""
    forms = r"\w*[·•‧∙]\s?[a-zé]+|\w+\((?:n?e|trice|euse)s?\)|\w+/(?:n?e|trice|euse)s?\b"
    yield from _matches(rf"{forms}|\w+[.-]e(?:[.-]?s)?\b|\biels?\b", text)
    yield from _matches(r"\b\w*[a-zé]E[Ss]?\b", text, re.NOFLAG)


def _tuteur(text: str, locale: str) -> Iterator[str]:
    """B4: only the legal guardian may be named, in full."""
    return _matches(r"\b(?:tuteur|tutrice)s?\b(?! léga(?:le?s?|ux)\b)", text)


def _typography(text: str, locale: str) -> Iterator[str]:
    """B5."""
    yield from _matches(r"\s{2,}|^\s|\s$|[\n\t]|[‘’]|\s[.,]", text)
    signs = FRENCH_SPACING + SPACING[locale] if locale.startswith("fr") else ENGLISH_SPACING
    yield from _matches("|".join(signs), text)


def _words_of_the_other_country(text: str, locale: str) -> Iterator[str]:
    """B12, B13."""
    return _with_better_word(word_lists.REGIONAL[locale], text)


def _never_shown(text: str, locale: str) -> Iterator[str]:
    """What the product never builds (design.md, section 1)."""
    return _whole_words(word_lists.NEVER_SHOWN[locale[:2]], text)


PARTNERS = {"opens": {"closes", "either", "more"}, "either": {"opens"}}
"""A10: which part of a French negation may follow which and still be the same one."""
ENGLISH_SPACING = (r"\S*\s[:;!?]",)
FRENCH_SPACING = (
    rf"\S*\s?(?<!{NO_BREAK}):(?!\d)|\S*\s?(?<![{NO_BREAK}\d]):",
    rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»",
    r"\d (?:(?:h|min|km|kg|cm)\b|[€$%])",
    r"[\"“”]",
)
SPACING = {
    "fr_FR": (rf"\S*\s?(?<![{NARROW}!?])[;!?]",),
    "fr_CA": (rf"\S*[^\S{NARROW}][;!?]",),
}
RULES: dict[str, Check] = {
    "A1": _too_long,
    "A2": _too_many_ideas,
    "A5": _other_words_for_it,
    "A7": _brackets,
    "A8": _capitals,
    "A9": _idioms,
    "A10": _negations_pile_up,
    "A11": _third_person,
    "A13": _number_words,
    "A14": _large_numbers,
    "A15": _signs,
    "B5": _typography,
    "never": _never_shown,
}
FRENCH_RULES: dict[str, Check] = {
    "B2": _familiar,
    "B3": _gender_tricks,
    "B4": _tuteur,
    "B13": _words_of_the_other_country,
}
WARNINGS: dict[str, Check] = {"A1": _rather_long, "A2": _perhaps_too_many_ideas}
