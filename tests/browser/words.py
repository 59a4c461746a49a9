"""The words that the journeys look for, in both languages, as the product's word list has them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What stands on the buttons that a journey presses, and what it reads there."""

    its_me: str
    no: str
    today: str
    done: str
    undo: str
    later: str
    not_today: str
    help: str
    back: str
    next: str
    step_done: str
    start: str
    go_on: str
    step: str
    done_state: str
    me: str
    sign_in: str
    sign_out: str
    yes_sign_out: str
    other_language: str
    listen: str
    stop: str
    code: str
    key_delete: str
    new_person: str
    add: str
    show_it: str
    card_words: str


WORDS = {
    "fr": Words(
        its_me="Oui, c'est moi",
        no="Non",
        today="Aujourd'hui",
        done="C'est fait",
        undo="Annuler",
        later="Plus tard",
        not_today="Pas aujourd'hui",
        help="J'ai besoin d'aide",
        back="Retour",
        next="Suivant",
        step_done="Étape faite",
        start="Commencer",
        go_on="Continuer",
        step="Étape {} sur {}",
        done_state="Fait",
        me="Moi",
        sign_in="Se connecter",
        sign_out="Se déconnecter",
        yes_sign_out="Oui, me déconnecter",
        other_language="English",
        listen="Écouter",
        stop="Arrêter",
        code="Taper mon code",
        key_delete="Effacer",
        new_person="Nouvelle personne",
        add="Ajouter cette personne",
        show_it="La montrer maintenant",
        card_words="Ou taper ce code",
    ),
    "en": Words(
        its_me="Yes, it's me",
        no="No",
        today="Today",
        done="It's done",
        undo="Undo",
        later="Later",
        not_today="Not today",
        help="I need help",
        back="Back",
        next="Next",
        step_done="Step done",
        start="Start",
        go_on="Go on",
        step="Step {} of {}",
        done_state="Done",
        me="Me",
        sign_in="Sign in",
        sign_out="Sign out",
        yes_sign_out="Yes, sign out",
        other_language="Français",
        listen="Listen",
        stop="Stop",
        code="Type my code",
        key_delete="Delete",
        new_person="New person",
        add="Add this person",
        show_it="Show it now",
        card_words="Or type this code",
    ),
}
FIRST_TASK = {"fr": "J'arrive au travail", "en": "I empty the return bin"}
"""What comes now on the Monday of the tests, in 3 steps, at a time fixed by the workplace."""
MOVABLE_TASK = {"fr": "Je ramasse les paniers", "en": "I sort the books"}
"""A task of that Monday that the person may put at another time."""
