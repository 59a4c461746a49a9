"""What axe cannot judge by itself, and what was decided after a look, each with its reason (F2).

A new finding of this kind fails the tests until somebody has looked and written it here.
"""

from typing import Any

DECIDED: dict[str, dict[str, str]] = {
    "identical-links-same-purpose": {
        "people-list-link": "Two people may have the same first name: each link leads to one.",
    },
    "hidden-content": {
        "question-choices-inside": "More answers behind one tap: scenes show them unfolded.",
        "fold-list": "What stands behind one tap: scenes show it unfolded.",
        "try-now-steps": "What happened at each step of a try: a scene shows it.",
        "zone-question": "Only where the phone shows another time: a scene shows it.",
        "print-page-words": "Said only where no script runs, and looked at there.",
        "data-when=": "The other word of the same button: Listen or Stop, copied or not yet.",
        "data-count=": "The words for one thing, or for several: each is looked at in a scene.",
        "data-left=": "What is left before signing out: each is looked at in a scene of its own.",
        "data-ways=": "The ways, or the question before it is thrown away: each has a scene.",
        "waiting-list-part": "A list that is empty now: each is looked at in a scene of its own.",
        "data-waits=": "What was pressed gives way to what is kept: each has a scene of its own.",
        'data-icon="undo"': "The way back from what is kept, where there is one: a scene shows it.",
        "kept-state-next": "The way on from what is kept, where there is one: a scene shows it.",
        "data-acts": "What was pressed gives way to what is kept: each has a scene of its own.",
        "kept-state-ways": "The ways on from what is kept, where there are any: scenes show them.",
        'type="button" hidden': "The way to answer anew, where there is one: a scene shows it.",
        'data-icon="done" hidden': "The way to say it again after an undo: a scene shows it.",
        'href="/me/pace"': "No, beside a yes that is kept: a scene of its own shows it.",
        "day-plan-over": "What a kept day says once it is over: a scene shows it.",
        "data-while=": "The heading of a kept day, by what is left of it: scenes show them.",
        "data-panel=": "A panel of a task: each is looked at in a scene of its own.",
        "task-steps-list": "The steps of a task: each is looked at in a scene of its own.",
        "#phone-device": "The choice of colours shows a sample of them in place of this picture.",
        "#sun": "The choice of colours shows a sample of them in place of this picture.",
        "#moon": "The choice of colours shows a sample of them in place of this picture.",
        "#contrast": "The choice of colours shows a sample of them in place of this picture.",
        "photo-choice": "Choose, or keep what is chosen: each is looked at in a scene of its own.",
        'class="portrait"': "The present photo or the chosen one: each has a scene of its own.",
        'autocomplete="username"': "For programs that keep passwords: nobody sees or hears it.",
    },
}
"""For each rule: what the finding says or stands on, and why it is right."""


def is_decided(rule: str, node: dict[str, Any]) -> bool:
    """Say whether somebody has looked at this kind of finding and written down why it is right."""
    said = f"{node.get('html', '')} {node.get('failureSummary', '')}"
    return any(mark in said for mark in DECIDED.get(rule, {}))
