"""Planted faults: every easy-read rule catches a bad text and lets a good one pass."""

import pytest

from tests.house import easy_read, reading, word_lists
from tests.house.easy_read import Fault, faults, sentences, warnings, words

NB = easy_read.NO_BREAK
NN = easy_read.NARROW

SIXTEEN_FR = "Vous prenez le grand balai bleu puis vous passez dans la petite allée près du mur."
SIXTEEN_EN = "You take the big blue broom then you go down the small aisle near the wall."
THIRTEEN_FR = "Vous prenez le grand balai bleu dans la petite allée près du mur."
THIRTEEN_EN = "You take the big blue broom to the small aisle near the wall."

PLANTED = [
    ("A1", "fr_FR", SIXTEEN_FR, THIRTEEN_FR),
    ("A1", "en_GB", SIXTEEN_EN, THIRTEEN_EN),
    ("A2", "fr_FR", "Lisez et signez, mais restez si c'est long.", "Lisez et signez."),
    (
        "A2",
        "fr_CA",
        "Dites qui vient et qui part ou reste.",
        "Est-ce que vous venez et mangez ou non?",
    ),
    ("A2", "en_GB", "Read and sign, but stay if it is long.", "Read and sign."),
    ("A5", "fr_FR", "Choisissez une activité.", "Choisissez une tâche."),
    ("A5", "en_GB", "Choose an activity.", "Choose a task."),
    ("A5", "en_CA", "Log in again.", "Sign in again."),
    ("A7", "fr_FR", "Prenez le balai (le bleu).", "Prenez le balai bleu."),
    ("A7", "en_GB", "Take the broom (the blue one).", "Take the blue broom."),
    ("A8", "fr_FR", "Appelez la MDPH.", "Montrez le code QR."),
    ("A8", "fr_FR", "Votre R.Q.T.H. est ici.", "À demain, J. Martin."),
    ("A8", "en_GB", "Install the PWA.", "Show the QR code."),
    ("A8", "en_GB", "WAIT here.", "I wait here."),
    ("A9", "fr_FR", "Votre coach donne son feu vert.", "Votre coach est d'accord."),
    ("A9", "en_GB", "You are back on track.", "You are back at work."),
    ("A10", "fr_FR", "Ne partez pas sans vos gants.", "Prenez vos gants."),
    ("A10", "fr_FR", "Vous n'avez rien, jamais.", "Ne touchez plus le prochain pas."),
    (
        "A10",
        "fr_FR",
        "Ne restez pas, rien ne presse.",
        "Aucun message ne manque. Rien n'est perdu.",
    ),
    ("A10", "fr_FR", "Pas de réseau, pas de message.", "Non, ce n'est pas moi."),
    ("A10", "en_GB", "Don't leave without your gloves.", "Take your gloves."),
    ("A10", "en_GB", "You cannot lose nothing.", "No, it's not me."),
    ("A11", "fr_FR", "L'utilisateur choisit.", "Vous choisissez."),
    ("A11", "en_GB", "The user chooses.", "You choose."),
    ("A13", "fr_FR", "Il reste trois tâches.", "Il reste 1 tâche, une seule."),
    ("A13", "fr_FR", "Montez à l'étage II.", "Montez à l'étage 2. C'est ici."),
    ("A13", "fr_CA", "Lisez la page V.", "Lisez la page 5."),
    ("A13", "en_GB", "You have twelve tasks.", "You have 12 tasks, then one break."),
    ("A13", "en_GB", "Go to floor IV.", "I go to floor 4."),
    ("A14", "fr_FR", "Vous avez fait la moitié, 50%.", "Vous avez fait la moitié."),
    ("A14", "fr_FR", "Comptez 250 boîtes.", "Comptez 25 boîtes en 2027. Danger : le 112."),
    ("A14", "fr_FR", f"Comptez 1{NN}000 boîtes.", "Comptez 99 boîtes."),
    ("A14", "fr_FR", "Rangez 208 chambres.", "Chambres 201 à 208, bus 128"),
    ("A14", "en_GB", "Clean 208 rooms.", "Clean room 208."),
    ("A14", "en_GB", "You did 50 percent.", "You did half."),
    ("A14", "en_GB", "Count 1,000 boxes.", "Count 10 boxes in 2027."),
    ("A15", "fr_FR", "Balais, seaux, etc.", "Prenez les balais. Prenez les seaux."),
    ("A15", "fr_FR", "Un outil, p. ex. un balai.", "Un outil. C'est un balai."),
    ("A15", "fr_FR", f"Lisez{NN}; signez.", "Lisez. Signez."),
    ("A15", "en_GB", "Yes/No", "Yes"),
    ("A15", "en_GB", "Tools, e.g. a broom.", "Tools. A broom is a tool."),
    ("A15", "en_GB", "Wait...", "Wait."),
    ("A15", "en_GB", "Hello {name}", "Hello %(name)s"),
    ("never", "fr_FR", "Vous êtes en retard.", "Plus tard"),
    ("never", "fr_FR", "Vous gagnez 10 points.", "C'est fait"),
    ("never", "en_GB", "This task is late.", "Later"),
    ("never", "en_GB", "3 tasks overdue", "3 tasks for today"),
    ("never", "en_GB", "%(count)s points", "%(name)s points it at the square."),
    ("never", "en_GB", "A streak of 5 days", "5 days of work"),
    ("B2", "fr_FR", "Range ton balai.", "Rangez votre balai."),
    ("B2", "fr_FR", "Je t'aide.", "Je vous aide."),
    ("B3", "fr_FR", "Les employé·es partent.", "Les personnes partent."),
    ("B3", "fr_FR", "Un employé(e) vient.", "Une personne vient."),
    ("B3", "fr_FR", "Un employé/e vient.", "Lisez votre e-mail."),
    ("B3", "fr_FR", "Les abonnéEs et abonné-e-s", "Êtes-vous là, Mme Martin."),
    ("B4", "fr_FR", "Votre tuteur vient.", "Votre tuteur légal vient."),
    ("B4", "fr_CA", "Appelez la tutrice.", "Appelez votre tutrice légale."),
    ("B13", "fr_FR", "Lisez votre courriel.", "Lisez votre e-mail."),
    ("B13", "fr_CA", "Lisez votre e-mail.", "Lisez votre courriel."),
    ("B13", "fr_CA", "Il est sous curatelle.", "Il est sous tutelle."),
    ("B13", "fr_CA", "Prenez votre téléphone portable.", "Prenez votre téléphone."),
]

TYPOGRAPHY = [
    ("fr_FR", "Prêt ?", f"Prêt{NN}?"),
    ("fr_FR", "Prêt?", f"Vraiment{NN}?!"),
    ("fr_FR", f"Prêt{NB}!", f"Prêt{NN}!"),
    ("fr_FR", "%(name)s !", f"%(name)s{NN}!"),
    ("fr_FR", "Mon rythme : Pause", f"Mon rythme{NB}: Pause"),
    ("fr_FR", "Mon rythme: Pause", "Il est 9:30 ici."),
    ("fr_FR", "Dites « oui ».", f"Dites «{NB}oui{NB}»."),
    ("fr_FR", 'Dites "oui".', f"Dites «{NB}%(word)s{NB}»."),
    ("fr_FR", "L’heure", "L'heure"),
    ("fr_FR", "Attendez 2 h ici.", f"Attendez 2{NB}h ici."),
    ("fr_FR", "Lisez , signez", "Lisez, signez"),
    ("fr_CA", "Prêt ?", "Prêt?"),
    ("fr_CA", f"Prêt{NB}?", f"Prêt{NN}?"),
    ("fr_CA", "Mon rythme: Pause", f"Mon rythme{NB}: Pause"),
    ("fr_CA", "Dites «oui».", f"Dites «{NB}oui{NB}»."),
    ("en_GB", "Ready ?", "Ready?"),
    ("en_GB", "My pace : Pause", "My pace: Pause"),
    ("en_CA", f"Ready{NN}!", "Ready!"),
    ("en_GB", "It’s done", "It's done"),
    ("en_GB", "One  more", "One more"),
    ("en_GB", "More ", "More"),
    ("en_GB", " More", "At 9:30 in the morning"),
    ("en_GB", "More\nwords", "More words"),
    ("en_GB", "Read .", "Read."),
]


def rules_broken(text: str, locale: str) -> set[str]:
    """The rules that this text breaks."""
    return {fault.rule for fault in faults(text, locale)}


@pytest.mark.parametrize(("rule", "locale", "bad", "good"), PLANTED)
def test_a_planted_fault_is_caught(rule: str, locale: str, bad: str, good: str) -> None:
    assert rule in rules_broken(bad, locale)
    assert rule not in rules_broken(good, locale)


@pytest.mark.parametrize(("locale", "bad", "good"), TYPOGRAPHY)
def test_spaces_and_signs_follow_the_country(locale: str, bad: str, good: str) -> None:
    assert "B5" in rules_broken(bad, locale)
    assert "B5" not in rules_broken(good, locale)


def test_every_rule_has_a_planted_fault_in_each_of_its_languages() -> None:
    planted = {(rule, locale[:2]) for rule, locale, _, _ in PLANTED}
    planted |= {("B5", locale[:2]) for locale, _, _ in TYPOGRAPHY}
    french = {(rule, "fr") for rule in [*easy_read.RULES, *easy_read.FRENCH_RULES]}
    assert planted == french | {(rule, "en") for rule in easy_read.RULES}


@pytest.mark.parametrize("locale", ["fr_FR", "fr_CA"])
def test_a_good_french_text_has_no_fault(locale: str) -> None:
    assert faults("C'est fait. Votre coach lit le message %(number)s.", locale) == []
    assert faults(f"Mon rythme{NB}: Plus doucement", locale) == []
    assert faults("Étape %(number)s sur %(count)s", locale) == []


def test_a_good_english_text_has_no_fault() -> None:
    assert faults("It's done. Your coach reads the message at 9:30.", "en_GB") == []
    assert faults("Step %(number)s of %(count)s", "en_CA") == []


def test_a_fault_names_its_words() -> None:
    assert faults("3 tasks overdue", "en_GB") == [Fault("never", "overdue")]
    assert faults("%(name)s: activity", "en_GB") == [Fault("A5", "activity (say: task)")]
    assert faults("%(name)s !", "fr_FR") == [Fault("B5", "%(…)s !")]


@pytest.mark.parametrize(
    ("rule", "locale", "rather_long", "short"),
    [
        ("A1", "fr_FR", THIRTEEN_FR, THIRTEEN_FR.replace(" bleu", "")),
        ("A1", "en_GB", THIRTEEN_EN, THIRTEEN_EN.replace(" blue", "")),
        ("A2", "fr_FR", "Lisez et signez ou partez.", "Lisez et signez."),
        ("A2", "en_GB", "Read and sign or leave.", "Read and sign."),
    ],
)
def test_what_is_near_the_limit_is_a_warning(
    rule: str, locale: str, rather_long: str, short: str
) -> None:
    assert [fault.rule for fault in warnings(rather_long, locale)] == [rule]
    assert faults(rather_long, locale) == []
    assert warnings(short, locale) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il est 9:30. Venez.", ["Il est 9:30.", "Venez."]),
        ("Page 2. %(name)s lit.", ["Page 2.", "%(name)s lit."]),
        ("Bonjour M. Dupont. Venez.", ["Bonjour M. Dupont.", "Venez."]),
        ("J. R. Martin vient.", ["J. R. Martin vient."]),
        ("Come at 9 a.m. tomorrow.", ["Come at 9 a.m. tomorrow."]),
        (f"Prêt{NN}? Venez{NN}!", [f"Prêt{NN}?", f"Venez{NN}!"]),
        ("It weighs 2.5 kg. Ask.", ["It weighs 2.5 kg.", "Ask."]),
        ('He says "Come." Then go.', ['He says "Come."', "Then go."]),
        ("Today\nTomorrow", ["Today", "Tomorrow"]),
        ("", []),
    ],
)
def test_sentences_are_split_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Aujourd'hui, à l'heure", 3),
        (f"Mon rythme{NB}: Pause", 3),
        ("At 9:30 in the morning", 5),
        ("Step %(number)s of %(count)s", 4),
        ("Peut-être demain", 2),
    ],
)
def test_words_are_counted_as_they_are_seen(sentence: str, count: int) -> None:
    assert len(words(sentence)) == count


def test_placeholders_are_found_once_each() -> None:
    assert easy_read.placeholders("%(name)s %(count)d %(name)s 5%") == ["%(count)d", "%(name)s"]


def test_a_list_names_no_word_twice() -> None:
    for listed in (word_lists.IDIOMS, word_lists.NEVER_SHOWN):
        assert all(len(set(one)) == len(one) for one in listed.values())


FRENCH_WORDS = {
    1: "le l'heure fait qui pas est deux jour oui vie août coach",
    2: "journées client tâche-là message balai moyen pays idée oublie chariot guitare voyage"
    + " créer maison peut-être naïf famille",
    3: "aujourd'hui téléphone réunion oublier employeur demander février rendez-vous numéro",
    4: "organiser information bibliothèque utilisé",
}
ENGLISH_WORDS = {
    1: "the phone it's changed times you've place work help don't eye you're while sign",
    2: "table people wanted going trying doesn't quiet Wednesday places language saying boxes"
    + " question tables today",
    3: "everything employee radio usual tomorrow telephone diary",
    4: "everybody January information",
}


@pytest.mark.parametrize("number", FRENCH_WORDS)
def test_french_syllables(number: int) -> None:
    counts = {word: reading.french_syllables(word) for word in FRENCH_WORDS[number].split()}
    assert counts == dict.fromkeys(counts, number)


@pytest.mark.parametrize("number", ENGLISH_WORDS)
def test_english_syllables(number: int) -> None:
    counts = {word: reading.english_syllables(word) for word in ENGLISH_WORDS[number].split()}
    assert counts == dict.fromkeys(counts, number)


def test_easy_french_measures_easy_and_hard_french_does_not() -> None:
    easy = reading.counted(word_lists.EASY["fr"], reading.french_syllables)
    hard = reading.counted(word_lists.HARD["fr"], reading.french_syllables)
    assert 85 <= reading.kandel_moles(easy) <= 120
    assert reading.lix(easy) <= 30
    assert reading.kandel_moles(hard) < 40
    assert reading.lix(hard) > 60


def test_easy_english_measures_easy_and_hard_english_does_not() -> None:
    easy = reading.counted(word_lists.EASY["en"], reading.english_syllables)
    hard = reading.counted(word_lists.HARD["en"], reading.english_syllables)
    assert 95 <= reading.flesch_ease(easy) <= 120
    assert -2 <= reading.flesch_kincaid(easy) <= 2
    assert reading.lix(easy) <= 20
    assert reading.flesch_ease(hard) < 10
    assert reading.flesch_kincaid(hard) > 16
    assert reading.lix(hard) > 60


def test_the_formulas_keep_their_constants() -> None:
    of = reading.Counted(words_per_sentence=10, syllables_per_word=1.5, long_words_per_hundred=12)
    assert reading.kandel_moles(of) == pytest.approx(207 - 10.15 - 110.4)
    assert reading.flesch_ease(of) == pytest.approx(206.835 - 10.15 - 126.9)
    assert reading.flesch_kincaid(of) == pytest.approx(3.9 + 17.7 - 15.59)
    assert reading.lix(of) == pytest.approx(22)


def test_what_is_counted() -> None:
    of = reading.counted(["The telephone rings 9 %(name)s."] * 34, reading.english_syllables)
    assert of.words_per_sentence == 5
    assert of.syllables_per_word == pytest.approx(5 / 3)
    assert of.long_words_per_hundred == pytest.approx(100 / 3)


def test_fewer_than_100_words_are_never_measured() -> None:
    reading.counted(["work"] * 100, reading.english_syllables)
    with pytest.raises(reading.TooFewWordsError):
        reading.counted(["work"] * 99 + ["%(name)s 9:30"], reading.english_syllables)
