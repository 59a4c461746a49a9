"""Proposals as cards: who proposes, what would change in words and pictures, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import g

from webapp.domain.seen import Piece, Sheet, Standing, waits_on
from webapp.domain.waiting import Told
from webapp.models.change import Answer, Change, Proposal
from webapp.models.person import Person
from webapp.web.change_lines import Line
from webapp.web.i18n import day_words
from webapp.web.i18n import gettext as _
from webapp.web.options import Option
from webapp.web.portraits import photo_urls
from webapp.web.who import participant
from webapp.web.wording import Shown, shown

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """One proposed change: its words, why, how it stands to the plan, and what was answered."""

    change: Change
    shown: Shown
    standing: Standing
    meanwhile: tuple[Line, ...]

    @property
    def is_gone(self) -> bool:
        """Say whether it is not in the plan any more."""
        return self.standing is Standing.GONE


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """One proposal to answer. `asked` are the numbers of the changes that an answer speaks of."""

    number: int
    proposer: Person | None
    photo_url: str | None
    is_first_plan: bool
    pieces: tuple[ShownPiece, ...]
    asked: str
    seen: str
    answer: Answer | None

    @property
    def first(self) -> int:
        """Return the number of the first change to answer."""
        return int(self.asked.split()[0])

    @property
    def is_gone(self) -> bool:
        """Say whether nothing of it is in the plan any more."""
        return all(piece.is_gone for piece in self.pieces)


def proposal_card(sheet: Sheet) -> ProposalCard:
    """Return a proposal that was laid over the plan of now as a card for its person."""
    asked = sheet.to_ask(g.today)
    proposer = _proposer(sheet)
    photos = photo_urls([proposer]) if proposer else {}
    said = {each.change.answer for each in asked}
    return ProposalCard(
        number=sheet.proposal.id,
        proposer=proposer,
        photo_url=photos.get(proposer.id) if proposer else None,
        is_first_plan=sheet.proposal.is_first_plan,
        pieces=shown_pieces(sheet.pieces),
        asked=" ".join(str(each.change.id) for each in asked),
        seen=sheet.seen(asked),
        answer=said.pop() if len(said) == 1 else None,
    )


def _proposer(sheet: Sheet) -> Person | None:
    """Return who proposes, or None where the plan came with a file."""
    actor = next((each.change.actor for each in sheet.pieces), None)
    return actor if actor and actor.id != participant().id else None


def shown_pieces(pieces: Sequence[Piece]) -> tuple[ShownPiece, ...]:
    """Return proposed changes in words."""
    return tuple(_shown_piece(piece) for piece in pieces)


def _shown_piece(piece: Piece) -> ShownPiece:
    verb, wanted = piece.change.verb, piece.change.wanted
    return ShownPiece(
        change=piece.change,
        shown=shown(verb, wanted, piece.effect),
        standing=piece.standing,
        meanwhile=shown(verb, wanted, piece.meanwhile).lines,
    )


@dataclass(frozen=True, slots=True)
class ToldCard:
    """What somebody changed without the person, and whether the person may take it back."""

    change: Change
    photo_url: str | None
    shown: Shown
    may_undo: bool


def told_card(told: Told, *, may_undo: bool) -> ToldCard:
    """Return a change that was made without the person as a card."""
    change = told.change
    photo_url = photo_urls([change.actor]).get(change.actor_id)
    words = shown(change.verb, change.wanted, told.effect)
    return ToldCard(change, photo_url, words, may_undo)


def not_now_options() -> list[Option]:
    """Return when a proposal may come back: tomorrow, next week, or when the person says so."""
    tomorrow: date = g.today + timedelta(days=1)
    monday = g.today + timedelta(days=DAYS_A_WEEK - g.today.weekday())
    return [
        Option(tomorrow.isoformat(), _("Tomorrow"), "days"),
        Option(monday.isoformat(), _("Next week"), "days"),
        Option("", _("I will say"), "person"),
    ]


def answer_sentence(answer: str, until: str | None, proposer: str | None) -> str:
    """Say to the person what they have just answered."""
    if answer == Answer.NOT_NOW and until:
        return _("This comes back on %(day)s.") % {"day": day_words(date.fromisoformat(until))}
    if answer == Answer.TALK and proposer:
        return _("%(name)s knows that you want to talk.") % {"name": proposer}
    words = {
        Answer.YES: _("You said yes."),
        Answer.NOT_NOW: _("You said: not now."),
        Answer.NO: _("You said no."),
        Answer.TALK: _("Your team knows that you want to talk."),
    }
    return words[Answer(answer)]


@dataclass(frozen=True, slots=True)
class CoachRow:
    """One proposed change as the coach sees it: its words, since when, and the answer."""

    proposal: Proposal
    change: Change
    shown: Shown
    sentence: str
    waits: bool
    may_withdraw: bool


def coach_rows(sheets: Sequence[Sheet], actor: Person) -> list[CoachRow]:
    """Return every proposed change in words, for somebody of the team."""
    pieces = [(sheet, piece) for sheet in sheets for piece in sheet.pieces]
    return [_coach_row(sheet, piece, actor) for sheet, piece in pieces]


def _coach_row(sheet: Sheet, piece: Piece, actor: Person) -> CoachRow:
    change = piece.change
    is_own = change.actor_id == actor.id
    waits = waits_on(change, g.today)
    return CoachRow(
        proposal=sheet.proposal,
        change=change,
        shown=shown(change.verb, change.wanted, piece.proposed),
        sentence=_answered(change) if change.answer and not waits else _since(sheet),
        waits=waits,
        may_withdraw=is_own and change.answer is not Answer.YES,
    )


def _since(sheet: Sheet) -> str:
    if sheet.proposal.sent_at is None:
        return ""
    return _("Since %(day)s.") % {"day": _day(sheet.proposal.sent_at)}


def _answered(change: Change) -> str:
    """Say what the person answered, on which day, and when it comes back."""
    said = {
        Answer.YES: _("%(name)s said yes on %(day)s."),
        Answer.NOT_NOW: _("%(name)s said “not now” on %(day)s."),
        Answer.NO: _("%(name)s said no on %(day)s."),
        Answer.TALK: _("%(name)s wants to talk about it since %(day)s."),
    }
    values = {"name": participant().name, "day": _day(change.answered_at or change.made_at)}
    sentence = said[Answer(change.answer or "")] % values
    if change.answer is not Answer.NOT_NOW:
        return sentence
    back = change.comes_back_on
    more = (
        _("It comes back on %(day)s.") % {"day": day_words(back)}
        if back
        else _("%(name)s says when it may come back.") % {"name": participant().name}
    )
    return f"{sentence} {more}"


def _day(at: datetime) -> str:
    return day_words(at.astimezone(ZoneInfo(participant().time_zone)).date())
