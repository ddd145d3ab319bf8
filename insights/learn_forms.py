"""Forms for an insight that is made of what was said in an interview."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.utils.translation import gettext_lazy

from insights.forms import InsightForm
from insights.interview_forms import StagesByJourney, StagesField
from insights.interview_models import Interview, Ladder
from insights.models import Insight
from touchpoints.models import Touchpoint


class LearnForm(InsightForm):
    """An insight with the stages and the touchpoints on which it shall stand."""

    MAIN = ("kind", "quote", "text", "stages", "touchpoints")

    stages = StagesField(label=gettext_lazy("Put it on stages"))
    touchpoints = StagesField(label=gettext_lazy("It is about these touchpoints"))

    @classmethod
    def of_ladder(cls, ladder: Ladder, data: Any = None) -> "LearnForm":
        """The first answer is the quote, and the last why what it means."""
        rungs = ladder.rungs
        text = rungs[-1].answer if len(rungs) > 1 else ""
        said = {"quote": rungs[0].answer, "text": text, "kind": Insight.Kind.MOTIVATION}
        return cls.of_talk(cast("Interview", ladder.interview), data, **said)

    @classmethod
    def of_talk(cls, interview: Interview, data: Any = None, **said: Any) -> "LearnForm":
        """With what is known of the talk filled in."""
        insight = Insight(
            workspace_id=interview.workspace_id,
            source=interview.source,
            language=interview.language,
            **said,
        )
        first = {"personas": [interview.persona_id], "stages": interview.stages}
        return cls(data, instance=insight, initial=first)

    def offer(self, journeys: StagesByJourney, touchpoints: Iterable[Touchpoint]) -> "LearnForm":
        """The places from which somebody may choose; a field without any is left out."""
        cast("StagesField", self.fields["stages"]).offer(journeys)
        groups = groupby(touchpoints, key=lambda one: f"{one.board.title} · {one.stage.title}")
        found = [(title, [(one.pk, one.title) for one in group]) for title, group in groups]
        if found:
            self.fields["touchpoints"].choices = found  # type: ignore[attr-defined]
        else:
            del self.fields["touchpoints"]
        return self
