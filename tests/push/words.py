"""The words of messages and of their pages, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What a phone shows, and what is read and pressed on the pages about reminders."""

    reminder: str
    message: str
    a_try: str
    done: str
    remind_me: str
    try_now: str
    works: str
    stop: str
    later: str


WORDS = {
    "en": Words(
        reminder="You have a reminder",
        message="You have a message",
        a_try="This is a try.",
        done="It's done",
        remind_me="Remind me",
        try_now="Try it now",
        works="Yes. Everything works.",
        stop="Yes, stop",
        later="Later",
    ),
    "fr": Words(
        reminder="Vous avez un rappel",
        message="Vous avez un message",
        a_try="Ceci est un essai.",
        done="C'est fait",
        remind_me="Me rappeler",
        try_now="Essayer maintenant",
        works="Oui. Tout marche.",
        stop="Oui, arrêter",
        later="Plus tard",
    ),
}
