"""Sample proposals for the style guide: one that moved on, one of several, one told, one row."""

from dataclasses import dataclass
from datetime import UTC, datetime

from webapp.domain.effects import Effect
from webapp.domain.seen import Standing
from webapp.domain.waiting import Waiting
from webapp.models.change import Answer, Change, Proposal
from webapp.models.person import Person
from webapp.models.text import BilingualText
from webapp.web.change_lines import Line, own
from webapp.web.proposal_cards import CoachRow, ProposalCard, ShownPiece, ToldCard
from webapp.web.wording import Shown, shown

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
WHY = BilingualText(fr="Le bus est plus calme.", en="The bus is calmer.")
TASK = {
    "title": {"fr": "Balayer", "en": "Sweep"},
    "picture": "broom",
    "on": "2026-11-23",
    "at": "09:00",
    "minutes": 30,
    "repeat": "FREQ=DAILY",
    "description": {},
    "place": {},
    "steps": [],
    "stopped_on": None,
}


@dataclass(frozen=True, slots=True)
class ChoiceSamples:
    """All that the style guide shows of choices."""

    shown: Shown
    single: ProposalCard
    several: ProposalCard
    told: ToldCard
    row: CoachRow
    waiting: Waiting


def choice_samples() -> ChoiceSamples:
    """Return the samples, in the words of the reader of this request."""
    coach = Person(id=1, name="Camille")
    change = _change(None)
    move = Effect({"task:1": TASK}, {"task:1": {**TASK, "at": "14:00", "minutes": 45}})
    words = shown("task.move", {}, move)
    line = Line("clock", words.lines[0].label, own("10:00"), words.lines[0].before)
    moved_on = ShownPiece(change, words, Standing.MOVED_ON, (line,))
    said = ShownPiece(_change(Answer.NO), words, Standing.AS_PROPOSED, ())
    gone = ShownPiece(change, words, Standing.GONE, ())
    proposal = Proposal(id=1, sent_at=AT)
    return ChoiceSamples(
        shown=words,
        single=_card(coach, moved_on, answer=Answer.YES),
        several=_card(coach, said, gone),
        told=ToldCard(change, None, words, may_undo=True),
        row=CoachRow(proposal, change, words, "", waits=True, may_withdraw=True),
        waiting=Waiting(proposals=2, told=1, help_answered=1, look_backs=1),
    )


def _change(answer: Answer | None) -> Change:
    coach = Person(id=1, name="Camille")
    return Change(id=1, participant_id=1, proposal_id=1, why=WHY, answer=answer, actor=coach)


def _card(coach: Person, *pieces: ShownPiece, answer: Answer | None = None) -> ProposalCard:
    return ProposalCard(1, coach, None, False, pieces, "1", "", answer)
