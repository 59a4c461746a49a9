"""What people answer about a step that can go wrong: from what stands there to a form, and back."""

from typing import Any

from webapp.domain.risks import IDEAS
from webapp.models.risk import RiskPlan, RiskView
from webapp.models.text import BilingualText
from webapp.web.addresses import row_number
from webapp.web.replay import written
from webapp.web.who import actor

Answers = dict[str, dict[str, Any]]
"""What was answered so far, by question: the fields of its form."""


def of_view(view: RiskView | None) -> Answers:
    """Return the answers that a view consists of."""
    if view is None:
        return {}
    said = {part: getattr(view, part) for part in IDEAS}
    feeling = str(view.feeling) if view.feeling else None
    return {
        **{
            part: {"pictures": each["pictures"], "sentence": _shown(_sentence(each))}
            for part, each in said.items()
        },
        "feeling": {"feeling": feeling},
    }


def of_plan(plan: RiskPlan | None) -> Answers:
    """Return the answers that an agreement consists of."""
    if plan is None:
        return {}
    return {
        "helps": {"sentence": _shown(plan.helps)},
        "who": {"who": str(plan.who_id) if plan.who_id else None},
        "day": {"choice": plan.look_again_on and plan.look_again_on.isoformat()},
    }


def wanted_view(answers: Answers, view: RiskView | None) -> dict[str, Any]:
    """Return the values of a change that gives this view, in the place of the one before."""
    said = {
        part: {
            "pictures": answers.get(part, {}).get("pictures", []),
            "sentence": _text(answers.get(part, {}), _sentence(getattr(view, part, {}))),
        }
        for part in IDEAS
    }
    return {**said, "feeling": _number(answers.get("feeling", {}).get("feeling"))}


def wanted_plan(answers: Answers, plan: RiskPlan | None) -> dict[str, Any]:
    """Return the values of a change that agrees on this, in the place of what was agreed before."""
    day = answers.get("day", {})
    return {
        "helps": _text(answers.get("helps", {}), plan.helps if plan else BilingualText()),
        "who": _number(answers.get("who", {}).get("who")),
        "look_again_on": day.get("other") or day.get("choice") or None,
    }


def _sentence(said: dict[str, Any]) -> BilingualText:
    return BilingualText.from_json(said.get("sentence", {}))


def _shown(text: BilingualText) -> str:
    shown = text.shown_in(actor().language)
    return shown[0] if shown else ""


def _text(answer: dict[str, Any], stood: BilingualText) -> dict[str, str]:
    """Return a sentence as it is stored; one that nobody changed keeps its languages."""
    typed = answer.get("sentence", "")
    return (stood if typed == _shown(stood) else written(typed)).as_json()


def _number(sent: str | None) -> int | None:
    try:
        return row_number(sent or "")
    except ValueError:
        return None
