"""A draft's sentences in a model's words, where its evidence carries them; else as they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbtool.articles.agreeing.support import Group, gather
from kbtool.articles.draft.outline import Outline
from kbtool.articles.draft.questions import MOST_ALSO_ASKED, PersonalData
from kbtool.articles.draft.render import is_step
from kbtool.articles.rewrite.answer import Answer, AnswerError, content_of, parse_answer
from kbtool.articles.rewrite.chat import ChatModel
from kbtool.articles.rewrite.facts import undressed
from kbtool.articles.rewrite.kept import KeptAnswers, key_of
from kbtool.articles.rewrite.prompt import messages
from kbtool.articles.rewrite.records import AnswerFrom, Dropped, Kind, Line, Proposal, Rewriting
from kbtool.articles.rewrite.verify import Judge, Verdict, title_fault, verify
from kbtool.articles.saying.phrases import is_condition
from kbtool.articles.saying.replies import LINK
from kbtool.errors import ApiError
from kbtool.posting import RefusedError

ENOUGH = 0.5
"""Share of the shown sentences that must stand in the model's words; else the draft stays."""
_ONE_DRAFT = frozenset({400, 413, 422})
"""Refusals that may be about this draft only: the next one is asked for all the same."""
_HOLE = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the model is shown of an outline, and where it stands there."""

    places: tuple[int, ...]
    """Line → index of its group."""
    lines: tuple[Line, ...]
    withheld: int


class Rewriter:
    """Words outlines anew, one after the other, and remembers what became of each."""

    def __init__(
        self,
        model: ChatModel,
        kept: KeptAnswers,
        languages: Sequence[str],
        personal_data: PersonalData,
    ) -> None:
        self.model = model
        self.done: list[Rewriting] = []
        self.error: ApiError | None = None
        """Why the API is asked no more."""
        self._kept = kept
        self._languages = tuple(languages)
        self._personal = personal_data

    def __call__(self, outline: Outline) -> Outline:
        """The outline in better words; itself when nothing stood the check. Never raises for what
        an API or a model does: ``done`` tells.
        """
        shown = self._shown(outline)
        if not shown.lines:
            self._note(outline, shown, "nowhere", problem="no sentence may be shown to a model")
            return outline
        title = None if self._personal(outline.title) else outline.title
        asked = messages(title, outline.lang, shown.lines)
        key = key_of(self.model.url, self.model.name, asked)
        kept = self._kept.read(outline.article, key)
        if kept is None and self.error is not None:
            self._note(
                outline, shown, "nowhere", problem="the API is asked no more after its error"
            )
            return outline
        try:
            answer = parse_answer(
                self._fresh(outline.article, key, asked) if kept is None else kept
            )
        except (AnswerError, ApiError) as error:
            self._note(outline, shown, "api" if kept is None else "kept", problem=str(error))
            return outline
        return self._judged(outline, shown, answer, "api" if kept is None else "kept")

    def _fresh(self, article: str, key: str, asked: list[dict[str, str]]) -> str:
        """The model's text, kept when it can be read. Raises AnswerError, ApiError."""
        try:
            content = content_of(self.model.ask(asked))
        except ApiError as error:
            if not isinstance(error, RefusedError) or error.status not in _ONE_DRAFT:
                self.error = error
            raise
        parse_answer(content)
        self._kept.write(article, key, content)
        return content

    def _shown(self, outline: Outline) -> _Shown:
        """The sentences without conflict, and of these those without anything personal."""
        free = [n for n, g in enumerate(outline.groups) if g.said.ref not in outline.conflicts]
        clean = [n for n in free if not self._personal(_bare(outline.groups[n]))]
        lines = tuple(_line(outline.groups[n], outline.lang) for n in clean)
        return _Shown(tuple(clean), lines, len(free) - len(clean))

    def _judged(
        self, outline: Outline, shown: _Shown, answer: Answer, whence: AnswerFrom
    ) -> Outline:
        lang = outline.lang
        group_of = dict(zip(shown.lines, (outline.groups[n] for n in shown.places), strict=True))
        judge = Judge(
            lang=lang,
            languages=self._languages,
            labels=outline.labels,
            personal_data=self._personal,
            kind_of=lambda line, text: kind_of(_worded(group_of[line], text), lang),
            lines=shown.lines,
        )
        verdict = verify(judge, answer.proposals)
        dropped = verdict.dropped + answer.unreadable * (_UNREADABLE,)
        if len(verdict.covered) < ENOUGH * len(shown.lines):
            problem = f"only {len(verdict.covered)} of {len(shown.lines)} sentences stood the check"
            self._note(outline, shown, whence, dropped=dropped, problem=problem)
            return outline
        title, fault = self._title(judge, outline, answer.title)
        dropped += (Dropped(title, (), f"the title: {fault}"),) if fault else ()
        new = _rewritten(outline, shown, verdict, self.model.name)
        new = new if fault else _titled(new, title, self.model.name)
        changed = [p for p in verdict.kept if p.text not in {shown.lines[n].text for n in p.ids}]
        count = len({id_ for one in changed for id_ in one.ids})
        self._note(outline, shown, whence, rewritten=count, dropped=dropped)
        return new

    def _title(self, judge: Judge, outline: Outline, title: str | None) -> tuple[str, str | None]:
        text = undressed(title or "")[0]
        if text in ("", outline.title):
            return outline.title, None
        return text, title_fault(judge, outline.title, text)

    def _note(
        self,
        outline: Outline,
        shown: _Shown,
        answer: AnswerFrom,
        *,
        rewritten: int = 0,
        dropped: tuple[Dropped, ...] = (),
        problem: str | None = None,
    ) -> None:
        self.done.append(
            Rewriting(
                article=outline.article,
                model=self.model.name,
                sentences=len(shown.lines),
                withheld=shown.withheld,
                rewritten=rewritten,
                dropped=dropped,
                answer=answer,
                problem=problem,
            )
        )


_UNREADABLE = Dropped("", (), "it is no sentence with evidence")


def _bare(group: Group) -> str:
    return LINK.sub(" ", group.said.text)


def _line(group: Group, lang: str) -> Line:
    return Line(LINK.sub(r"[\1]", group.said.text), kind_of(group, lang))


def kind_of(group: Group, lang: str) -> Kind:
    """What a sentence is in a draft, as it is rendered."""
    if is_condition(group.said.text, lang):
        return "note"
    return "step" if is_step(group, lang) else "fact"


def _worded(group: Group, text: str) -> Group:
    """The group with another wording of its sentence; ``[id]`` is a link where it was one."""
    links = set(LINK.findall(group.said.text))
    marked = _HOLE.sub(lambda m: f"\ue000{m[1]}\ue001" if m[1] in links else m[0], text)
    return replace(group, said=replace(group.said, text=marked))


def _joined(groups: Sequence[Group], text: str) -> Group:
    """One group that says ``text`` on the evidence of all ``groups``."""
    links = {id_ for group in groups for id_ in LINK.findall(group.said.text)}
    marked = _HOLE.sub(lambda m: f"\ue000{m[1]}\ue001" if m[1] in links else m[0], text)
    said = replace(groups[0].said, text=marked)
    return gather(said, (source for group in groups for source in group.sources))


def _rewritten(outline: Outline, shown: _Shown, verdict: Verdict, model: str) -> Outline:
    """Each kept sentence in the place of the first it stands for, all others as drafted."""
    firsts: dict[int, list[Proposal]] = {}
    for proposal in verdict.kept:
        firsts.setdefault(shown.places[proposal.ids[0]], []).append(proposal)
    said = {shown.places[id_] for id_ in verdict.covered}
    groups: list[Group] = []
    for place, group in enumerate(outline.groups):
        if place not in said:
            groups.append(group)
        for proposal in firsts.get(place, ()):
            cited = [outline.groups[shown.places[id_]] for id_ in proposal.ids]
            same = proposal.text == shown.lines[proposal.ids[0]].text
            groups.append(cited[0] if same else _joined(cited, proposal.text))
    by = model if groups != list(outline.groups) else None
    return replace(outline, groups=tuple(groups), rewritten_by=by)


def _titled(outline: Outline, title: str, model: str) -> Outline:
    """With another title; the customers' own wording is still searched for."""
    if title == outline.title:
        return outline
    also_asked = (outline.title, *outline.also_asked)[:MOST_ALSO_ASKED]
    return replace(outline, title=title, also_asked=also_asked, rewritten_by=model)
