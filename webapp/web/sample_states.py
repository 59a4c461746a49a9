"""Components in the style guide as their scripts would show them, without the scripts."""

import re

from markupsafe import Markup, escape

PART = re.compile(r"<[a-z][^>]*>")
WHEN = re.compile(r' data-when="([^"]*)"')
COUNT = re.compile(r' data-count="(\w+)"')
HIDDEN = re.compile(r" hidden(?=[ >])")
ONE, MANY = "one", "many"


def still(drawn: Markup, state: str, number: int = 2) -> Markup:
    """Return a component in one of its states, as an element that no script knows.

    Parts that name other states are hidden; what names none is shown. `number` is how many things
    it tells of.
    """
    text = re.sub(r"^\s*<[\w-]+", f'<div data-state="{state}"', str(drawn))
    text = re.sub(r"</[\w-]+>\s*$", "</div>", text)
    counted = ONE if number == 1 else MANY

    def part(found: re.Match[str]) -> str:
        tag = HIDDEN.sub("", found[0])
        when, count = WHEN.search(tag), COUNT.search(tag)
        is_other = (when and state not in when[1].split()) or (count and count[1] != counted)
        return f"{tag[:-1]} hidden>" if is_other else tag

    numbered = re.sub(r'(<span class="[\w-]+-number">)(</span>)', rf"\g<1>{number}\2", text)
    return Markup(PART.sub(part, numbered))  # noqa: S704 - it was drawn by our own template


def kept(drawn: Markup, state: str, said: str) -> Markup:
    """Return what stands for something kept, in one of its states; its style hides the others."""
    text = str(drawn).replace('class="kept-state"', f'class="kept-state" data-state="{state}"')
    picture = re.findall(rf'data-when="{state}" data-icon="([\w-]+)"', text)[0]
    text = text.replace('#kept"', f'#{picture}"', 1)
    return Markup(text.replace("<span data-say></span>", _words("span", said), 1))  # noqa: S704


def listed(drawn: Markup, title: str, said: str) -> Markup:
    """Return one thing of the list of what waits, with its name and what was said of it."""
    text = str(drawn).replace('#"/></svg>', '#done"/></svg>', 1).replace(" data-href=", " href=")
    for slot, words in (("title", title), ("said", said), ("words", said)):
        text = re.sub(rf'(data-slot="{slot}"[^>]*>)', rf"\g<1>{escape(words)}", text)
    return Markup(text)  # noqa: S704


def _words(tag: str, said: str) -> str:
    return f"<{tag} data-say>{escape(said)}</{tag}>"
