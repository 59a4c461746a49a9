"""Marks words for the translators where the language of the reader is not known yet."""


def N_(message: str) -> str:
    """Return the sentence as it is; the template that prints it translates it."""
    return message
